import { describe, expect, it } from '@jest/globals';
import { idTime } from '#libs/core';
import type { SendRequest } from './message-plan.js';
import { makeContext, makePlan, makeRequest, makeRouteDefinition, makeTemplate } from '../testing/factories.js';
import { planMessage, type PlanningContext } from './plan-message.js';

const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `u${index}`);

async function faultsOf(request: SendRequest, context: Partial<PlanningContext> = {}) {
  const result = await planMessage(request, makeContext(context));
  return 'faults' in result ? result.faults : [];
}

async function codesOf(request: SendRequest, context: Partial<PlanningContext> = {}): Promise<string[]> {
  return (await faultsOf(request, context)).map(({ code, pointer }) => `${pointer} ${code}`);
}

/** What becomes of a message: per delivery its number, route, account, and the rows. */
async function shapeOf(request: SendRequest) {
  const { deliveries } = await makePlan(request);
  return deliveries.map(({ no, route, recipients }) => [
    no,
    route.channel.name,
    ...recipients.map(({ ref, rowNo }) => `${rowNo} ${ref}`),
  ]);
}

describe('the deliveries of a message', () => {
  it.each([
    [1, 1],
    [3, 1],
    [4, 2],
    [1_000, 334],
  ])('to %d people are %d calls when three go into one', async (count, calls) => {
    const { deliveries, recipientCount } = await makePlan(makeRequest(people(count)));
    expect(deliveries).toHaveLength(calls);
    expect(deliveries.flatMap(({ recipients }) => recipients)).toHaveLength(count);
    expect(recipientCount).toBe(count);
  });

  it('number deliveries and rows through', async () => {
    const template = makeTemplate({ routes: [makeRouteDefinition('letter'), makeRouteDefinition('note')] });
    const values = ['a', 'b', { dingtalk: 'c' }, 'd', 'e'];
    await expect(shapeOf(makeRequest(values, { template }))).resolves.toEqual([
      [1, 'letter', '1 user:a', '2 user:b', '3 user:d'],
      [2, 'letter', '4 user:e'],
      [3, 'note', '5 dingtalk:c'],
    ]);
  });

  it('keep people, departments, tags and everybody apart', async () => {
    const values = [{ tag: '1' }, 'a', { department: '1' }, { all: true }, { department: '2' }, { department: '3' }];
    await expect(shapeOf(makeRequest(values))).resolves.toEqual([
      [1, 'letter', '1 user:a'],
      [2, 'letter', '2 department:1', '3 department:2'],
      [3, 'letter', '4 department:3'],
      [4, 'letter', '5 tag:1'],
      [5, 'letter', '6 all'],
    ]);
  });

  it('are a set per route with the strategy all, and each addressee counts once', async () => {
    const template = makeTemplate({
      strategy: 'all',
      routes: [makeRouteDefinition('letter'), makeRouteDefinition('note')],
    });
    const request = makeRequest(['a', 'b'], { template });
    await expect(shapeOf(request)).resolves.toEqual([
      [1, 'letter', '1 user:a', '2 user:b'],
      [2, 'note', '3 user:a', '4 user:b'],
    ]);
    expect((await makePlan(request)).recipientCount).toBe(2);
  });

  it('are one per chat group, addressed to the account itself', async () => {
    const template = makeTemplate({ routes: [makeRouteDefinition('board', { account: 'ops' })] });
    const plan = await makePlan(makeRequest(['a', { mobile: '138' }], { template }));
    expect(plan.deliveries.map(({ account, recipients }) => ({ account, recipients }))).toEqual([
      {
        account: 'ops',
        recipients: [
          {
            rowNo: 1,
            ref: 'group:ops',
            addresseeType: 'group',
            addresseeId: 'ops',
            detail: {
              mentions: [
                { type: 'user', id: 'a' },
                { type: 'mobile', id: '138' },
              ],
            },
          },
        ],
      },
    ]);
    expect(plan.contents[0]?.content).toMatchObject({ content: 'hello @a @138' });
  });

  it('to a chat group say nothing of mentions when there are none', async () => {
    const template = makeTemplate({ routes: [makeRouteDefinition('board')] });
    const { deliveries } = await makePlan(makeRequest([], { template }));
    expect(deliveries[0]?.recipients[0]).not.toHaveProperty('detail');
  });

  it('go through one account of a pool, and through the account that was asked for', async () => {
    const template = makeTemplate({ routes: [makeRouteDefinition('letter', { accounts: ['a', 'b', 'c'] })] });
    const pick = async (): Promise<string | undefined> =>
      (await makePlan(makeRequest(['x'], { template }))).deliveries[0]?.account;
    const picked = new Set(await Promise.all(Array.from({ length: 60 }, pick)));
    expect([...picked].sort()).toEqual(['a', 'b', 'c']);
    const { deliveries } = await makePlan(makeRequest(people(7), { template, account: 'b' }));
    expect(new Set(deliveries.map(({ account }) => account))).toEqual(new Set(['b']));
  });
});

