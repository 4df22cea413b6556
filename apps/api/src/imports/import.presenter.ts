import { describeError, type Fault, type Language } from '#libs/core';
import type { Import, ImportRow } from '#libs/imports';
import type { ImportDto, ImportRowDto } from './import.dto.js';

export function presentImport(of: Import): ImportDto {
  return {
    id: of.id,
    status: of.status,
    ...(of.reason !== undefined && { reason: of.reason }),
    template: of.template,
    templateVersion: of.templateVersion,
    actor: of.actor,
    ...(of.fileName !== undefined && { fileName: of.fileName }),
    format: of.format,
    ...(of.encoding !== undefined && { encoding: of.encoding }),
    priority: of.priority,
    dryRun: of.isDryRun,
    columns: of.columns,
    counts: of.counts,
    ...(of.callCount !== undefined && { providerCalls: of.callCount }),
    createdAt: of.createdAt.toISOString(),
    ...(of.finishedAt && { finishedAt: of.finishedAt.toISOString() }),
  };
}

const UNITS: Readonly<Record<string, string>> = { bytes: '字节', characters: '个字符', items: '项', entries: '项' };

/** In Chinese the text of the code, with the value or the size that it is about. */
export function faultText({ actual, code, limit, message, pointer, unit }: Fault, language: Language): string {
  const title = language === 'zh' ? describeError(code)?.title.zh : undefined;
  if (title === undefined) return message;
  const value = pointer?.startsWith('/params/') ? `：${pointer.slice('/params/'.length)}` : '';
  const size =
    actual !== undefined && limit !== undefined ? `（${actual}，最多 ${limit} ${UNITS[unit ?? ''] ?? ''}）` : '';
  return title + value + size;
}

export const presentRow = ({ cells, faults, messageId, no, outcome }: ImportRow, language: Language): ImportRowDto => ({
  no,
  outcome,
  cells,
  faults: faults.map((fault) => ({ code: fault.code, message: faultText(fault, language) })),
  ...(messageId !== undefined && { messageId }),
});

/** A spreadsheet runs what begins like this. */
const FORMULA = /^[=+\-@\t\r]/;

const cellText = (value: string): string => {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const line = (cells: readonly string[]): string => `${cells.map(cellText).join(',')}\r\n`;

/** Faulty lines as a CSV file that Excel opens: the columns as they came, then what is wrong. */
export async function* faultsAsCsv(of: Import, rows: AsyncIterable<ImportRow>): AsyncGenerator<string> {
  yield `\ufeff${line([...of.columns.map(({ header }) => header), '错误', 'error'])}`;
  for await (const { cells, faults } of rows) {
    const zh = faults.map((fault) => faultText(fault, 'zh')).join('；');
    const en = faults.map(({ code, message }) => `${code}: ${message}`).join('; ');
    yield line([...of.columns.map((_, index) => cells[index] ?? ''), zh, en]);
  }
}
