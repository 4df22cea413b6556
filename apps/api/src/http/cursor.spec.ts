import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor, pageOf, idCursor } from './cursor.js';

const ID = '019a8f6e-7c00-7abc-8def-0123456789ab';
const AT = '2026-11-22T02:00:00.000Z';

describe('cursors', () => {
  it('come back as they were made', () => {
    const position = [ID, AT, 'order-paid', 7];
    const kinds = ['id', 'instant', 'text', 'number'] as const;
    expect(decodeCursor('messages', encodeCursor('messages', position), kinds)).toEqual(position);
    expect(idCursor('callers', encodeCursor('callers', [ID]))).toBe(ID);
    expect(idCursor('callers', undefined)).toBeUndefined();
  });

  it.each(['', 'abc', encodeCursor('keys', [ID]), `${encodeCursor('messages', [ID])}x`])('refuse %s', (cursor) => {
    expect(() => idCursor('messages', cursor)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
  });

  it('refuse any altered character', () => {
    const cursor = encodeCursor('messages', [ID]);
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const altered = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expect(() => idCursor('messages', altered)).toThrow('not one of this list');
    }
  });

  it.each([
    ['id', [['x'], [7], [null], [], [ID, ID], [[ID]]]],
    ['text', [['a\u0000b'], ['\ud800'], [7], [null], []]],
    ['instant', [['x'], ['2026-13-45T00:00:00.000Z'], ['275760-01-01'], [7]]],
    ['number', [['7'], [1.5], [99_999_999_999], [null], []]],
  ] as const)('are refused when somebody else made them with anything but a position: %s', (kind, positions) => {
    for (const position of positions) {
      const forged = encodeCursor('messages', position as never);
      expect(() => decodeCursor('messages', forged, [kind])).toThrow('not one of this list');
    }
  });

  it('are given only while there is more', () => {
    const options = { positionOf: () => [ID], present: (row: string) => row.toUpperCase() };
    expect(pageOf('list', ['a', 'b'], 2, options)).toEqual({ data: ['A', 'B'], nextCursor: null });
    const page = pageOf('list', ['a', 'b', 'c'], 2, options);
    expect(page.data).toEqual(['A', 'B']);
    expect(idCursor('list', page.nextCursor ?? undefined)).toBe(ID);
  });
});