describe('personal params', () => {
  const template = makeTemplate({ routes: [makeRouteDefinition('letter', { text: '{{name}} {{order}}' })] });

  it('lie over those of the message; equal ones share a content and its calls', async () => {
    const own = (user: string, name: string) => ({ user, params: { name } });
    const recipients = ['a', own('b', '李'), own('c', '王'), own('d', '李')];
    const plan = await makePlan(makeRequest(recipients, { template, params: { name: '诸位', order: 'A1' } }));
    expect(plan.contents.map(({ content }) => content['content'])).toEqual(['诸位 A1', '李 A1', '王 A1']);
    expect(plan.deliveries.map(({ params, recipients: rows }) => [params, rows.map(({ ref }) => ref)])).toEqual([
      [undefined, ['user:a']],
      [{ name: '李' }, ['user:b', 'user:d']],
      [{ name: '王' }, ['user:c']],
    ]);
  });

  it('leave the event loop free, thousands of them', async () => {
    const recipients = people(1_500).map((user) => ({ user, params: { name: user, order: '1' } }));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const plan = await makePlan(makeRequest(recipients, { template }));
    clearInterval(timer);
    expect(plan.contents).toHaveLength(1_500);
    expect(turns).toBeGreaterThan(0);
  });

  it('that are missing are told where they are missing', async () => {
    const recipients = ['a', { user: 'b', params: { name: 'x' } }];
    await expect(codesOf(makeRequest(recipients, { template }))).resolves.toEqual([
      '/params/name missing_variable',
      '/params/order missing_variable',
      '/recipients/1/params/order missing_variable',
    ]);
  });
});

describe('the routes of a template', () => {
  const template = makeTemplate({
    routes: [
      makeRouteDefinition('letter', { account: 'sales' }),
      makeRouteDefinition('note', { account: 'hr' }),
      makeRouteDefinition('letter', { account: 'hr' }),
    ],
  });

  it.each([
    [{ channel: 'note' }, 2],
    [{ account: 'hr' }, 2],
    [{ channel: 'letter', account: 'hr' }, 3],
    [{}, 1],
  ])('are narrowed by %j', async (narrowing, no) => {
    const { deliveries } = await makePlan(makeRequest(['a'], { template, ...narrowing }));
    expect(deliveries.map(({ route }) => route.no)).toEqual([no]);
  });

  it('cannot be narrowed to nothing', async () => {
    await expect(codesOf(makeRequest(['a'], { template, channel: 'board' }))).resolves.toEqual([
      '/channel no_matching_route',
    ]);
    await expect(codesOf(makeRequest(['a'], { template, channel: 'note', account: 'sales' }))).resolves.toEqual([
      '/account no_matching_route',
    ]);
  });
});

describe('content that is over-long', () => {
  const route = (options: object) =>
    makeTemplate({ routes: [makeRouteDefinition('letter', { text: '{{text}}', options: { ...options } })] });
  const params = { text: '鸿'.repeat(21) };

  it('is a fault with limit, size and unit, told once for all recipients', async () => {
    await expect(faultsOf(makeRequest(people(50), { template: route({}), params }))).resolves.toEqual([
      expect.objectContaining({ code: 'content_too_long', limit: 60, actual: 63, unit: 'bytes' }),
    ]);
  });

  it('is cut at a character where the route says so, and the cut is noted', async () => {
    const { contents } = await makePlan(makeRequest(['a'], { template: route({ onOverlong: 'cut' }), params }));
    expect(contents[0]?.content['content']).toBe(`${'鸿'.repeat(19)}…`);
    expect(contents[0]?.notes).toHaveLength(1);
  });
});

describe('departments, tags and everybody', () => {
  const groups = [{ department: '1' }, 'a', { tag: '2' }, { all: true }];

  it('need the right to broadcast on channels to people', async () => {
    await expect(codesOf(makeRequest(groups), { mayBroadcast: false })).resolves.toEqual([
      '/recipients/0 broadcast_not_allowed',
      '/recipients/2 broadcast_not_allowed',
      '/recipients/3 broadcast_not_allowed',
    ]);
  });

  it('do not need it where everybody is only mentioned', async () => {
    const template = makeTemplate({ routes: [makeRouteDefinition('board')] });
    await expect(codesOf(makeRequest([{ all: true }], { template }), { mayBroadcast: false })).resolves.toEqual([]);
  });
});

describe('the faults of a request', () => {
  it('are told all at once', async () => {
    const now = new Date();
    const request = makeRequest(['a|b', 'fine', 'fine'], {
      params: { 'not a name': 1 },
      channel: 'nowhere',
      expireAt: new Date(now.getTime() - 1),
    });
    await expect(codesOf(request, { now })).resolves.toEqual([
      '/params/not a name invalid_parameter_name',
      '/expireAt already_expired',
      '/recipients/0 invalid_recipient_id',
      '/channel no_matching_route',
    ]);
  });

  it('include more recipients than a message may have', async () => {
    await expect(codesOf(makeRequest(people(10_001)))).resolves.toEqual(['/recipients too_many_recipients']);
  });
});

describe('the times of a plan', () => {
  const now = new Date('2026-11-22T02:00:00.000Z');
  const at = (text: string): Date => new Date(text);

  it('count the time to live from acceptance, or from the time it is to be sent', async () => {
    const template = makeTemplate({ ttlSeconds: 600 });
    const plain = await makePlan(makeRequest(['a'], { template }), { now });
    expect(plain.expireAt).toEqual(at('2026-11-22T02:10:00.000Z'));
    const sendAt = at('2026-11-23T00:00:00.000Z');
    const later = await makePlan(makeRequest(['a'], { template, sendAt }), { now });
    expect([later.sendAt, later.expireAt]).toEqual([sendAt, at('2026-11-23T00:10:00.000Z')]);
  });

  it('take a time in the past for now, and the end as it was asked for', async () => {
    const expireAt = at('2026-11-22T03:00:00.000Z');
    const plan = await makePlan(makeRequest(['a'], { sendAt: at('2026-11-21T00:00:00.000Z'), expireAt }), { now });
    expect(plan).not.toHaveProperty('sendAt');
    expect([plan.createdAt, plan.expireAt]).toEqual([now, expireAt]);
  });

  it('stand in the id', async () => {
    const ahead = new Date(Date.now() + 120_000);
    const plan = await makePlan(makeRequest(['a']), { now: ahead });
    expect(idTime(plan.id)).toEqual(ahead);
  });
});
