import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor, pageOf, textCursor } from './cursor.js';

describe('cursors', () => {
  it('come back as they were made', () => {
    expect(decodeCursor('messages', encodeCursor('messages', ['id-1', 7, null]))).toEqual(['id-1', 7, null]);
    expect(textCursor('callers', encodeCursor('callers', ['id-1']))).toBe('id-1');
    expect(textCursor('callers', undefined)).toBeUndefined();
  });

  it.each(['', 'abc', encodeCursor('keys', ['id-1']), `${encodeCursor('messages', ['id-1'])}x`])(
    'refuse %s',
    (cursor) => {
      expect(() => decodeCursor('messages', cursor)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
    },
  );

  it('refuse any altered character', () => {
    const cursor = encodeCursor('messages', ['id-1']);
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const altered = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expect(() => decodeCursor('messages', altered)).toThrow('not one of this list');
    }
  });

  it('are given only while there is more', () => {
    const options = { positionOf: (row: string) => [row], present: (row: string) => row.toUpperCase() };
    expect(pageOf('list', ['a', 'b'], 2, options)).toEqual({ data: ['A', 'B'], nextCursor: null });
    const page = pageOf('list', ['a', 'b', 'c'], 2, options);
    expect(page.data).toEqual(['A', 'B']);
    expect(textCursor('list', page.nextCursor ?? undefined)).toBe('b');
  });
});
