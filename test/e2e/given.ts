import { CHANNELS, type ChannelDefinition } from '#libs/channels';
import type { JsonObject, JsonValue } from '#libs/core';
import type { ApiClient, AnswerBody } from './api-client.js';

/** A template of the story: `message` makes the body of a send with it. */
export interface GivenTemplate {
  readonly code: string;
  readonly account: string;
  message(text: string, body?: JsonObject): JsonObject;
}

export interface TemplateWishes extends JsonObject {
  /** Default: a text that is the parameter `text`. */
  readonly content?: JsonObject;
  /** Default: a new account of the channel. */
  readonly account?: string;
  readonly options?: JsonObject;
}

export interface KeyWishes {
  readonly preset?: string;
  readonly scopes?: string[];
  /** Code of the caller; default: a new one. */
  readonly caller?: string;
  /** Codes that the key is limited to. */
  readonly templates?: string[];
}

export const channelNamed = (name: string): ChannelDefinition => {
  const channel = CHANNELS.find((candidate) => candidate.name === name);
  if (!channel) throw new Error(`There is no channel ${name}`);
  return channel;
};

/** The channel's kind for a plain text, whose only field is `content`. */
export const textKindOf = (channel: string): string => channelNamed(channel).sandbox.content.kind;

/** People whom the sandbox knows and the channel can address; none for a channel to groups. */
export const peopleOf = (channel: string): JsonValue[] => [...channelNamed(channel).sandbox.recipients];

/** What stories begin with: accounts on the sandbox, published templates, keys. Names never repeat. */
export class Given {
  private last = 0;

  constructor(private readonly api: ApiClient) {}

  /** A text that occurs nowhere else. */
  text(prefix: string): string {
    return `${prefix} #${(this.last += 1)}.`;
  }

  code(prefix: string): string {
    return `${prefix}-${(this.last += 1)}`;
  }

  /** Without limits, as the sandbox is told to have none; `limits` of a story's own bring the channel's back. */
  async account(channel: string, { config, ...changes }: JsonObject = {}): Promise<string> {
    const code = this.code(channel);
    const limits = Object.fromEntries(channelNamed(channel).limits.map(({ key }) => [key, null]));
    const sandbox = channelNamed(channel).sandbox.account;
    await this.api.do('/v1/accounts', {
      code,
      name: code,
      channel,
      config: { ...sandbox, ...(config as JsonObject) },
      baseUrl: 'sandbox',
      limits,
      ...changes,
    });
    return code;
  }

  /** Saved and published, with one route; wishes that are no part of the route are the template's. */
  async template(channel: string, wishes: TemplateWishes = {}): Promise<GivenTemplate> {
    const {
      account = await this.account(channel),
      content = { kind: textKindOf(channel), content: '{{text}}' },
      options,
      ...rest
    } = wishes;
    const route = { channel, account, content, ...(options && { options }) };
    const code = await this.saved({ routes: [route], ...rest });
    return { code, account, message: (text, body = {}) => ({ template: code, params: { text }, ...body }) };
  }

  /** Saves and publishes; answers the code. */
  async saved(changes: JsonObject): Promise<string> {
    const code = this.code('template');
    const { version } = await this.api.do('/v1/templates', { code, name: code, ...changes });
    await this.api.do(`/v1/templates/${code}/versions/${version}/publish`);
    return code;
  }

  async caller(): Promise<string> {
    const code = this.code('caller');
    await this.api.do('/v1/callers', { code, name: code });
    return code;
  }

  /** The API as the holder of a new key sees it. */
  async key({ preset = 'caller', caller, ...rest }: KeyWishes = {}): Promise<ApiClient> {
    return this.api.as((await this.newKey({ preset, caller: caller ?? (await this.caller()), ...rest })).key);
  }

  /** The key as it is shown once. */
  async newKey(body: JsonObject): Promise<AnswerBody> {
    const created = await this.api.do('/v1/api-keys', { name: this.code('key'), ...body });
    if (!/^hy_/.test(created.key)) throw new Error('The new key was not shown');
    return created;
  }
}

const HOUR_MS = 3_600_000;

export interface QuietHours extends JsonObject {
  readonly from: string;
  readonly to: string;
}

/** Quiet hours in which the present lies. */
export function quietNow(changes: JsonObject = {}): QuietHours {
  const wallClock = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
  const now = Date.now();
  const window = { from: wallClock(now - HOUR_MS), to: wallClock(now + HOUR_MS), timeZone: 'UTC' };
  return { ...window, action: 'delay', ...changes };
}
