import { Inject, Injectable } from '@nestjs/common';
import type { FamilyName } from '#libs/channels';
import { NotFoundError, newId, type JsonObject } from '#libs/core';
import { Database } from '#libs/database';

export const SYNC_STATUSES = ['queued', 'running', 'succeeded', 'failed'] as const;
export type SyncStatus = (typeof SYNC_STATUSES)[number];

export const SYNC_COUNTS = [
  'departments',
  'read',
  'created',
  'changed',
  'unchanged',
  'matchedByMobile',
  'matchedByEmail',
  'matchedByUserId',
  'gone',
  'conflicts',
  'lookups',
  'lookupFailures',
  'members',
  'tags',
  'calls',
] as const;
export type SyncCounts = Readonly<Partial<Record<(typeof SYNC_COUNTS)[number], number>>>;

/** Counts while they grow. */
export type Tally = { -readonly [K in keyof SyncCounts]: SyncCounts[K] };

/** One reading of a vendor's address book. */
export interface DirectorySync {
  readonly id: string;
  readonly account: string;
  readonly family: FamilyName;
  readonly trigger: 'manual' | 'schedule';
  readonly requestedBy: string | null;
  /** More than half of the people may go. */
  readonly force: boolean;
  readonly status: SyncStatus;
  readonly counts: SyncCounts;
  /** `code` and `message` of what ended it. */
  readonly error: JsonObject | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface ClaimedSync extends DirectorySync {
  readonly fence: number;
  readonly startedAt: Date;
}

export interface NewSync {
  readonly account: string;
  readonly family: FamilyName;
  readonly trigger: 'manual' | 'schedule';
  readonly requestedBy?: string;
  readonly force?: boolean;
}

const COLUMNS = `id, account, family, trigger, requested_by AS "requestedBy", force, status, counts, error,
  created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt"`;

const LEASE = `interval '60 seconds'`;
const KEEP = 200;

/** Readings: asked for, claimed by one worker, kept as a record. */
@Injectable()
export class SyncStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Asks for a reading; while one of the account waits or runs, that one. */
  async request({ account, family, force = false, requestedBy, trigger }: NewSync): Promise<DirectorySync> {
    const values = [newId(), account, family, trigger, requestedBy ?? null, force];
    for (;;) {
      const [made] = await this.database.query<DirectorySync>(
        `INSERT INTO directory_sync (id, account, family, trigger, requested_by, force) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
        values,
      );
      if (made) return made;
      const [open] = await this.database.query<DirectorySync>(
        `SELECT ${COLUMNS} FROM directory_sync WHERE account = $1 AND status IN ('queued', 'running')`,
        [account],
      );
      if (open) return open;
    }
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<DirectorySync> {
    const [row] = await this.database.query<DirectorySync>(`SELECT ${COLUMNS} FROM directory_sync WHERE id = $1`, [id]);
    if (!row) throw new NotFoundError('There is no such sync');
    return row;
  }

  /** Newest first. */
  list(limit: number, before?: string): Promise<readonly DirectorySync[]> {
    return this.database.query<DirectorySync>(
      `SELECT ${COLUMNS} FROM directory_sync WHERE $2::uuid IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
      [limit, before ?? null],
    );
  }

  /** One that waits, or whose worker is gone; of any number of workers one gets it. */
  async claim(): Promise<ClaimedSync | undefined> {
    const [row] = await this.database.query<ClaimedSync>(
      `UPDATE directory_sync SET status = 'running', fence = fence + 1, lease_until = now() + ${LEASE}, started_at = now(),
         counts = '{}'
       WHERE id = (SELECT id FROM directory_sync
                   WHERE status = 'queued' OR (status = 'running' AND lease_until < now())
                   ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}, fence`,
    );
    return row;
  }

  /** Tells how far it has come; false when it is not this worker's any more. */
  async report({ fence, id }: ClaimedSync, counts: SyncCounts): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE directory_sync SET lease_until = now() + ${LEASE}, counts = $3
       WHERE id = $1 AND fence = $2 AND status = 'running' RETURNING 1`,
      [id, fence, JSON.stringify(counts)],
    );
    return rows.length > 0;
  }

  /** Hands back what a worker that stops has not ended. */
  async release({ fence, id }: ClaimedSync): Promise<void> {
    await this.database.query(
      `UPDATE directory_sync SET status = 'queued', lease_until = NULL WHERE id = $1 AND fence = $2 AND status = 'running'`,
      [id, fence],
    );
  }

  async finish({ account, fence, id }: ClaimedSync, counts: SyncCounts, error?: JsonObject): Promise<void> {
    await this.database.query(
      `UPDATE directory_sync SET status = $3, finished_at = now(), lease_until = NULL, counts = $4, error = $5
       WHERE id = $1 AND fence = $2 AND status = 'running'`,
      [id, fence, error ? 'failed' : 'succeeded', JSON.stringify(counts), error ? JSON.stringify(error) : null],
    );
    await this.database.query(
      `DELETE FROM directory_sync WHERE id IN (
         SELECT id FROM directory_sync WHERE account = $1 AND finished_at IS NOT NULL ORDER BY id DESC OFFSET ${KEEP})`,
      [account],
    );
  }

  /** Of the accounts those that have not been read, nor tried, within the given hours. */
  async listDue(accounts: readonly string[], everyHours: number): Promise<readonly string[]> {
    const rows = await this.database.query<{ account: string }>(
      `SELECT a.account FROM unnest($1::text[]) AS a (account) WHERE NOT EXISTS (
         SELECT FROM directory_sync s
         WHERE s.account = a.account AND s.created_at > now() - make_interval(hours => $2))`,
      [accounts, everyHours],
    );
    return rows.map(({ account }) => account);
  }
}
