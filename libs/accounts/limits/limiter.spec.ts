import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AppliedLimit } from './applied-limits.js';
import type { CallTally } from './call-tally.js';
import { Limiter } from './limiter.js';
import type { SlotAnswer, SlotRequest, TakenSlots } from './slot.js';
import type { SlotStore } from './slot.store.js';

const makeLimit = (changes: Partial<AppliedLimit>): AppliedLimit => ({
  key: 'perMinute',
  label: { zh: '限', en: 'Limit' },
  scope: 'account',
  period: 'rolling',
  windowSeconds: 60,
  max: null,
  reserve: 0,
  countsPeople: false,
  ...changes,
});

const makeRequest = (...limits: readonly AppliedLimit[]): SlotRequest => ({
  account: 'letter-1',
  messageId: 'm',
  no: 1,
  priority: 10,
  inLine: false,
  people: 2,
  limits,
  recipients: [
    { rowNo: 1, person: 'a' },
    { rowNo: 2, person: 'b' },
  ],
  content: Buffer.alloc(32),
});

function takenBy(answer: SlotAnswer): TakenSlots {
  if (!('taken' in answer) || !answer.taken) throw new TypeError('nothing was taken');
  return answer.taken;
}

describe('calls of an account that nothing holds back', () => {
  let counted: [number, number][];
  let returned: TakenSlots[];
  let answer: SlotAnswer;

  beforeEach(() => {
    [counted, returned] = [[], []];
    answer = { over: [] };
  });

  const limiter = () => {
    const slots = {
      take: () => Promise.resolve(answer),
      giveBack: (taken: TakenSlots) => Promise.resolve(void returned.push(taken)),
    };
    const tally = {
      count: (_account: string, _limits: unknown, people: number, calls = 1) => void counted.push([calls, people]),
    };
    return new Limiter(slots as unknown as SlotStore, tally as unknown as CallTally);
  };

  it('are counted, and counted back when they never left', async () => {
    const taken = takenBy(await limiter().take(makeRequest(makeLimit({}))));
    expect(taken.subjects).toEqual([]);
    await limiter().giveBack(taken);
    expect(counted).toEqual([
      [1, 2],
      [-1, 2],
    ]);
    expect(returned).toEqual([]);
  });

  it('are counted beside the slots of their people, and go back with them', async () => {
    const request = makeRequest(makeLimit({}), makeLimit({ key: 'personPerDay', scope: 'person', max: 5 }));
    const slots = { request, subjects: [{ scope: 'person' as const, subject: 'p a' }], people: 1 };
    answer = { taken: slots, over: [{ rowNo: 2, reason: 'rate_limited', dueAt: new Date() }] };
    const taken = takenBy(await limiter().take(request));
    await limiter().giveBack(taken);
    expect(counted).toEqual([
      [1, 1],
      [-1, 1],
    ]);
    expect(returned).toEqual([slots]);
  });

  it('are left to the slots where the account has limits of its own', async () => {
    const request = makeRequest(makeLimit({ max: 20 }));
    answer = { taken: { request, subjects: [{ scope: 'account', subject: '' }], people: 2 }, over: [] };
    await limiter().giveBack(takenBy(await limiter().take(request)));
    expect(counted).toEqual([]);
    expect(returned).toHaveLength(1);
  });
});
