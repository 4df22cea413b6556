import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sha256 } from '#libs/core';
import { Database } from '#libs/database';
import type { Identity, Preset, Scope } from '#libs/security';

export const TICKET_SECONDS = 60;
const TOKEN_BYTES = 24;

export interface Ticket {
  readonly token: string;
  readonly expiresAt: Date;
}

/** An identity as JSON holds it. */
interface StoredIdentity extends Omit<Identity, 'scopes' | 'expiresAt' | 'preset'> {
  readonly preset: Preset;
  readonly scopes: readonly Scope[];
}

/** Leave to read one path once within a minute, as the key that asked for it: for links that carry no key. */
@Injectable()
export class TicketStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @param path with its query, as it will be asked for */
  async issue(path: string, { expiresAt: _, scopes, ...identity }: Identity): Promise<Ticket> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const stored: StoredIdentity = { ...identity, scopes: [...scopes] };
    const [row] = await this.database.query<{ expires_at: Date }>(
      `WITH old AS (DELETE FROM download_ticket WHERE expires_at < now())
       INSERT INTO download_ticket (token_hash, path, identity, expires_at)
       VALUES ($1, $2, $3, now() + ${TICKET_SECONDS} * interval '1 s') RETURNING expires_at`,
      [sha256(token), path, JSON.stringify(stored)],
    );
    return { token, expiresAt: row?.expires_at ?? new Date() };
  }

  /** What may be read, and as whom; undefined for a token that is unknown, used or too old. */
  async redeem(token: string): Promise<{ readonly path: string; readonly identity: Identity } | undefined> {
    const [row] = await this.database.query<{ identity: StoredIdentity; path: string; valid: boolean }>(
      `DELETE FROM download_ticket WHERE token_hash = $1 RETURNING identity, path, expires_at > now() AS valid`,
      [sha256(token)],
    );
    if (!row?.valid) return undefined;
    return { path: row.path, identity: { ...row.identity, scopes: new Set(row.identity.scopes) } };
  }
}
