import { describe, expect, it } from '@jest/globals';
import { UnnestTable, jsonText } from './unnest-table.js';

interface Row {
  readonly id: string;
  readonly size?: number;
}

const table = new UnnestTable<Row>('t', { id: ['uuid', (row) => row.id], size: ['integer', (row) => row.size] });

describe('a set of rows as array parameters', () => {
  it('has a text that does not depend on the rows, its parameters numbered from where it stands', () => {
    expect(table.from()).toBe('unnest($1::uuid[], $2::integer[]) AS t (id, size)');
    expect(table.from(5)).toBe('unnest($5::uuid[], $6::integer[]) AS t (id, size)');
    expect(table.width).toBe(2);
  });

  it('sends one array per column, absent values as null', () => {
    expect(table.values([{ id: 'a', size: 1 }, { id: 'b' }])).toEqual([
      ['a', 'b'],
      [1, null],
    ]);
    expect(table.values([])).toEqual([[], []]);
  });
});

describe('jsonText', () => {
  it('keeps undefined apart from null', () => {
    expect(jsonText(undefined)).toBeNull();
    expect(jsonText(null)).toBe('null');
  });

  it('replaces what jsonb cannot store, also deep inside', () => {
    expect(jsonText({ a: ['x\u0000', { b: '\ud83d!' }] })).toBe('{"a":["x\ufffd",{"b":"\ufffd!"}]}');
  });

  it('leaves a text alone that only looks like an escape', () => {
    expect(jsonText(String.raw`\u0000`)).toBe(String.raw`"\\u0000"`);
  });
});
