import { describe, expect, it } from '@jest/globals';
import { ValidationError } from '#libs/core';
import { readPeopleTable, type PeopleTable } from './people-table.js';

const table = (...lines: readonly string[]): PeopleTable => readPeopleTable(Buffer.from(lines.join('\r\n')));
const faults = ({ faults: all }: PeopleTable): string[] =>
  all.map(({ code, column, row }) => `${row} ${column} ${code}`);

describe('a table of people', () => {
  it('is read in canonical form; columns that are not there say nothing', () => {
    expect(table('user,mobile,email,active,wecom', 'E1, +86 138-0000-1001,A@Corp.cn,是,ZhangSan', 'E2,,,,')).toEqual({
      faults: [],
      people: [
        {
          row: 2,
          user: 'E1',
          mobile: '13800001001',
          email: 'a@corp.cn',
          active: true,
          identities: [{ family: 'wecom', providerUserId: 'ZhangSan' }],
        },
        { row: 3, user: 'E2', mobile: null, email: null, identities: [] },
      ],
    });
  });

  it('may be in UTF-8 with a mark, or in GB18030', () => {
    expect(table('\ufeffuser,name', 'E1,张三').people).toMatchObject([{ name: '张三' }]);
    const chinese = Buffer.concat([Buffer.from('user,name\nE1,'), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])]);
    expect(readPeopleTable(chinese).people).toMatchObject([{ name: '张三' }]);
  });

  it('tells every fault with its row, and leaves those rows out', () => {
    const read = table('user,mobile,email,active', 'a|b,1,x,perhaps', ',,,', 'E1,13800001001,,', 'E1,,,');
    expect(faults(read)).toEqual([
      '2 mobile invalid_value',
      '2 email invalid_value',
      '2 user invalid_value',
      '2 active invalid_value',
      '3 user invalid_value',
      '5 user duplicate_item',
    ]);
    expect(read.people).toMatchObject([{ row: 4, user: 'E1' }]);
  });

  it.each([
    ['no user column', 'name\nA', 'missing_field'],
    ['an unknown column', 'user,shoe\nE1,42', 'unknown_column'],
    ['a column twice', 'user,user\nE1,E1', 'duplicate_item'],
    ['an open quote', 'user,name\nE1,"A', 'invalid_csv'],
    ['a picture', 'user\nE\0', 'invalid_csv'],
  ])('is refused as a whole with %s', (_what, text, code) => {
    expect(() => readPeopleTable(Buffer.from(text))).toThrow(expect.objectContaining({ code }));
    expect(() => readPeopleTable(Buffer.from(text))).toThrow(ValidationError);
  });
});
