import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LimitDefinition } from '#libs/channels';
import { AmbiguousDeliveryError, PermanentDeliveryError } from '#libs/core';
import type { MessagePlan } from '#libs/messages';
import type { TemplateDefinition } from '#libs/templates';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from '../messages/books.js';
import { holdTransaction, untilBlocked } from '../messages/heart.fixture.js';
import { DispatchSystem } from './dispatch.fixture.js';

const ROOM = 4;
const LIMITS: readonly LimitDefinition[] = [
  { key: 'perMinute', label: { zh: '限', en: 'Limit' }, scope: 'account', limit: ROOM, windowSeconds: 60 },
];
const PASS = { perPair: 200, total: 1_000, againMs: 10_000, highOnly: false };
const MERGING: Partial<TemplateDefinition> = {
  overflow: 'merge',
  routes: [makeRouteDefinition('board', { text: 'no {{n}}' })],
};

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start(LIMITS, LIMITS);
  await recordMoves(system);
  await system.addProcess();
}, 60_000);

beforeEach(async () => {
  await system.query(
    'TRUNCATE message, delivery, recipient, attempt, event, limit_window, recall, recall_item, dedupe_claim',
  );
  system.vendor.sent.length = 0;
});

afterEach(async () => {
  await expect(faultsInBooks(system)).resolves.toEqual([]);
  await expect(faultsInMoves(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

/** Messages `no 1` … of one template, all of which a worker has looked at: the first have left, the others wait. */
async function overflow(
  count: number,
  changes: Partial<TemplateDefinition> = MERGING,
  request: Parameters<DispatchSystem['acceptOf']>[2] = {},
): Promise<MessagePlan[]> {
  const template = await system.addTemplate(changes);
  const plans: MessagePlan[] = [];
  for (let n = 1; n <= count; n += 1) {
    const plan = await system.acceptOf(template, [], { params: { n }, ...request });
    await system.dispatch(plan);
    plans.push(plan);
  }
  return plans;
}

/** The minute of every account is over. */
async function makeRoom(): Promise<void> {
  await system.query(`UPDATE limit_window SET calls = ARRAY(SELECT c - interval '61 seconds' FROM unnest(calls) AS c)`);
  await system.query(`UPDATE delivery SET next_attempt_at = now() WHERE reason = 'rate_limited'`);
}

/** A pass of the sweep: what it lets go. */
const letGo = async (): Promise<readonly { id: string }[]> => {
  const refs = await system.sweep.takeDue(PASS);
  return refs.map(({ messageId: id }) => ({ id }));
};

async function sendAll(messages: readonly { id: string }[]): Promise<void> {
  for (const message of messages) await system.dispatch(message);
  await system.sweep.followDigests(100);
}

async function digestOf(plan: { id: string } | undefined): Promise<{ id: string }> {
  const { mergedInto = '' } = await system.read(plan ?? { id: '' });
  expect(mergedInto).not.toBe('');
  return { id: mergedInto };
}

/** With a digest of `no 5` … that nobody has claimed. */
async function gathered(count: number): Promise<{ sources: readonly MessagePlan[]; digest: { id: string } }> {
  const plans = await overflow(ROOM + count);
  await makeRoom();
  await letGo();
  const sources = plans.slice(ROOM);
  return { sources, digest: await digestOf(sources[0]) };
}

const said = (): readonly unknown[] => system.vendor.sent.map(({ content }) => content['content']);
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `no ${from + index}`).join('\n');
const one = <T>(values: readonly T[]): T => {
  expect(values).toHaveLength(1);
  return values[0] as T;
};
const fatesOf = (plans: readonly { id: string }[]): Promise<string[][]> =>
  Promise.all(plans.map((plan) => system.fates(plan)));

describe('what waits because a group has no room left', () => {
  it('goes into one message, whose fate all of it shares', async () => {
    const plans = await overflow(ROOM + 6);
    const sources = plans.slice(ROOM);
    expect(said()).toEqual(['no 1', 'no 2', 'no 3', 'no 4']);
    await expect(letGo()).resolves.toEqual([]);
    await makeRoom();
    const digest = one(await letGo());
    await expect(system.read(one(sources.slice(0, 1)))).resolves.toMatchObject({
      status: 'scheduled',
      mergedInto: digest.id,
      deliveries: [{ reason: 'merged' }],
    });
    await sendAll([digest]);
    expect(said().slice(ROOM)).toEqual([lines(5, 10)]);
    await expect(system.read(digest)).resolves.toMatchObject({
      status: 'sent',
      template: null,
      deliveries: [{ kind: 'digest', account: 'board-1', attempts: 1 }],
    });
    await expect(fatesOf(sources)).resolves.toEqual(sources.map(() => ['sent merged']));
    await expect(system.read(one(sources.slice(0, 1)))).resolves.toMatchObject({
      status: 'sent',
      mergedInto: digest.id,
      deliveries: [{ status: 'sent', reason: 'merged', attempts: 0, sentAt: expect.any(String) }],
    });
    const timeline = await system.timeline(one(sources.slice(0, 1)));
    expect(timeline.find(({ event }) => event === 'merged')?.text).toContain(digest.id);
    await expect(letGo()).resolves.toEqual([]);
  });

  it('goes into as many messages as it needs, each saying how much follows', async () => {
    const plans = await overflow(ROOM + 7, {
      ...MERGING,
      routes: [makeRouteDefinition('board', { text: 'number {{n}} of a few' })],
    });
    await makeRoom();
    await sendAll(await letGo());
    const numbers = (...all: number[]): string => all.map((n) => `number ${n} of a few`).join('\n');
    expect(said().slice(ROOM).sort()).toEqual(
      [numbers(11), `${numbers(5, 6, 7)}\n+4`, `${numbers(8, 9, 10)}\n+1`].sort(),
    );
    await expect(fatesOf(plans.slice(ROOM))).resolves.toEqual([
      ...Array.from({ length: 6 }, () => ['sent merged']),
      ['sent'],
    ]);
  });

  it('mentions everybody whom it would have mentioned', async () => {
    const template = await system.addTemplate(MERGING);
    for (let n = 1; n <= ROOM + 2; n += 1) {
      await system.dispatch(await system.acceptOf(template, [`u${n % 2}`], { params: { n } }));
    }
    await makeRoom();
    await sendAll(await letGo());
    expect(system.vendor.sent.at(-1)).toMatchObject({
      content: { content: 'no 5 @u1\nno 6 @u0' },
      mentions: [
        { type: 'user', id: 'u1' },
        { type: 'user', id: 'u0' },
      ],
    });
  });

  it('goes with the age of the oldest, the priority of the most urgent', async () => {
    const template = await system.addTemplate(MERGING);
    for (const priority of ['normal', 'normal', 'normal', 'normal', 'low', 'normal', 'low'] as const) {
      await system.dispatch(await system.acceptOf(template, [], { params: { n: 1 }, priority }));
    }
    await makeRoom();
    const [digest] = await system.sweep.takeDue(PASS);
    expect(digest).toMatchObject({ priority: 'normal' });
    const [ages] = await system.query(
      `SELECT (SELECT line_at FROM delivery WHERE kind = 'digest')
         = (SELECT min(line_at) FROM delivery WHERE merged_into IS NOT NULL) AS same`,
    );
    expect(ages).toEqual({ same: true });
    await sendAll([{ id: digest?.messageId ?? '' }]);
  });

  it.each([
    ['a single message', 1, MERGING],
    ['messages of a template that does not ask for it', 3, { ...MERGING, overflow: 'delay' }],
    ['messages to people', 3, { ...MERGING, routes: [makeRouteDefinition('letter', { text: 'no {{n}}' })] }],
    [
      'messages that may go on to another route',
      3,
      {
        ...MERGING,
        routes: [...(MERGING.routes ?? []), makeRouteDefinition('letter', { text: 'no {{n}}' })],
        fallback: { on: ['failed'], afterSeconds: 600 },
      },
    ],
  ] as [string, number, Partial<TemplateDefinition>][])('goes by itself: %s', async (_what, count, changes) => {
    const template = await system.addTemplate(changes);
    const plans: MessagePlan[] = [];
    const recipients = changes.routes?.[0]?.channel === 'letter' || changes.fallback ? ['a'] : [];
    for (let n = 1; n <= ROOM + count; n += 1) {
      const plan = await system.acceptOf(template, recipients, { params: { n } });
      await system.dispatch(plan);
      plans.push(plan);
    }
    await makeRoom();
    await sendAll(await letGo());
    expect(system.vendor.sent).toHaveLength(ROOM + count);
    await expect(fatesOf(plans)).resolves.toEqual(plans.map(() => ['sent']));
  });

  it('does not meet the messages of other templates', async () => {
    const first = await overflow(ROOM + 2);
    const second = await overflow(2);
    await makeRoom();
    const digests = await letGo();
    expect(digests).toHaveLength(2);
    await sendAll(digests);
    await expect(digestOf(first.at(-1))).resolves.not.toEqual(await digestOf(second.at(-1)));
    expect(said().slice(ROOM).sort()).toEqual([lines(1, 2), lines(5, 6)]);
  });

  it('is also what became due when there was no room: later than others, or all at once', async () => {
    const template = await system.addTemplate(MERGING);
    const plans: MessagePlan[] = [];
    for (let n = 1; n <= ROOM + 3; n += 1) {
      const sendAt = n > ROOM ? { sendAt: new Date(Date.now() + 300) } : {};
      plans.push(await system.acceptOf(template, [], { params: { n }, ...sendAt }));
    }
    await sendAll(await letGo());
    await system.query(
      `UPDATE delivery SET publish_at = now(), next_attempt_at = now() WHERE status = 'scheduled' AND reason = 'send_at'`,
    );
    await expect(letGo()).resolves.toEqual([]);
    await expect(system.read(plans.at(-1) ?? { id: '' })).resolves.toMatchObject({
      deliveries: [{ status: 'scheduled', reason: 'rate_limited' }],
    });
    await makeRoom();
    await sendAll(await letGo());
    expect(said()).toHaveLength(ROOM + 1);
    expect(said().at(-1)).toBe(lines(ROOM + 1, ROOM + 3));
  });

  it('waits on while its account is closed', async () => {
    await overflow(ROOM + 2);
    await makeRoom();
    await system.query(`UPDATE account SET status = 'paused' WHERE code = 'board-1'`);
    await expect(letGo()).resolves.toEqual([]);
    await expect(system.query(`SELECT FROM delivery WHERE kind = 'digest'`)).resolves.toEqual([]);
    await system.openGates();
    await sendAll(await letGo());
    expect(said().slice(ROOM)).toEqual([lines(5, 6)]);
  });
});

describe('a message in a digest that nobody has claimed', () => {
  it('is taken out when it is canceled, and the others go without it', async () => {
    const { digest, sources } = await gathered(3);
    const [, second] = sources;
    await expect(system.cancels.cancelWaiting([second?.id ?? ''], 'canceled_by_caller')).resolves.toHaveLength(1);
    await sendAll([digest]);
    expect(said().slice(ROOM)).toEqual(['no 5\nno 7']);
    await expect(fatesOf(sources)).resolves.toEqual([
      ['sent merged'],
      ['canceled canceled_by_caller'],
      ['sent merged'],
    ]);
    await expect(system.read({ id: second?.id ?? '' })).resolves.not.toHaveProperty('mergedInto');
  });

  it('is taken out when it is recalled', async () => {
    const { digest, sources } = await gathered(3);
    const recall = await system.recall(sources[0] ?? { id: '' });
    expect(recall).toMatchObject({ status: 'finished', counts: { canceled: 1, failed: 0 } });
    await sendAll([digest]);
    expect(said().slice(ROOM)).toEqual(['no 6\nno 7']);
    await expect(fatesOf(sources.slice(0, 1))).resolves.toEqual([['canceled canceled_by_recall']]);
  });

  it('is taken out when its time is over', async () => {
    const { digest, sources } = await gathered(3);
    await system.query(`UPDATE delivery SET expire_at = now() WHERE message_id = $1`, [sources[2]?.id]);
    await system.sweep.expire(10);
    await sendAll([digest]);
    expect(said().slice(ROOM)).toEqual(['no 5\nno 6']);
    await expect(fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged'], ['expired expired']]);
  });

  it('takes the digest along when it is the last one', async () => {
    const { digest, sources } = await gathered(2);
    await system.cancels.cancelWaiting(
      sources.map(({ id }) => id),
      'canceled_by_operator',
    );
    await expect(system.read(digest)).resolves.toMatchObject({ status: 'canceled', reason: 'canceled_by_operator' });
    await sendAll([digest]);
    expect(system.vendor.sent).toHaveLength(ROOM);
  });

  it('is taken out before or after the claim, and never in between', async () => {
    const { digest, sources } = await gathered(3);
    const recalled = sources[0] ?? { id: '' };
    const recall = await holdTransaction(system, (sql) =>
      system.cancels.cancelWaiting([recalled.id], 'canceled_by_recall', sql),
    );
    const sending = system.dispatch(digest, 1, 1);
    await untilBlocked(system);
    await recall.commit();
    await sending;
    await system.sweep.followDigests(10);
    expect(said().slice(ROOM)).toEqual(['no 6\nno 7']);
    await expect(fatesOf(sources)).resolves.toEqual([
      ['canceled canceled_by_recall'],
      ['sent merged'],
      ['sent merged'],
    ]);
  });

  it('has a line in what is sent exactly when its recall came too late', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { digest, sources } = await gathered(3);
      const before = system.vendor.sent.length;
      const [recall] = await Promise.all([
        system.recall(sources[round % 3] ?? { id: '' }),
        system.dispatch(digest, 1, round % 2),
        system.cancels.cancelWaiting([sources[(round + 1) % 3]?.id ?? ''], 'canceled_by_caller'),
      ]);
      await system.sweep.followDigests(10);
      const text = String(system.vendor.sent[before]?.content['content']);
      const fates = (await fatesOf(sources)).flat();
      fates.forEach((fate, index) => expect(text.includes(`no ${5 + index}`)).toBe(fate === 'sent merged'));
      expect(recall.counts.failed === 1).toBe(text.includes(`no ${5 + (round % 3)}`));
      await makeRoom();
      await system.query('TRUNCATE message, delivery, recipient, attempt, event, recall, recall_item, limit_window');
      system.vendor.sent.length = 0;
    }
  });
});

describe('a message in a digest on its way', () => {
  it('cannot be taken back any more, and its recall says so', async () => {
    const { digest, sources } = await gathered(2);
    system.vendor.onSend = async () => {
      system.vendor.onSend = undefined;
      const [first, second] = sources;
      await expect(system.cancels.cancelWaiting([first?.id ?? ''], 'canceled_by_caller')).resolves.toEqual([]);
      await expect(system.recall(second ?? { id: '' })).resolves.toMatchObject({ counts: { failed: 1, canceled: 0 } });
    };
    await sendAll([digest]);
    const [, recalled] = sources;
    await expect(fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged']]);
    await expect(system.read(recalled ?? { id: '' })).resolves.toMatchObject({
      deliveries: [{ status: 'sent', recall: { status: 'failed', reason: 'merged' } }],
    });
    await expect(system.recall(sources[0] ?? { id: '' })).resolves.toMatchObject({ counts: { failed: 1 } });
  });

  it('does not expire without it', async () => {
    const { digest, sources } = await gathered(2);
    system.vendor.onSend = async () => {
      system.vendor.onSend = undefined;
      await system.query(`UPDATE delivery SET expire_at = now() WHERE merged_into IS NOT NULL`);
      await expect(system.sweep.expire(10)).resolves.toBe(0);
    };
    await sendAll([digest]);
    await expect(fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged']]);
  });

  it('fails with it, is replayed by itself, and the digest is not', async () => {
    const { digest, sources } = await gathered(2);
    system.vendor.arrange(new PermanentDeliveryError('content_invalid', 'x'));
    await sendAll([digest]);
    await expect(fatesOf(sources)).resolves.toEqual([['failed merged'], ['failed merged']]);
    const again = { includeUnknown: false, actor: 'test' };
    await expect(system.replays.replay({ messageId: digest.id, ...again })).rejects.toMatchObject({
      code: 'not_replayable',
    });
    const [first] = sources;
    await system.replays.replay({ messageId: first?.id ?? '', ...again });
    await system.dispatch(first ?? { id: '' }, 2);
    expect(said().at(-1)).toBe('no 5');
    await expect(fatesOf(sources)).resolves.toEqual([['sent'], ['failed merged']]);
  });

  it('is unknown as long as the digest is, and known as soon as it is', async () => {
    const { digest, sources } = await gathered(2);
    const lost = (): Error => new AmbiguousDeliveryError('connection_lost', 'x');
    system.vendor.arrange(lost(), lost());
    await system.dispatch(digest);
    await system.sweep.followDigests(10);
    await expect(fatesOf(sources)).resolves.toEqual([['pending'], ['pending']]);
    await expect(system.cancels.cancelWaiting([sources[0]?.id ?? ''], 'canceled_by_caller')).resolves.toEqual([]);
    await system.skipWait(digest);
    await sendAll([digest]);
    await expect(fatesOf(sources)).resolves.toEqual([['unknown merged'], ['unknown merged']]);
    await system.resolves.resolve({ messageId: digest.id, as: 'sent', actor: 'test', note: 'seen' });
    await expect(fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged']]);
  });

  it('is canceled with it', async () => {
    const { digest, sources } = await gathered(2);
    await system.cancels.cancelWaiting([digest.id], 'canceled_by_caller');
    await system.sweep.followDigests(10);
    await expect(fatesOf(sources)).resolves.toEqual([['canceled merged'], ['canceled merged']]);
  });
});
