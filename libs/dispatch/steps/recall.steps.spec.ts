import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountBreaker, AccountReader, SendingAccount, TokenService } from '#libs/accounts';
import { AmbiguousDeliveryError, NotFoundError, TokenRejectedError } from '#libs/core';
import type { ClaimedRecallItem, RecallItemStore } from '#libs/messages';
import { MESSAGE_ID, makeAccount } from '../testing/factories.js';
import { TestChannel } from '../testing/test-channel.js';
import { LoadRecallStep } from './load-recall.step.js';
import { RecallRun } from './recall-run.js';
import { RecallStep } from './recall.step.js';
import { RouteRecallStep } from './route-recall.step.js';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);
const clock = { now: () => NOW, monotonicMs: () => 0 };
const signal = new AbortController().signal;

const makeItem = (changes: Partial<ClaimedRecallItem> = {}): ClaimedRecallItem => ({
  recallId: 'r',
  messageId: MESSAGE_ID,
  no: 1,
  fence: 1,
  attempts: 0,
  channel: 'letter',
  account: 'letter-1',
  deliveryStatus: 'sent',
  sentAt: ago(60),
  providerMsgIds: ['id-1'],
  untraceable: 0,
  addressees: [],
  ...changes,
});

describe('the load step of a recall', () => {
  const load = (item: ClaimedRecallItem | undefined) =>
    new LoadRecallStep({ claim: () => Promise.resolve(item) } as unknown as RecallItemStore).run(
      new RecallRun('r', MESSAGE_ID, 1),
    );

  it('has nothing to say about an item that is not to be had', async () => {
    await expect(load(undefined)).resolves.toEqual({ stop: null });
  });

  it.each(['sent', 'partial', 'unknown'])('goes on with a delivery that is %s', async (deliveryStatus) => {
    const item = makeItem({ deliveryStatus });
    await expect(load(item)).resolves.toMatchObject({ next: { item, run: { item } } });
  });

  it.each([
    ['sending', { status: 'waiting', waitMs: 1_000, counts: false }],
    ['canceled', { status: 'canceled', counts: false }],
    ['failed', { status: 'failed', reason: 'nothing_to_recall', counts: false }],
    ['expired', { status: 'failed', reason: 'nothing_to_recall', counts: false }],
  ])('stops at a delivery that is %s', async (deliveryStatus, stop) => {
    await expect(load(makeItem({ deliveryStatus }))).resolves.toEqual({ stop });
  });
});

describe('the route step of a recall', () => {
  const channel = new TestChannel();
  const route = (
    changes: Partial<ClaimedRecallItem>,
    get: () => Promise<unknown> = () => Promise.resolve(makeAccount()),
    mayProbe = false,
  ) => {
    const reader = { get, invalidate: () => undefined } as unknown as AccountReader;
    const breaker = { takeProbe: () => Promise.resolve(mayProbe) } as unknown as AccountBreaker;
    const step = new RouteRecallStep(reader, channel.registry, breaker, clock);
    return step.run({ run: new RecallRun('r', MESSAGE_ID, 1), item: makeItem(changes) });
  };
  const through = (changes: Partial<SendingAccount>, mayProbe?: boolean) =>
    route({}, () => Promise.resolve(makeAccount(changes)), mayProbe);

  it('goes through the account that sent it', async () => {
    await expect(route({})).resolves.toMatchObject({
      next: { account: { code: 'letter-1' }, channel: { name: 'letter' } },
    });
  });

  it.each([
    ['the channel cannot recall', { channel: 'board' }, 'failed', 'recall_not_supported'],
    ['no attempt left an id', { providerMsgIds: [] }, 'uncertain', 'recall_no_provider_id'],
    ['the window is over', { sentAt: ago(86_401) }, 'failed', 'recall_window_closed'],
  ])('says so when %s', async (_case, changes, status, reason) => {
    await expect(route(changes)).resolves.toEqual({ stop: { status, reason, counts: false } });
  });

  it.each([
    ['account_paused', { status: 'paused', pausedBy: 'credentials' }, 0],
    ['rate_limited', { blockedUntil: new Date(NOW.getTime() + 3_000) }, 3_000],
    ['breaker_open', { breakerOpenedAt: NOW }, 0],
  ] as const)('waits for what holds sends as well: %s', async (reason, changes, waitMs) => {
    await expect(through(changes)).resolves.toEqual({ stop: { status: 'waiting', reason, waitMs, counts: false } });
  });

  it('goes through the account that a person has paused, and as the probe of an open breaker', async () => {
    await expect(through({ status: 'paused', pausedBy: 'operator' })).resolves.toHaveProperty('next');
    await expect(through({ breakerOpenedAt: NOW }, true)).resolves.toHaveProperty('next');
  });

  it('says so when the account is gone', async () => {
    await expect(route({}, () => Promise.reject(new NotFoundError('x')))).resolves.toEqual({
      stop: { status: 'failed', reason: 'recall_account_gone', counts: false },
    });
    await expect(route({}, () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
  });
});

describe('the recall step', () => {
  let channel: TestChannel;

  beforeEach(() => {
    channel = new TestChannel();
  });

  const recall = (changes: Partial<ClaimedRecallItem>) => {
    const tokens = {
      current: () => Promise.resolve({ value: 'token-1', version: 1 }),
      renew: () => Promise.resolve({ value: 'token-2', version: 2 }),
    };
    const http = { send: () => Promise.reject(new TypeError('not called')) };
    return new RecallStep(tokens as unknown as TokenService, http, clock).run(
      {
        run: new RecallRun('r', MESSAGE_ID, 1),
        item: makeItem(changes),
        account: makeAccount(),
        channel: channel.definition,
      },
      signal,
    );
  };

  it('takes back every id that an attempt was given', async () => {
    await expect(recall({ providerMsgIds: ['id-1', 'id-2'] })).resolves.toEqual({
      next: { status: 'recalled', counts: true },
    });
    expect(channel.recalled.map(({ id }) => id)).toEqual(['id-1', 'id-2']);
  });

  it('claims nothing when an attempt may have arrived without an id', async () => {
    await expect(recall({ untraceable: 1 })).resolves.toEqual({
      next: { status: 'uncertain', reason: 'recall_unconfirmed', counts: true },
    });
    expect(channel.recalled).toHaveLength(1);
  });

  it('renews a refused token once', async () => {
    channel.arrangeRecall(new TokenRejectedError('x'));
    await expect(recall({})).resolves.toMatchObject({ next: { status: 'recalled' } });
    expect(channel.recalled.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });

  it('leaves the message with those who have it for good', async () => {
    const one = { type: 'user', id: 'u1' } as const;
    channel.arrangeRecall({ kept: [one] }, { kept: [] });
    await expect(recall({ providerMsgIds: ['id-1', 'id-2'] })).resolves.toEqual({
      next: { status: 'failed', reason: 'already_delivered', counts: true, kept: ['user u1'] },
    });
    channel.arrangeRecall({ kept: [] });
    await expect(recall({})).resolves.toEqual({ next: { status: 'recalled', counts: true, kept: [] } });
  });

  it('lets every other failure through', async () => {
    channel.arrangeRecall(new AmbiguousDeliveryError('connection_lost', 'x'));
    await expect(recall({})).rejects.toThrow(AmbiguousDeliveryError);
  });
});
