import { useReasonLabel } from '../../api/catalogue.js';
import { api } from '../../api/client.js';
import type { MessageReplayPreview, Remedy, Replay } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import type { Confirmation } from '../../ui/confirm-dialog.js';
import { count } from '../../ui/format.js';
import type { RemedyTarget } from './remedy-target.js';

type Acts = Partial<Readonly<Record<Remedy['id'], () => Promise<Confirmation>>>>;
type Rule = NonNullable<Replay['ignore']>[number];

const RULES: readonly Rule[] = ['dedupe', 'frequency', 'quiet_hours'];

/** The rule that has spoken; none of them counts when it is not known. */
function rulesOf(reason: string): Rule[] {
  if (reason.startsWith('duplicate')) return ['dedupe'];
  if (reason.startsWith('frequency')) return ['frequency'];
  return reason.startsWith('quiet_hours') ? ['quiet_hours'] : [...RULES];
}

const REPLAYABLE = ['failed', 'expired', 'canceled', 'unknown', 'suppressed'] as const;

/** Those of the message whom the remedy is about. */
function chosenOf({ ref, reason, status }: RemedyTarget): Replay {
  if (ref !== undefined) return { recipients: [ref] };
  const state = REPLAYABLE.find((name) => name === status);
  return { ...(reason !== undefined && { reason: [reason] }), ...(state && { status: [state] }) };
}

/** Remedies that are done on the spot: each asks the API what it would do before it asks the user. */
export function useRemedyActs(target: RemedyTarget, notify: (text: string) => void): Acts {
  const t = useText();
  const reasonLabel = useReasonLabel();
  const { message: id, reason = '' } = target;
  if (id === undefined) return {};
  const params = { path: { id } };
  const replay = async (ignore: readonly Rule[]): Promise<Confirmation> => {
    const body: Replay = { ...chosenOf(target), ...(ignore.length > 0 && { ignore: [...ignore] }) };
    const { data } = await api.POST('/v1/messages/{id}/replay', { params, body: { ...body, dryRun: true } });
    const { recipients, deliveries } = data as MessageReplayPreview;
    const values = { people: count(recipients), deliveries: count(deliveries), rule: reasonLabel(reason) };
    return {
      title: t(ignore.length > 0 ? 'remedy.anywayTitle' : 'replay.title'),
      body: t(ignore.length > 0 ? 'remedy.anywayBody' : 'remedy.resendBody', values),
      verb: t('replay.verb', { count: values.people }),
      act: async () => {
        await api.POST('/v1/messages/{id}/replay', { params, body });
        notify(t('replay.done'));
      },
    };
  };
  const sendNow: Confirmation = {
    title: t('sendNow.title'),
    body: t('sendNow.body'),
    verb: t('sendNow.verb'),
    act: async () => {
      await api.POST('/v1/messages/{id}/send-now', { params });
      notify(t('sendNow.done'));
    },
  };
  return {
    resend: () => replay([]),
    send_anyway: () => replay(rulesOf(reason)),
    send_now: () => Promise.resolve(sendNow),
  };
}
