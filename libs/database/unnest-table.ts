import { storableText } from '#libs/core';

/** A column of a set of rows sent as one array parameter: PostgreSQL element type and how to read it from a row. */
export type UnnestColumn<Row> = readonly [type: string, read: (row: Row) => unknown];

/**
 * Sends many rows as one array parameter per column: `unnest($1::uuid[], …) AS t (id, …)`. The statement's text does
 * not depend on the number of rows, so it is planned once.
 */
export class UnnestTable<Row> {
  private readonly names: readonly string[];

  constructor(
    private readonly alias: string,
    private readonly columns: Readonly<Record<string, UnnestColumn<Row>>>,
  ) {
    this.names = Object.keys(columns);
  }

  /** The FROM item; its parameters are numbered from `first`. */
  from(first = 1): string {
    const arrays = this.names.map((name, index) => `$${first + index}::${this.columns[name]?.[0] ?? 'text'}[]`);
    return `unnest(${arrays.join(', ')}) AS ${this.alias} (${this.names.join(', ')})`;
  }

  /** Number of parameters it takes. */
  get width(): number {
    return this.names.length;
  }

  values(rows: readonly Row[]): unknown[][] {
    return this.names.map((name) => {
      const read = this.columns[name]?.[1];
      return rows.map((row) => read?.(row) ?? null);
    });
  }
}

const storableMember = (_name: string, member: unknown): unknown =>
  typeof member === 'string' ? storableText(member) : member;

/** A JSON value as text for a `jsonb` column; undefined stays null. Characters it cannot store become U+FFFD. */
export function jsonText(value: unknown): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.includes('\\u') ? JSON.stringify(value, storableMember) : text;
}
