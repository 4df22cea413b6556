import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { QueueLinesReader } from '#libs/insight';
import { BacklogReader, type MessagePlan } from '#libs/messages';
import type { TemplateDefinition } from '#libs/templates';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { testChannels } from '../../../libs/messages/testing/test-channels.js';
import { DigestStory, MERGING, PASS, ROOM, lines, one } from './digest.fixture.js';

let story: DigestStory;

beforeAll(async () => {
  story = await DigestStory.begin();
}, 60_000);

beforeEach(() => story.forget());
afterEach(() => story.checkBooks());
afterAll(() => story.system.stop());

describe('what waits because a group has no room left', () => {
  it('goes into one message, whose fate all of it shares', async () => {
    const plans = await story.overflow(ROOM + 6);
    const sources = plans.slice(ROOM);
    expect(story.said()).toEqual(['no 1', 'no 2', 'no 3', 'no 4']);
    await expect(story.letGo()).resolves.toEqual([]);
    await story.makeRoom();
    const digest = one(await story.letGo());
    await expect(story.system.read(one(sources.slice(0, 1)))).resolves.toMatchObject({
      status: 'scheduled',
      mergedInto: digest.id,
      deliveries: [{ reason: 'merged' }],
    });
    await story.sendAll([digest]);
    expect(story.said().slice(ROOM)).toEqual([lines(5, 10)]);
    await expect(story.system.read(digest)).resolves.toMatchObject({
      status: 'sent',
      template: null,
      deliveries: [{ kind: 'digest', account: 'board-1', attempts: 1 }],
    });
    await expect(story.fatesOf(sources)).resolves.toEqual(sources.map(() => ['sent merged']));
    await expect(story.system.read(one(sources.slice(0, 1)))).resolves.toMatchObject({
      status: 'sent',
      mergedInto: digest.id,
      deliveries: [{ status: 'sent', reason: 'merged', attempts: 0, sentAt: expect.any(String) }],
    });
    const timeline = await story.system.timeline(one(sources.slice(0, 1)));
    expect(timeline.find(({ event }) => event === 'merged')?.text).toContain(digest.id);
    await expect(story.letGo()).resolves.toEqual([]);
  });

  it('goes into as many messages as it needs, each saying how much follows', async () => {
    const plans = await story.overflow(ROOM + 7, {
      ...MERGING,
      routes: [makeRouteDefinition('board', { text: 'number {{n}} of a few' })],
    });
    await story.makeRoom();
    await story.sendAll(await story.letGo());
    const numbers = (...all: number[]): string => all.map((n) => `number ${n} of a few`).join('\n');
    expect(story.said().slice(ROOM).sort()).toEqual(
      [numbers(11), `${numbers(5, 6, 7)}\n+4`, `${numbers(8, 9, 10)}\n+1`].sort(),
    );
    await expect(story.fatesOf(plans.slice(ROOM))).resolves.toEqual([
      ...Array.from({ length: 6 }, () => ['sent merged']),
      ['sent'],
    ]);
  });

  it('waits as one, whatever it carries', async () => {
    const { database } = story.system;
    await story.overflow(ROOM + 6);
    await story.makeRoom();
    const digest = one(await story.letGo());
    const waiting = async (): Promise<unknown[]> => {
      const backlog = await new BacklogReader(database, testChannels()).read();
      const lines = await new QueueLinesReader(database).read();
      return [
        backlog.flatMap(({ scheduled }) => Object.entries(scheduled)),
        lines.map(({ delayed, waiting: due }) => due + delayed),
      ];
    };
    await expect(waiting()).resolves.toEqual([[['rate_limited', 1]], [1]]);
    await story.sendAll([digest]);
    await expect(waiting()).resolves.toEqual([[], []]);
  });

  it('tells in its timeline what it carries', async () => {
    const plans = await story.overflow(ROOM + 6);
    await story.makeRoom();
    const digest = one(await story.letGo());
    await story.sendAll([digest]);
    const sources = plans.slice(ROOM).map(({ id }) => id);
    const timeline = await story.system.timeline(digest);
    expect(timeline.find(({ event }) => event === 'joined')?.text).toBe(`Joins 6 messages: ${sources.join(', ')}`);
  });

  it('mentions everybody whom it would have mentioned', async () => {
    const template = await story.system.addTemplate(MERGING);
    for (let n = 1; n <= ROOM + 2; n += 1) {
      await story.system.dispatch(await story.system.acceptOf(template, [`u${n % 2}`], { params: { n } }));
    }
    await story.makeRoom();
    await story.sendAll(await story.letGo());
    expect(story.system.vendor.sent.at(-1)).toMatchObject({
      content: { content: 'no 5 @u1\nno 6 @u0' },
      mentions: [
        { type: 'user', id: 'u1' },
        { type: 'user', id: 'u0' },
      ],
    });
  });

  it('goes with the age of the oldest, the priority of the most urgent', async () => {
    const template = await story.system.addTemplate(MERGING);
    for (const priority of ['normal', 'normal', 'normal', 'normal', 'low', 'normal', 'low'] as const) {
      await story.system.dispatch(await story.system.acceptOf(template, [], { params: { n: 1 }, priority }));
    }
    await story.makeRoom();
    const [digest] = await story.system.sweep.takeDue(PASS);
    expect(digest).toMatchObject({ priority: 'normal' });
    const [ages] = await story.system.query(
      `SELECT (SELECT line_at FROM delivery WHERE kind = 'digest')
         = (SELECT min(line_at) FROM delivery WHERE merged_into IS NOT NULL) AS same`,
    );
    expect(ages).toEqual({ same: true });
    await story.sendAll([{ id: digest?.messageId ?? '' }]);
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
    const recipients = changes.routes?.[0]?.channel === 'letter' || changes.fallback ? ['a'] : [];
    const plans = await story.overflow(ROOM + count, changes, recipients);
    await story.makeRoom();
    await story.sendAll(await story.letGo());
    expect(story.system.vendor.sent).toHaveLength(ROOM + count);
    await expect(story.fatesOf(plans)).resolves.toEqual(plans.map(() => ['sent']));
  });

  it('does not meet the messages of other templates', async () => {
    const first = await story.overflow(ROOM + 2);
    const second = await story.overflow(2);
    await story.makeRoom();
    const digests = await story.letGo();
    expect(digests).toHaveLength(2);
    await story.sendAll(digests);
    await expect(story.digestOf(first.at(-1))).resolves.not.toEqual(await story.digestOf(second.at(-1)));
    expect(story.said().slice(ROOM).sort()).toEqual([lines(1, 2), lines(5, 6)]);
  });

  it('is also what became due when there was no room: later than others, or all at once', async () => {
    const template = await story.system.addTemplate(MERGING);
    const plans: MessagePlan[] = [];
    for (let n = 1; n <= ROOM + 3; n += 1) {
      const sendAt = n > ROOM ? { sendAt: new Date(Date.now() + 300) } : {};
      plans.push(await story.system.acceptOf(template, [], { params: { n }, ...sendAt }));
    }
    await story.sendAll(await story.letGo());
    await story.system.query(
      `UPDATE delivery SET publish_at = now(), next_attempt_at = now() WHERE status = 'scheduled' AND reason = 'send_at'`,
    );
    await expect(story.letGo()).resolves.toEqual([]);
    await expect(story.system.read(plans.at(-1) ?? { id: '' })).resolves.toMatchObject({
      deliveries: [{ status: 'scheduled', reason: 'rate_limited' }],
    });
    await story.makeRoom();
    await story.sendAll(await story.letGo());
    expect(story.said()).toHaveLength(ROOM + 1);
    expect(story.said().at(-1)).toBe(lines(ROOM + 1, ROOM + 3));
  });

  it('waits on while its account is closed', async () => {
    await story.overflow(ROOM + 2);
    await story.makeRoom();
    await story.system.query(`UPDATE account SET status = 'paused' WHERE code = 'board-1'`);
    await expect(story.letGo()).resolves.toEqual([]);
    await expect(story.system.query(`SELECT FROM delivery WHERE kind = 'digest'`)).resolves.toEqual([]);
    await story.system.openGates();
    await story.sendAll(await story.letGo());
    expect(story.said().slice(ROOM)).toEqual([lines(5, 6)]);
  });
});
