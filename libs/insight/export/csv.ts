import { stringify } from 'csv-stringify/sync';

/** Without it Excel takes UTF-8 for something else. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export const csv = (rows: readonly (readonly unknown[])[]): string =>
  stringify([...rows], { escape_formulas: true, record_delimiter: 'windows' });

/** A mobile is a person's own: its middle is not given out in bulk. */
export const maskMobile = (ref: string | undefined): string | undefined =>
  ref?.replace(/^(mobile:\d{3})\d+(\d{4})$/, '$1****$2');
