import { expect } from '@jest/globals';
import type { LimitDefinition } from '#libs/channels';
import type { MessagePlan } from '#libs/messages';
import type { TemplateDefinition } from '#libs/templates';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from '../messages/books.js';
import { DispatchSystem } from './dispatch.fixture.js';

/** Calls a minute of `board-1`. */
export const ROOM = 4;
const LIMITS: readonly LimitDefinition[] = [
  { key: 'perMinute', label: { zh: '限', en: 'Limit' }, scope: 'account', limit: ROOM, windowSeconds: 60 },
];
export const PASS = { perPair: 200, total: 1_000, againMs: 10_000, highOnly: false };
export const MERGING: Partial<TemplateDefinition> = {
  overflow: 'merge',
  routes: [makeRouteDefinition('board', { text: 'no {{n}}' })],
};

/** `no <from>` to `no <to>`, a line each. */
export const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `no ${from + index}`).join('\n');

export const one = <T>(values: readonly T[]): T => {
  expect(values).toHaveLength(1);
  return values[0] as T;
};

/** Two workers, and a chat group that may be called four times a minute. */
export class DigestStory {
  private constructor(readonly system: DispatchSystem) {}

  static async begin(): Promise<DigestStory> {
    const system = await DispatchSystem.start(LIMITS, LIMITS);
    await recordMoves(system);
    await system.addProcess();
    return new DigestStory(system);
  }

  async forget(): Promise<void> {
    await this.system.query(
      'TRUNCATE message, delivery, recipient, attempt, event, limit_window, recall, recall_item, dedupe_claim',
    );
    this.system.vendor.sent.length = 0;
  }

  async checkBooks(): Promise<void> {
    await expect(faultsInBooks(this.system)).resolves.toEqual([]);
    await expect(faultsInMoves(this.system)).resolves.toEqual([]);
  }

  /** Messages `no 1` … of one template, all of which a worker has looked at: the first have left, the others wait. */
  async overflow(
    count: number,
    changes: Partial<TemplateDefinition> = MERGING,
    recipients: readonly string[] = [],
  ): Promise<MessagePlan[]> {
    const template = await this.system.addTemplate(changes);
    const plans: MessagePlan[] = [];
    for (let n = 1; n <= count; n += 1) {
      const plan = await this.system.acceptOf(template, recipients, { params: { n } });
      await this.system.dispatch(plan);
      plans.push(plan);
    }
    return plans;
  }

  /** The minute of every account is over. */
  async makeRoom(): Promise<void> {
    await this.system.query(
      `UPDATE limit_window SET calls = ARRAY(SELECT c - interval '61 seconds' FROM unnest(calls) AS c)`,
    );
    await this.system.query(`UPDATE delivery SET next_attempt_at = now() WHERE reason = 'rate_limited'`);
  }

  /** A pass of the sweep: what it lets go. */
  async letGo(): Promise<readonly { id: string }[]> {
    const refs = await this.system.sweep.takeDue(PASS);
    return refs.map(({ messageId: id }) => ({ id }));
  }

  async sendAll(messages: readonly { id: string }[]): Promise<void> {
    for (const message of messages) await this.system.dispatch(message);
    await this.system.sweep.followDigests(100);
  }

  async digestOf(plan: { id: string } | undefined): Promise<{ id: string }> {
    const { mergedInto = '' } = await this.system.read(plan ?? { id: '' });
    expect(mergedInto).not.toBe('');
    return { id: mergedInto };
  }

  /** With a digest of `no 5` … that nobody has claimed. */
  async gathered(count: number): Promise<{ sources: readonly MessagePlan[]; digest: { id: string } }> {
    const plans = await this.overflow(ROOM + count);
    await this.makeRoom();
    await this.letGo();
    const sources = plans.slice(ROOM);
    return { sources, digest: await this.digestOf(sources[0]) };
  }

  /** What the group has been told. */
  said(): readonly string[] {
    return this.system.vendor.sent.map(({ content: { content } }) => (typeof content === 'string' ? content : ''));
  }

  fatesOf(plans: readonly { id: string }[]): Promise<string[][]> {
    return Promise.all(plans.map((plan) => this.system.fates(plan)));
  }
}
