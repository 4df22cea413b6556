import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, sha256 } from '#libs/core';
import { Database } from '#libs/database';
import type { AppliedLimit, SlotAnswer, SlotRequest, TakenSlots } from '#libs/accounts';
import { startTestDatabase, waitFor, type TestDatabase } from '#libs/testing';
import { SlotEstimate } from '../../../libs/accounts/limits/slot-estimate.js';
import { SlotStore } from '../../../libs/accounts/limits/slot.store.js';

const label = { zh: '限', en: 'Limit' };
const HIGH = 1;
const NORMAL = 10;
const PROPERTY_MS = 60_000;

const makeLimit = (changes: Partial<AppliedLimit> = {}): AppliedLimit => ({
  key: 'perMinute',
  label,
  scope: 'account',
  period: 'rolling',
  windowSeconds: 60,
  max: 3,
  reserve: 0,
  countsPeople: false,
  ...changes,
});

let server: TestDatabase;
let databases: Database[];
let processes: SlotStore[];
let accounts = 0;

beforeAll(async () => {
  server = await startTestDatabase();
  databases = [1, 2].map(
    () => new Database({ connectionString: server.url, maxConnections: 6, applicationName: 'slots' }),
  );
  processes = databases.map((database) => new SlotStore(database, new SlotEstimate(database)));
}, 60_000);

afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await server.stop();
});

const store = (process = 0): SlotStore => {
  const found = processes[process];
  if (!found) throw new TypeError(`there is no process ${process}`);
  return found;
};

const newAccount = (): string => `account-${(accounts += 1)}`;

const makeRequest = (changes: Partial<SlotRequest> = {}): SlotRequest => ({
  account: 'account-0',
  messageId: newId(),
  no: 1,
  priority: NORMAL,
  inLine: false,
  people: 0,
  limits: [makeLimit()],
  recipients: [],
  content: sha256('hello'),
  ...changes,
});

const toPeople = (...people: readonly string[]): Pick<SlotRequest, 'people' | 'recipients'> => ({
  people: people.length,
  recipients: people.map((person, index) => ({ rowNo: index + 1, person })),
});

const goes = (answer: SlotAnswer): boolean => 'taken' in answer && answer.taken !== undefined;
const overOf = (answer: SlotAnswer): readonly number[] =>
  'over' in answer ? answer.over.map(({ rowNo }) => rowNo) : [];

function takenOf(answer: SlotAnswer): TakenSlots {
  if (!('taken' in answer) || !answer.taken) throw new TypeError('nothing was taken');
  return answer.taken;
}

async function takeMany(count: number, changes: Partial<SlotRequest>): Promise<SlotAnswer[]> {
  const requests = Array.from({ length: count }, () => makeRequest(changes));
  return Promise.all(requests.map((request) => store().take(request)));
}

describe('the slots of an account', () => {
  it('are as many as its window has, older messages first; the others learn when the next one is free', async () => {
    const account = newAccount();
    const answers = await takeMany(5, { account });
    expect(answers.map(goes)).toEqual([true, true, true, false, false]);
    const waits = answers.flatMap((answer) => ('wait' in answer ? [answer.wait] : []));
    const inMs = waits.map(({ dueAt }) => dueAt.getTime() - Date.now());
    expect(waits.map(({ reason }) => reason)).toEqual(['rate_limited', 'rate_limited']);
    expect(Math.min(...inMs)).toBeGreaterThan(55_000);
    expect(Math.max(...inMs)).toBeLessThanOrEqual(61_500);
  });

  it('come free a fifth after a short window of the vendor', async () => {
    const account = newAccount();
    const limits = [makeLimit({ windowSeconds: 1, max: 2 })];
    const startedMs = Date.now();
    await takeMany(2, { account, limits });
    await waitFor(async () => goes(await store().take(makeRequest({ account, limits, inLine: true }))), {
      what: 'a free slot',
    });
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(1_200);
  });

  it('are kept in part for high priority', async () => {
    const account = newAccount();
    const limits = [makeLimit({ max: 10, reserve: 2 })];
    const normal = await takeMany(9, { account, limits });
    expect(normal.filter(goes)).toHaveLength(8);
    const high = await takeMany(3, { account, limits, priority: HIGH });
    expect(high.filter(goes)).toHaveLength(2);
  });

  it('are free again when a call never left', async () => {
    const account = newAccount();
    const limits = [makeLimit({ max: 1 }), makeLimit({ key: 'monthlyCalls', period: 'month', max: 1 })];
    const taken = takenOf(await store().take(makeRequest({ account, limits })));
    expect(goes(await store(1).take(makeRequest({ account, limits })))).toBe(false);
    await store().giveBack(taken);
    expect(goes(await store(1).take(makeRequest({ account, limits, inLine: true })))).toBe(true);
  });

  it('are counted in parts where a window is large, and never too generously', async () => {
    const account = newAccount();
    const limits = [makeLimit({ max: 100, windowSeconds: 3600 })];
    const answers = await takeMany(130, { account, limits });
    expect(answers.filter(goes)).toHaveLength(100);
    expect(goes(await store(1).take(makeRequest({ account, limits })))).toBe(false);
  });

  it('hold what was sent before a limit was made larger or smaller', async () => {
    const account = newAccount();
    await takeMany(20, { account, limits: [makeLimit({ max: 20 })] });
    const larger = await takeMany(100, { account, limits: [makeLimit({ max: 100 })], inLine: true });
    expect(larger.filter(goes)).toHaveLength(80);
    expect((await takeMany(1, { account, limits: [makeLimit({ max: 50 })], inLine: true })).filter(goes)).toEqual([]);
  });

  it('are waited for until the period begins anew where it is a day, by people instead of calls', async () => {
    const account = newAccount();
    const limits = [makeLimit({ key: 'dailyPersonTimes', period: 'day', max: 5, countsPeople: true })];
    expect(goes(await store().take(makeRequest({ account, limits, people: 4 })))).toBe(true);
    const answer = await store().take(makeRequest({ account, limits, people: 2 }));
    expect(answer).toMatchObject({ wait: { reason: 'quota' } });
    const at = 'wait' in answer ? answer.wait.dueAt.toISOString() : '';
    expect(at).toContain('T16:00:00.000Z');
    expect(goes(await store().take(makeRequest({ account, limits, people: 1 })))).toBe(true);
  });
});

