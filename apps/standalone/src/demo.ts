import type { ChannelDefinition } from '#libs/channels';
import { isJsonObject, objectsOf, textOf, type JsonObject } from '#libs/core';
import type { ApiClient } from './api-client.js';
import { templateCode } from './seed.js';

const OUTCOME_DEADLINE_MS = 30_000;
const RECALL_DEADLINE_MS = 30_000;
/** Where a recall stops only what is left, the vendor is asked afterwards what that was. */
const RECORD_DEADLINE_MS = 30_000;

const OPEN: ReadonlySet<string> = new Set(['accepted', 'sending', 'scheduled']);
const ARRIVED: ReadonlySet<string> = new Set(['sent', 'delivered', 'read']);

export interface TimelineEvent {
  readonly at: Date;
  readonly event: string;
  readonly text: string;
}

/** What became of one demo message. */
export interface DemoOutcome {
  readonly channel: ChannelDefinition;
  readonly messageId: string;
  /** The status before a recall. */
  readonly status: string;
  readonly timeline: readonly TimelineEvent[];
  /** The sandbox's record of the provider request; undefined: the sandbox saw none. */
  readonly request?: JsonObject;
  /** Confirmed by the sandbox. Undefined: no recall was asked for. */
  readonly recalled?: boolean;
  /** Why there is no outcome. */
  readonly fault?: string;
}

/** Sent, seen by the sandbox, and taken back where that was asked for. */
export const wentWell = (outcome: DemoOutcome): boolean =>
  ARRIVED.has(outcome.status) && outcome.request !== undefined && outcome.recalled !== false;

export interface DemoOptions {
  readonly channels: readonly ChannelDefinition[];
  /** Makes the texts of this run differ from those of every other one. */
  readonly number: number;
  readonly now: Date;
  readonly recalls: (channel: ChannelDefinition) => boolean;
}

/** Sends one message per channel through the API and follows it to the sandbox. */
export class Demo {
  constructor(
    private readonly api: ApiClient,
    private readonly sandbox: ApiClient,
  ) {}

  async run(options: DemoOptions): Promise<readonly DemoOutcome[]> {
    return Promise.all(
      options.channels.map((channel) =>
        this.send(channel, options).catch((error: unknown): DemoOutcome => ({
          ...{ channel, messageId: '', status: 'failed', timeline: [] },
          fault: error instanceof Error ? error.message : String(error),
        })),
      ),
    );
  }

  private async send(channel: ChannelDefinition, { number, now, recalls }: DemoOptions): Promise<DemoOutcome> {
    const { body } = await this.api.expect([202], 'POST', '/v1/messages', demoMessage(channel, number, now));
    const messageId = textOf(body['id']);
    const path = `/v1/messages/${messageId}`;
    const isSettled = (message: JsonObject): boolean => !OPEN.has(textOf(message['status']));
    const message = await this.api.poll(path, isSettled, OUTCOME_DEADLINE_MS);
    const entry = await this.findInInbox(channel, number, now);
    const recalled = entry && recalls(channel) ? await this.recall(path, textOf(entry['id'])) : undefined;
    return {
      channel,
      messageId,
      status: textOf(message['status']),
      timeline: await this.timeline(path),
      ...(isJsonObject(entry?.['request']) && { request: entry['request'] }),
      ...(recalled !== undefined && { recalled }),
    };
  }

  /** Not every provider gives a message an id, but the text is that of this run alone. */
  private async findInInbox(channel: ChannelDefinition, number: number, now: Date): Promise<JsonObject | undefined> {
    const inbox = await this.sandbox.get(`/_sandbox/inbox?limit=50&channel=${encodeURIComponent(channel.name)}`);
    const { time } = demoParams(number, now);
    return objectsOf(inbox['data']).find((entry) => JSON.stringify(entry).includes(time));
  }

  private async recall(path: string, entryId: string): Promise<boolean> {
    await this.api.expect([202], 'POST', `${path}/recall`);
    const isRecalled = (entry: JsonObject): boolean => entry['recalled'] === true;
    const entry = await this.sandbox.poll(`/_sandbox/inbox/${entryId}`, isRecalled, RECALL_DEADLINE_MS);
    // Our own record follows the provider's answer by a moment.
    await this.api.poll(path, (message) => message['status'] === 'recalled', RECORD_DEADLINE_MS);
    return isRecalled(entry);
  }

  private async timeline(path: string): Promise<readonly TimelineEvent[]> {
    const { data } = await this.api.get(`${path}/timeline`);
    return objectsOf(data).map(({ at, event, text }) => ({
      at: new Date(textOf(at)),
      event: textOf(event),
      text: textOf(text),
    }));
  }
}

const demoParams = (number: number, now: Date): { readonly time: string; readonly counter: number } => ({
  time: now.toISOString().replace('T', ' ').slice(0, 23),
  counter: number,
});

/** The message that the demo sends, and that the `curl` line of the banner shows. */
export const demoMessage = (channel: ChannelDefinition, number: number, now: Date): JsonObject => ({
  template: templateCode(channel),
  recipients: [...channel.sandbox.recipients],
  params: demoParams(number, now),
});
