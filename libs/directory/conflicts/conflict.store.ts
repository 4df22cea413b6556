import { Inject, Injectable } from '@nestjs/common';
import type { FamilyName } from '#libs/channels';
import { ConflictError, NotFoundError, ValidationError } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import type { FoundUser } from '../sync/address-book.js';
import type { ConflictKind } from '../sync/match-people.js';

export const RESOLUTIONS = ['left', 'right', 'both', 'ignore'] as const;
/** `left`: the directory is right · `right`: the vendor is · `both`: two people · `ignore`: whatever. */
export type Resolution = (typeof RESOLUTIONS)[number];

/** Somebody at a vendor whom a sync could not tell from people in the directory. */
export interface DirectoryConflict {
  readonly id: string;
  readonly family: FamilyName;
  readonly kind: ConflictKind;
  readonly account: string | null;
  /** People in the directory who may be meant. */
  readonly users: readonly string[];
  /** As the vendor tells it. */
  readonly found: FoundUser;
  readonly status: 'open' | 'resolved';
  readonly resolution: Resolution | null;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
}

export interface ResolveWish {
  readonly as: Resolution;
  /** With `right`: who it is, where several may be. */
  readonly user?: string;
  /** Name of the key that decided. */
  readonly resolvedBy: string;
}

const COLUMNS = `id, family, kind, account, user_ids AS users, found, status, resolution, created_at AS "createdAt",
  resolved_at AS "resolvedAt"`;

/** What only a person can decide. A decision holds for later syncs. */
@Injectable()
export class ConflictStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first. */
  list(status: 'open' | 'resolved', limit: number, before?: string): Promise<readonly DirectoryConflict[]> {
    return this.database.query<DirectoryConflict>(
      `SELECT ${COLUMNS} FROM directory_conflict WHERE status = $1 AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $2`,
      [status, limit, before ?? null],
    );
  }

  /**
   * @throws NotFoundError
   * @throws ConflictError `already_resolved`
   * @throws ValidationError when `right` does not say which of several people it is
   */
  resolve(id: string, wish: ResolveWish): Promise<DirectoryConflict> {
    return this.database.transaction(async (sql) => {
      const [conflict] = await sql.query<DirectoryConflict>(
        `SELECT ${COLUMNS} FROM directory_conflict WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (!conflict) throw new NotFoundError('There is no such conflict');
      if (conflict.status !== 'open') throw new ConflictError('already_resolved', 'The conflict is resolved already');
      if (wish.as === 'right') await bind(sql, conflict, chosenFrom(conflict, wish.user));
      if (wish.as === 'both') await bind(sql, conflict, await addPerson(sql, conflict));
      const [resolved] = await sql.query<DirectoryConflict>(
        `UPDATE directory_conflict SET status = 'resolved', resolution = $2, resolved_by = $3, resolved_at = now()
         WHERE id = $1 RETURNING ${COLUMNS}`,
        [id, wish.as, wish.resolvedBy],
      );
      return resolved ?? conflict;
    });
  }
}

function chosenFrom({ users }: DirectoryConflict, wanted: string | undefined): string {
  const chosen = wanted ?? (users.length === 1 ? users[0] : undefined);
  if (chosen !== undefined && users.includes(chosen)) return chosen;
  const message = `must be one of ${users.join(', ')}`;
  throw new ValidationError([{ pointer: '/user', code: 'invalid_value', message }]);
}

/** Somebody of their own; the vendor's id becomes the user id, marked where it is somebody's already. */
async function addPerson(sql: Sql, { family, found }: DirectoryConflict): Promise<string> {
  for (const user of [found.id, `${family}-${found.id}`]) {
    const [made] = await sql.query<{ user_id: string }>(
      `INSERT INTO person (user_id, name, mobile, email, department, source) VALUES ($1, $2, $3, $4, $5, 'sync')
       ON CONFLICT DO NOTHING RETURNING user_id`,
      [user, found.name, found.mobile ?? null, found.email ?? null, found.department ?? null],
    );
    if (made) return made.user_id;
  }
  throw new ConflictError('already_exists', 'Both user ids that this person could have are taken');
}

async function bind(sql: Sql, { account, family, found }: DirectoryConflict, user: string): Promise<void> {
  const [person] = await sql.query(`SELECT 1 FROM person WHERE user_id = $1`, [user]);
  if (!person) throw new NotFoundError('The person is not in the directory any more');
  await sql.query(`DELETE FROM identity WHERE family = $1 AND (user_id = $2 OR key = $3)`, [family, user, found.key]);
  await sql.query(
    `INSERT INTO identity (family, key, provider_user_id, user_id, source, account) VALUES ($1, $2, $3, $4, 'conflict', $5)`,
    [family, found.key, found.id, user, account],
  );
}
