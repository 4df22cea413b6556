import { describe, expect, it } from '@jest/globals';
import { ValidationError } from '#libs/core';
import type { CompiledTemplate } from '#libs/templates';
import { readColumns } from './columns.js';
import { faultInShape, readRow } from './read-row.js';

const template = {
  routes: [{ placeholders: ['name', 'mobile', 'note'], required: ['name'] }],
} as unknown as CompiledTemplate;

function codesOf(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof ValidationError) return error.faults.map(({ code }) => code);
    throw error;
  }
}

describe('the columns of a file', () => {
  it('are known by name and synonym; others are left out', () => {
    expect(readColumns([' 工号 ', 'name', '备注', 'Mobile'], template)).toEqual([
      { header: '工号', address: 'user', variable: null },
      { header: 'name', address: null, variable: 'name' },
      { header: '备注', address: null, variable: null },
      { header: 'Mobile', address: 'mobile', variable: null },
    ]);
  });

  it('may name the recipient and be a variable as well', () => {
    expect(readColumns(['mobile', 'name'], template)[0]).toEqual({
      header: 'mobile',
      address: 'mobile',
      variable: 'mobile',
    });
  });

  it('are for what a mapping says', () => {
    const mapping = { 姓名: 'name', 电话: 'mobile', user: '' };
    expect(
      readColumns(['姓名', '电话', 'user'], template, mapping).map(({ address, variable }) => [address, variable]),
    ).toEqual([
      [null, 'name'],
      ['mobile', 'mobile'],
      [null, null],
    ]);
  });

  it('are refused when they do not fit the template', () => {
    expect(codesOf(() => readColumns(['note'], template))).toEqual(['missing_column', 'missing_column']);
    expect(codesOf(() => readColumns(['user', '工号', 'name'], template))).toEqual(['duplicate_column']);
    expect(codesOf(() => readColumns(['user', 'name'], template, { x: 'name' }))).toEqual(['unknown_column']);
    expect(codesOf(() => readColumns(['user', 'name'], template, { user: 'fax' }))).toContain('unknown_column');
  });
});

describe('a line of a file', () => {
  const columns = readColumns(['recipient', 'user', 'name', 'extra'], template);
  const read = (...cells: string[]) => readRow(columns, { no: 2, cells });

  it('names its recipient by the first address that is filled in', () => {
    expect(read('', ' u-1 ', 'N')).toMatchObject({ recipient: { user: 'u-1' }, params: { name: 'N' } });
    expect(read('mobile:138', 'u-1', 'N')).toMatchObject({ recipient: { mobile: '138' } });
    expect(read('plain', '', '')).toMatchObject({ recipient: { user: 'plain' }, params: {} });
    expect(read(' ', '', 'N')).toMatchObject({ code: 'recipients_missing' });
  });

  it('has the key of every line with the same values, whatever is in columns without use', () => {
    const keyOf = (row: ReturnType<typeof readRow>): string =>
      'paramsKey' in row ? row.paramsKey.toString('hex') : '';
    expect(keyOf(read('a', '', 'N', 'x'))).toBe(keyOf(read('b', '', 'N', 'y')));
    expect(keyOf(read('a', '', 'N'))).not.toBe(keyOf(read('a', '', 'M')));
  });

  it('is at fault for a formula in a column that is used, and for cells behind the header', () => {
    const fault = (cells: string[], computed: number[] = []) => faultInShape(columns, { no: 2, cells, computed })?.code;
    expect(fault(['a', '', 'N', 'x'], [3])).toBeUndefined();
    expect(fault(['a', '', 'N', 'x'], [2])).toBe('formula_cell');
    expect(fault(['a', '', 'N', 'x', ' '])).toBeUndefined();
    expect(fault(['a', '', 'N', 'x', 'y'])).toBe('extra_cells');
  });
});
