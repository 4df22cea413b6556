import { describe, expect, it } from '@jest/globals';
import { makeRouteDefinition, makeTemplate } from '../testing/factories.js';
import { causesOf, planFallback, type FallbackRow } from './plan-fallback.js';

const TEMPLATE = makeTemplate({
  routes: [makeRouteDefinition('letter'), makeRouteDefinition('note'), makeRouteDefinition('board')],
});
const NOTE = { route: 2, account: 'note-1' };
const BOARD = { route: 3, account: 'board-1' };

const row = (rowNo: number, changes: Partial<FallbackRow> = {}): FallbackRow => ({
  rowNo,
  ref: `user:u${rowNo}`,
  addresseeType: 'user',
  addresseeId: `u${rowNo}`,
  status: 'failed',
  reason: 'content_invalid',
  ...changes,
});

describe('the cause of a fallback', () => {
  it.each([
    [{ status: 'invalid', reason: 'not_in_directory' }, ['unreachable']],
    [{ status: 'failed', reason: 'content_invalid' }, ['failed']],
    [{ status: 'failed', reason: 'not_in_directory' }, ['unreachable']],
    [{ status: 'failed', reason: 'attempts_exhausted' }, ['failed', 'unreachable']],
    [{ status: 'failed' }, ['failed']],
    [{ status: 'suppressed', reason: 'duplicate_content' }, []],
    [{ status: 'unknown', reason: 'connection_lost' }, []],
    [{ status: 'expired', reason: 'expired' }, []],
  ])('of %o is %o', (ended, causes) => {
    expect(causesOf(ended)).toEqual(causes);
  });
});

describe('the plan of a fallback', () => {
  it('takes the next route that can address the recipient, and remembers the routes behind it', () => {
    const [delivery, ...others] = planFallback([row(1), row(2)], TEMPLATE, [NOTE, BOARD]);
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      route: { no: 2 },
      account: 'note-1',
      rest: [BOARD],
      rows: [
        { rowNo: 1, addresseeType: 'user', addresseeId: 'u1' },
        { rowNo: 2, addresseeType: 'user', addresseeId: 'u2' },
      ],
    });
  });

  it('leaves out a route of another vendor than the caller named', () => {
    const native = row(1, { ref: 'wecom:li', addresseeType: 'native', addresseeId: 'Li' });
    expect(planFallback([native], TEMPLATE, [NOTE])).toEqual([]);
    expect(planFallback([native], TEMPLATE, [NOTE, BOARD])).toMatchObject([{ route: { no: 3 }, rest: [] }]);
  });

  it('mentions a person where the next route is a chat group, and finds the person again behind it', () => {
    const [onBoard] = planFallback([row(1)], TEMPLATE, [BOARD]);
    const redirected = {
      rowNo: 1,
      addresseeType: 'group',
      addresseeId: 'board-1',
      detail: { mentions: [{ type: 'user', id: 'u1' }], addressee: { type: 'user', id: 'u1' } },
    };
    expect(onBoard?.rows).toEqual([redirected]);
    const again = { ...row(1), ...redirected };
    expect(planFallback([again], TEMPLATE, [NOTE])).toMatchObject([
      { route: { no: 2 }, rows: [{ addresseeType: 'user', addresseeId: 'u1' }] },
    ]);
  });

  it('sends what was meant for a chat group to another group only', () => {
    const group = row(1, { ref: 'group:other', addresseeType: 'group', addresseeId: 'other' });
    expect(planFallback([group], TEMPLATE, [NOTE, BOARD])).toMatchObject([
      { route: { no: 3 }, rows: [{ addresseeType: 'group', addresseeId: 'board-1' }] },
    ]);
    expect(planFallback([group], TEMPLATE, [NOTE])).toEqual([]);
  });

  it('cuts at the size of the calls, and keeps persons, departments and mentions apart', () => {
    const people = Array.from({ length: 11 }, (_, index) => row(index + 1));
    const department = row(12, { ref: 'department:7', addresseeType: 'department', addresseeId: '7' });
    const sizes = planFallback([...people, department], TEMPLATE, [NOTE]).map(({ rows }) => rows.length);
    expect(sizes).toEqual([10, 1, 1]);
    expect(planFallback(people, TEMPLATE, [BOARD]).map(({ rows }) => rows.length)).toEqual([3, 3, 3, 2]);
  });
});