describe('the slots of a person', () => {
  const perMinute = makeLimit({ key: 'personPerMinute', scope: 'person', max: 2 });

  it('keep out whoever is over, and let the others go', async () => {
    const account = newAccount();
    const ask = (...people: string[]) =>
      store().take(makeRequest({ account, limits: [perMinute], ...toPeople(...people) }));
    await ask('a');
    await ask('a', 'b');
    const third = await ask('a', 'b', 'c');
    expect([goes(third), overOf(third)]).toEqual([true, [1]]);
    const fourth = await ask('a', 'b');
    expect([goes(fourth), overOf(fourth)]).toEqual([false, [1, 2]]);
  });

  it('take nothing of the account when nobody may be sent to', async () => {
    const account = newAccount();
    const limits = [perMinute, makeLimit({ max: 3 })];
    await takeMany(2, { account, limits, ...toPeople('a') });
    for (const _ of [1, 2, 3]) {
      const [answer] = await takeMany(1, { account, limits, ...toPeople('a') });
      expect(answer && overOf(answer)).toEqual([1]);
    }
    expect(goes(await store().take(makeRequest({ account, limits, ...toPeople('b') })))).toBe(true);
  });

  it('come one after the other for those who wait', async () => {
    const account = newAccount();
    const limits = [makeLimit({ ...perMinute, max: 1 })];
    const answers = await takeMany(4, { account, limits, ...toPeople('a') });
    const times = answers.flatMap((answer) => ('over' in answer ? answer.over.map(({ dueAt }) => +dueAt) : []));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(3);
  });

  it('do not collide with an earlier call of the same message', async () => {
    const account = newAccount();
    const limits = [
      makeLimit({ key: 'personContentPerDay', scope: 'person_content', period: 'day', max: 1 }),
      makeLimit({ ...perMinute, max: 1 }),
    ];
    const request = makeRequest({ account, limits, ...toPeople('a') });
    expect(goes(await store().take(request))).toBe(true);
    expect(goes(await store(1).take({ ...request, no: 2 }))).toBe(true);
    expect(goes(await store(1).take(makeRequest({ account, limits, ...toPeople('a') })))).toBe(false);
  });

  it('allow other contents where only equal ones are limited', async () => {
    const account = newAccount();
    const limits = [makeLimit({ key: 'personContentPerDay', scope: 'person_content', period: 'day', max: 1 })];
    const ask = (content: string) =>
      store().take(makeRequest({ account, limits, content: sha256(content), ...toPeople('a') }));
    expect([goes(await ask('x')), goes(await ask('y')), goes(await ask('x'))]).toEqual([true, true, false]);
    const [again] = await takeMany(1, { account, limits, content: sha256('x'), ...toPeople('a') });
    expect(again).toMatchObject({ over: [{ rowNo: 1, reason: 'quota' }] });
  });
});

describe('two processes that take slots at random', () => {
  it(
    'never exceed a window, of account or person, and lose none',
    async () => {
      const account = newAccount();
      const limits = [
        makeLimit({ key: 'perSecond', windowSeconds: 1, max: 7 }),
        makeLimit({ key: 'personPerMinute', scope: 'person', max: 20 }),
        makeLimit({ key: 'personPerHour', scope: 'person', windowSeconds: 3600, max: 70 }),
      ];
      const people = ['a', 'b', 'c', 'd', 'e'];
      const any = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;
      const calls: { readonly at: number; readonly to: readonly string[] }[] = [];
      const until = Date.now() + 8_000;
      const taker = async (process: number): Promise<void> => {
        while (Date.now() < until) {
          const to = people.filter(() => Math.random() < 0.4);
          if (to.length === 0) continue;
          const answer = await store(process).take(
            makeRequest({ account, limits, priority: any([HIGH, NORMAL]), inLine: true, ...toPeople(...to) }),
          );
          if (!goes(answer)) continue;
          const at = Date.now();
          if (Math.random() < 0.1) await store(process).giveBack(takenOf(answer));
          else calls.push({ at, to: to.filter((_, index) => !overOf(answer).includes(index + 1)) });
        }
      };
      await Promise.all(Array.from({ length: 40 }, (_, index) => taker(index % 2)));

      // The answer arrives a little after the slot was taken: the vendor's second, without the margin of ours.
      for (const { at } of calls) {
        expect(calls.filter((call) => call.at >= at && call.at < at + 1_000).length).toBeLessThanOrEqual(7);
      }
      expect(calls.length).toBeGreaterThan(10);
      const rows = await databases[0]?.query<{ subject: string; calls: number }>(
        `SELECT subject, cardinality(calls) AS calls FROM limit_window WHERE account = $1`,
        [account],
      );
      for (const person of people) {
        const count = calls.filter(({ to }) => to.includes(person)).length;
        expect(count).toBeLessThanOrEqual(20);
        expect(rows?.find(({ subject }) => subject === `p ${person}`)?.calls).toBe(count);
      }
      expect(rows?.find(({ subject }) => subject === '')?.calls).toBe(calls.length);
    },
    PROPERTY_MS,
  );
});
