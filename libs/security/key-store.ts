import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#libs/core';
import { Database } from '#libs/database';
import type { KeyLimits } from './key-limits.js';
import type { Preset, Scope } from './scopes.js';

/** A key that is neither revoked nor of a disabled caller, as needed to check a request. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly caller_id: string;
  readonly caller_code: string;
  readonly secret_hash: Buffer;
  readonly preset: Preset;
  readonly scopes: readonly Scope[];
  readonly templates: readonly string[] | null;
  readonly accounts: readonly string[] | null;
  readonly ip_ranges: readonly string[] | null;
  readonly expires_at: Date | null;
  readonly line_id: string;
  readonly limits: KeyLimits;
}

const KEY = `
  SELECT k.id, k.name, k.caller_id, c.code AS caller_code, k.secret_hash, k.preset, k.scopes,
         k.templates, k.accounts, k.ip_ranges, k.expires_at, coalesce(k.line_id, k.id) AS line_id, k.limits
    FROM api_key k JOIN caller c ON c.id = k.caller_id
   WHERE k.revoked_at IS NULL AND c.enabled`;

const ADMIN_CALLER = 'admin';

/** The reads on the path of every request. */
@Injectable()
export class KeyStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws UnavailableError when PostgreSQL does not answer in time */
  inTime<T>(look: Promise<T>, ms: number): Promise<T> {
    return this.database.inTime(look, ms);
  }

  async findByPublicId(publicId: string): Promise<StoredKey | undefined> {
    const [row] = await this.database.query<StoredKey>(`${KEY} AND k.public_id = $1`, [publicId]);
    return row;
  }

  async findById(id: string): Promise<StoredKey | undefined> {
    const [row] = await this.database.query<StoredKey>(`${KEY} AND k.id = $1`, [id]);
    return row;
  }

  /** Id of the caller that the admin key of the environment belongs to; the row is made on first use. */
  async ensureAdminCaller(): Promise<{ readonly id: string; readonly code: string }> {
    const id = (await this.findAdminCaller()) ?? (await this.makeAdminCaller()) ?? (await this.findAdminCaller()) ?? '';
    return { id, code: ADMIN_CALLER };
  }

  private async findAdminCaller(): Promise<string | undefined> {
    const [row] = await this.database.query<{ id: string }>('SELECT id FROM caller WHERE code = $1', [ADMIN_CALLER]);
    return row?.id;
  }

  /** Undefined when another process was quicker. */
  private async makeAdminCaller(): Promise<string | undefined> {
    const [row] = await this.database.query<{ id: string }>(
      `INSERT INTO caller (id, code, name) VALUES ($1, $2, 'Administration') ON CONFLICT (code) DO NOTHING RETURNING id`,
      [newId(), ADMIN_CALLER],
    );
    return row?.id;
  }
}
