import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#libs/core';
import { Database } from '#libs/database';

/** The caller in whose name tools send that show a vendor's own secret. */
export const COMPAT_CALLER = 'compat';

/** What a token was given for: a key of ours, or a secret of the account by its fingerprint. */
export interface TokenGrant {
  readonly account: string;
  readonly keyId?: string;
  readonly fingerprint?: string;
}

/** The rows behind the endpoints in vendors' forms. */
@Injectable()
export class CompatStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Codes of a channel's accounts, in order. */
  async listAccounts(channel: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ code: string }>(
      'SELECT code FROM account WHERE channel = $1 ORDER BY code',
      [channel],
    );
    return rows.map(({ code }) => code);
  }

  /** Accounts of the channel that take tools with a secret of theirs, and hold one with such a fingerprint. */
  async listByFingerprint(channel: string, fingerprints: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ code: string }>(
      'SELECT code FROM account WHERE compat AND channel = $1 AND fingerprints && $2::text[] ORDER BY code',
      [channel, fingerprints],
    );
    return rows.map(({ code }) => code);
  }

  /** Stores a token by its hash, and forgets those that are long over. */
  async insertToken(hash: Buffer, { account, fingerprint, keyId }: TokenGrant, seconds: number): Promise<void> {
    await this.database.query(
      `WITH over AS (DELETE FROM compat_token WHERE expires_at < now() - interval '1 hour')
       INSERT INTO compat_token (token_hash, account, key_id, fingerprint, expires_at)
       VALUES ($1, $2, $3, $4, now() + $5::int * interval '1 s')`,
      [hash, account, keyId ?? null, fingerprint ?? null, seconds],
    );
  }

  /** Undefined when it is over, or when the account no longer takes the secret that it was given for. */
  async findToken(hash: Buffer, channel: string): Promise<TokenGrant | undefined> {
    const [row] = await this.database.query<{ account: string; key_id: string | null; fingerprint: string | null }>(
      `SELECT t.account, t.key_id, t.fingerprint
         FROM compat_token t JOIN account a ON a.code = t.account
        WHERE t.token_hash = $1 AND t.expires_at > now() AND a.channel = $2
          AND (t.key_id IS NOT NULL OR (a.compat AND t.fingerprint = ANY(a.fingerprints)))`,
      [hash, channel],
    );
    if (!row) return undefined;
    const { account, fingerprint, key_id: keyId } = row;
    return { account, ...(keyId !== null && { keyId }), ...(fingerprint !== null && { fingerprint }) };
  }

  /** Id of the caller for vendors' secrets; undefined when it is disabled. The row is made on first use. */
  async findCaller(): Promise<string | undefined> {
    await this.database.query(
      `INSERT INTO caller (id, code, name) VALUES ($1, $2, 'Drop-in endpoints') ON CONFLICT (code) DO NOTHING`,
      [newId(), COMPAT_CALLER],
    );
    const [row] = await this.database.query<{ id: string }>('SELECT id FROM caller WHERE code = $1 AND enabled', [
      COMPAT_CALLER,
    ]);
    return row?.id;
  }
}
