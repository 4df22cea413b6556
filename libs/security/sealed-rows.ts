import type { Database } from '#libs/database';
import type { SealedSecret, SecretBox } from './secret-box.js';

/** Rows that keep sealed secrets, and can bring them under the current key. */
export interface SealedRows {
  /** What people call them. */
  readonly name: string;
  /**
   * Wraps the secrets of at most `limit` rows that still lie under an older key. Safe beside running processes and to
   * repeat: a row that changes meanwhile is left to the next call.
   * @returns rows found under an older key; 0: none is left
   * @throws ConfigError `unreadable_secret` when a key is missing that a row still needs
   */
  rewrapSome(limit: number): Promise<number>;
}

export interface SealedColumnOptions {
  readonly name: string;
  readonly table: string;
  /** Columns of the primary key. */
  readonly keys: readonly string[];
  readonly column: string;
  /** SQL: which rows are worth it. */
  readonly isLive: string;
  /** Where the value belongs, as it was sealed for. */
  readonly contextOf: (key: Readonly<Record<string, unknown>>) => string;
}

type Row = Readonly<Record<string, unknown>> & { readonly sealed: SealedSecret };

/** A table with one sealed value in each row. */
export class SealedColumn implements SealedRows {
  readonly name: string;
  private readonly select: string;
  private readonly update: string;

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly options: SealedColumnOptions,
  ) {
    const { column, isLive, keys, name, table } = options;
    this.name = name;
    this.select = `
      SELECT ${keys.join(', ')}, ${column} AS sealed FROM ${table}
      WHERE ${column} ->> 'kid' <> $1 AND ${isLive} LIMIT $2`;
    const isRow = keys.map((key, index) => `${key} = $${index + 3}`).join(' AND ');
    this.update = `UPDATE ${table} SET ${column} = $1::jsonb WHERE ${column} = $2::jsonb AND ${isRow}`;
  }

  async rewrapSome(limit: number): Promise<number> {
    const rows = await this.database.query<Row>(this.select, [this.box.keyId, limit]);
    for (const row of rows) {
      const sealed = this.box.rewrap(row.sealed, this.options.contextOf(row));
      const key = this.options.keys.map((name) => row[name]);
      await this.database.query(this.update, [JSON.stringify(sealed), JSON.stringify(row.sealed), ...key]);
    }
    return rows.length;
  }
}
