import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ValidationError } from '#libs/core';
import { openTable, type TableFileWishes } from '../../../libs/imports/file/table-file.js';
import { xlsxFile, xlsxParts, zipOf } from '../../e2e/xlsx-file.js';

describe('a file of recipients', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hongyan-tables-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function read(content: string | Buffer, wishes: TableFileWishes = {}): Promise<string[][]> {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const lines: string[][] = [];
    for await (const { cells } of (await openTable(path, wishes)).rows) lines.push([...cells]);
    return lines;
  }

  async function refusal(content: string | Buffer, wishes: TableFileWishes = {}): Promise<string> {
    try {
      await read(content, wishes);
      return 'taken';
    } catch (error) {
      if (error instanceof ValidationError) return error.code;
      throw error;
    }
  }

  it('may be CSV with commas, semicolons or tabs, quotes, line breaks in cells and a byte order mark', async () => {
    expect(await read('\ufeffa,b\r\n"x, ""y""","1\n2"\r\n')).toEqual([
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ]);
    expect(await read('a;b\nx,y;z\n')).toEqual([
      ['a', 'b'],
      ['x,y', 'z'],
    ]);
    expect(await read(Buffer.from('\ufeffa\tb\n张\t三\n', 'utf16le'))).toEqual([
      ['a', 'b'],
      ['张', '三'],
    ]);
  });

  it('is taken for GB18030 when it cannot be UTF-8, also when that shows late', async () => {
    const gb = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]);
    const late = Buffer.concat([Buffer.from(`user\n${'x\n'.repeat(100_000)}`), gb, Buffer.from('\n')]);
    expect((await read(late)).at(-1)).toEqual(['张三']);
    expect(await refusal(late, { encoding: 'utf-8' })).toBe('encoding_unclear');
  });

  it('may be a workbook: shared texts, numbers, dates, truth, empty cells', async () => {
    const rows = [
      ['user', 'n', 'd', 't', 'last'],
      ['张三', 13800000000, { date: 46_348.5 }, true, 'x'],
      ['', 0.1, { date: 0.75 }, false, ''],
    ];
    expect(await read(xlsxFile(rows))).toEqual([
      ['user', 'n', 'd', 't', 'last'],
      ['张三', '13800000000', '2026-11-22 12:00:00', 'TRUE', 'x'],
      ['', '0.1', '18:00:00', 'FALSE'],
    ]);
    expect(await refusal(xlsxFile(rows), { sheet: 'Nothing' })).toBe('sheet_not_found');
  });

  it('is refused when it unpacks to more than anybody would send, whatever it claims', async () => {
    const parts = xlsxParts([['user'], ['x']]);
    const bomb = { ...parts, 'xl/workbook.xml': `${String(parts['xl/workbook.xml'])}${'<!-- -->'.repeat(3_000_000)}` };
    expect(await refusal(zipOf(bomb))).toBe('file_too_large');
    expect(await refusal(zipOf(parts, 10))).toBe('file_unreadable');
    const many = Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [`f${index}`, '']));
    expect(await refusal(zipOf({ ...parts, ...many }))).toBe('file_too_large');
    const sheet = 'xl/worksheets/sheet1.xml';
    const endless = String(parts[sheet]).replace(
      '<sheetData>',
      `<sheetData><row><c t="str"><v>${'A'.repeat(9_000_000)}`,
    );
    expect(await refusal(zipOf({ ...parts, [sheet]: endless }))).toBe('cell_too_long');
  });

  it('is refused when it is damaged, disguised or defines entities', async () => {
    const parts = xlsxParts([['user'], ['x']]);
    const sheet = 'xl/worksheets/sheet1.xml';
    const lol =
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>';
    expect(await refusal(zipOf({ ...parts, [sheet]: lol }))).toBe('file_unreadable');
    expect(await refusal(zipOf({ ...parts, [sheet]: '<worksheet><sheetData><row></c>' }))).toBe('file_unreadable');
    expect(await refusal(zipOf({ 'readme.txt': 'no workbook' }))).toBe('file_unreadable');
    expect(await refusal(xlsxFile([['user']]).subarray(0, 200))).toBe('file_unreadable');
    expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]))).toBe('file_unreadable');
  });

  it('is refused for a quote that never closes, a huge cell or very many columns, in either format', async () => {
    expect(await refusal(`a,b\n"x,${'y\n'.repeat(1_000_000)}`)).toBe('quote_not_closed');
    expect(await refusal('a,b\n"x"y,z\n')).toBe('file_unreadable');
    expect(await refusal(`a\n${'x'.repeat(40_000)}\n`)).toBe('cell_too_long');
    expect(await refusal(`a${',a'.repeat(10_000)}\n`)).toBe('too_many_columns');
    expect(await refusal(xlsxFile([['a'], ['x'.repeat(40_000)]]))).toBe('cell_too_long');
    expect(await refusal(xlsxFile([Array.from({ length: 10_000 }, () => 'a')]))).toBe('too_many_columns');
  });
});
