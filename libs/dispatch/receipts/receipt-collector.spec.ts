import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AccountBreaker, AccountReader, TokenService } from '#libs/accounts';
import {
  ChannelRegistry,
  type ChannelDefinition,
  type FetchedReceipts,
  type ProviderHttp,
  type SentDelivery,
} from '#libs/channels';
import { CredentialError, NotFoundError, RateLimitedError, TokenRejectedError } from '#libs/core';
import type { ClaimedPoll, PollOutcome, ReceiptPollStore } from '#libs/messages';
import { MESSAGE_ID, makeAccount, makePoll } from '../testing/factories.js';
import { TestChannel } from '../testing/test-channel.js';
import { SendingGates } from '../sending-gates.js';
import { ReceiptCollector } from './receipt-collector.js';
import type { ReceiptEffects } from './receipt-effects.js';
import { ReceiptFetcher } from './receipt-fetcher.js';

Logger.overrideLogger(false);

const NOW = new Date('2026-11-22T02:00:00.000Z');
const clock = { now: () => NOW, monotonicMs: () => 0 };
const READ: FetchedReceipts = { done: true, recipients: [{ addressee: { type: 'user', id: 'u1' }, state: 'read' }] };

/** A vendor that answers as arranged, afterwards that everybody has read. */
class Scene {
  readonly asked: { readonly token: string; readonly sent: SentDelivery }[] = [];
  readonly outcomes: PollOutcome[] = [];
  readonly blocked: [string, number][] = [];
  readonly answered: string[] = [];
  mayProbe = false;
  readonly stop = new AbortController();
  poll: ClaimedPoll = makePoll();
  account = (): Promise<unknown> => Promise.resolve(makeAccount());
  private readonly answers: (FetchedReceipts | Error)[] = [];

  arrange(...answers: readonly (FetchedReceipts | Error)[]): void {
    this.answers.push(...answers);
  }

  async collect(): Promise<PollOutcome | undefined> {
    await expect(this.collector().collect(this.stop.signal)).resolves.toBe(1);
    return this.outcomes[0];
  }

  private collector(): ReceiptCollector {
    const polls = {
      takeDue: ({ channels }: { readonly channels: readonly string[] }) => {
        expect(channels).toEqual(['letter']);
        return Promise.resolve([this.poll]);
      },
      finish: (outcome: PollOutcome) => Promise.resolve(this.outcomes.push(outcome) > 0),
    };
    const effects = {
      block: (code: string, ms: number) => Promise.resolve(this.blocked.push([code, ms])),
      noteRefused: () => Promise.resolve(),
    };
    const tokens = {
      current: () => Promise.resolve({ value: 'old', version: 1 }),
      renew: (_account: unknown, version: number) => Promise.resolve({ value: `newer than ${version}`, version: 2 }),
    };
    const reader = { get: () => this.account(), invalidate: () => undefined };
    const breaker = {
      takeProbe: () => Promise.resolve(this.mayProbe),
      noteAnswer: (code: string) => Promise.resolve(this.answered.push(code)),
    };
    const fetcher = new ReceiptFetcher(
      new SendingGates(reader as unknown as AccountReader, breaker as unknown as AccountBreaker, clock),
      tokens as unknown as TokenService,
      {} as ProviderHttp,
      clock,
    );
    const registry = new ChannelRegistry([this.channel(), new TestChannel().group]);
    return new ReceiptCollector(
      registry,
      fetcher,
      polls as unknown as ReceiptPollStore,
      effects as unknown as ReceiptEffects,
    );
  }

  private channel(): ChannelDefinition {
    const { definition } = new TestChannel();
    return {
      ...definition,
      receipts: { supported: true, windowSeconds: 86_400, tellsRead: true },
      handler: {
        ...definition.handler,
        fetchReceipts: ({ token }, sent) => {
          this.asked.push({ token, sent });
          const answer = this.answers.shift() ?? READ;
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
      },
    };
  }
}

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});

describe('ReceiptCollector', () => {
  it('asks through the account that sent it, and writes what is new', async () => {
    await expect(scene.collect()).resolves.toEqual({
      poll: { messageId: MESSAGE_ID, no: 1, fence: 1 },
      recipients: [{ rowNo: 1, status: 'read' }],
    });
    expect(scene.asked).toMatchObject([
      { token: 'old', sent: { providerMsgId: 'id-1', addressees: [{ type: 'user', id: 'u1' }] } },
    ]);
  });

  it('asks nothing about a delivery of which nothing is left to ask', async () => {
    const { sent: _sent, ...over } = makePoll();
    scene.poll = over;
    await expect(scene.collect()).resolves.toMatchObject({ recipients: [] });
    expect(scene.asked).toEqual([]);
    expect(scene.outcomes[0]?.again).toBeUndefined();
  });

  it('renews a token that the vendor ended early, once', async () => {
    scene.arrange(new TokenRejectedError('x'));
    await expect(scene.collect()).resolves.toMatchObject({ recipients: [{ status: 'read' }] });
    expect(scene.asked.map(({ token }) => token)).toEqual(['old', 'newer than 1']);
  });

  it('closes the gate of an account that the vendor throttles', async () => {
    scene.arrange(new RateLimitedError('provider_throttled', 'x', 4_000, 'account'));
    await expect(scene.collect()).resolves.toMatchObject({ recipients: [], again: { waitMs: 4_000, counts: false } });
    expect(scene.blocked).toEqual([['letter-1', 4_000]]);
  });

  it('is not asked for behind an open breaker, but by whoever finds out whether the vendor is back', async () => {
    scene.account = () => Promise.resolve(makeAccount({ breakerOpenedAt: NOW }));
    await expect(scene.collect()).resolves.toMatchObject({ recipients: [], again: { waitMs: 5_000, counts: false } });
    expect([scene.asked, scene.blocked, scene.answered]).toEqual([[], [], []]);
    scene.mayProbe = true;
    await scene.collect();
    expect(scene.asked).toHaveLength(1);
    expect(scene.answered).toEqual(['letter-1']);
  });

  it('never stops an account from sending because it may not ask', async () => {
    scene.arrange(new CredentialError('permission_missing', 'x'));
    await expect(scene.collect()).resolves.toMatchObject({ recipients: [], again: { counts: true } });
    expect(scene.blocked).toEqual([]);
  });

  it('goes on asking when its account cannot be had', async () => {
    scene.account = () => Promise.reject(new NotFoundError('gone', 'unknown_account'));
    await expect(scene.collect()).resolves.toMatchObject({ again: { counts: true } });
  });

  it('hands back what it is asking about when it is told to stop', async () => {
    scene.account = () => {
      scene.stop.abort();
      return Promise.reject(new Error('aborted'));
    };
    await expect(scene.collect()).resolves.toMatchObject({ recipients: [], again: { waitMs: 0, counts: false } });
  });
});
