import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import type { AccountLookup } from './definition/account-lookup.js';

/** Reads the accounts' channels from their table. */
@Injectable()
export class SqlAccountLookup implements AccountLookup {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(codes: readonly string[]): Promise<ReadonlyMap<string, { readonly channel: string }>> {
    if (codes.length === 0) return new Map();
    const rows = await this.database.query<{ code: string; channel: string }>(
      `SELECT code, channel FROM account WHERE code = ANY ($1::text[])`,
      [codes],
    );
    return new Map(rows.map(({ code, channel }) => [code, { channel }]));
  }
}
