import { describe, expect, it } from '@jest/globals';
import { PRIORITIES } from '../plan/message-plan.js';
import { relievePools, type PoolRoom, type PooledWait } from './relieve-pools.js';

const POOL = ['a', 'b', 'c'];

const waits = (count: number, changes: Partial<PooledWait> = {}): readonly PooledWait[] =>
  Array.from({ length: count }, (_, index) => ({
    messageId: `m${index}`,
    no: 1,
    fence: 0,
    account: 'a',
    priority: PRIORITIES.normal,
    pool: POOL,
    ...changes,
  }));

const room = (account: string, slots: number | undefined, changes: Partial<PoolRoom> = {}): PoolRoom => ({
  account,
  isOpen: true,
  due: 0,
  ...(slots !== undefined && { high: slots, others: slots }),
  ...changes,
});

const told = (rows: readonly PooledWait[], rooms: readonly PoolRoom[]): string[] =>
  relievePools(rows, rooms).map(({ from, messageId, to }) => `${messageId} ${from}>${to}`);

describe('relieving the accounts of a pool', () => {
  it('moves nothing that its own account can send', () => {
    expect(told(waits(2), [room('a', 2, { due: 2 }), room('b', 9)])).toEqual([]);
    expect(told(waits(2), [room('a', undefined), room('b', 9)])).toEqual([]);
  });

  it('moves what its own account has no slot for, the oldest staying, as many as the others have slots', () => {
    expect(told(waits(5), [room('a', 1, { due: 5 }), room('b', 2)])).toEqual(['m1 a>b', 'm2 a>b']);
  });

  it('gives each to the account with most slots to spare', () => {
    expect(told(waits(3), [room('a', 0), room('b', 1), room('c', 2)])).toEqual(['m0 a>c', 'm1 a>b', 'm2 a>c']);
  });

  it('leaves the slots of an account to those who stand in its own line', () => {
    expect(told(waits(2), [room('a', 0), room('b', 2, { due: 1 })])).toEqual(['m0 a>b']);
  });

  it('moves everything away from a closed account, and nothing to one', () => {
    expect(told(waits(1), [room('a', 9, { isOpen: false }), room('b', 9)])).toEqual(['m0 a>b']);
    expect(told(waits(1), [room('b', 9)])).toEqual(['m0 a>b']);
    expect(told(waits(1), [room('a', 0), room('b', 9, { isOpen: false })])).toEqual([]);
  });

  it('never leaves the pool', () => {
    expect(told(waits(1, { pool: ['a', 'c'] }), [room('a', 0), room('b', 9), room('c', 0)])).toEqual([]);
  });

  it('lets only high priority use the reserve', () => {
    const rooms = [room('a', 0), room('b', 0, { high: 1 })];
    expect(told(waits(1), rooms)).toEqual([]);
    expect(told(waits(2, { priority: PRIORITIES.high }), rooms)).toEqual(['m0 a>b']);
  });
});
