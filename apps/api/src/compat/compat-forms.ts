import type { CompatChannel } from '#libs/accounts';
import { CHANNELS } from '#libs/channels';

const isCompatChannel = (channel: (typeof CHANNELS)[number]): channel is CompatChannel => channel.compat !== undefined;

const PREFIX = '/compat/';

type Forms = ReadonlyMap<string, CompatChannel>;

/** By path below `/compat/`; the channels say which calls of their vendors can be made here. */
function formsBy(pathOf: (channel: CompatChannel) => string | undefined): Forms {
  const entries = CHANNELS.filter(isCompatChannel).flatMap((channel) => {
    const path = pathOf(channel);
    return path === undefined ? [] : [[`${channel.family}/${path}`, channel] as const];
  });
  return new Map(entries);
}

export const LOGIN_FORMS = formsBy(({ compat }) => compat.login?.path);
export const SEND_FORMS = formsBy(({ compat }) => compat.send.path);

/** The form that a route serves. */
export const formAt = (forms: Forms, url: string | undefined): CompatChannel | undefined =>
  forms.get((url ?? '').slice(PREFIX.length));
