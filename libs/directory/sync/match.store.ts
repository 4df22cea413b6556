import { Inject, Injectable } from '@nestjs/common';
import type { FamilyName } from '#libs/channels';
import { newId } from '#libs/core';
import { Database, UnnestTable, jsonText, type Sql } from '#libs/database';
import type { FoundUser } from './address-book.js';
import type { FoundConflict, KnownPerson, MatchPlan, Neighbours } from './match-people.js';

export interface SyncScope {
  readonly family: FamilyName;
  readonly account: string;
}

interface PersonMatch {
  readonly user_id: string;
  readonly name: string;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly active: boolean;
  readonly source: string;
  readonly key: string | null;
  readonly stale: boolean;
}

const PEOPLE = `
  SELECT p.user_id, p.name, p.mobile, p.email, p.department, p.active, p.source, i.key, i.stale_at IS NOT NULL AS stale
  FROM (
    SELECT user_id FROM identity WHERE family = $1 AND key = ANY ($2::text[])
    UNION SELECT user_id FROM person WHERE user_id = ANY ($3::text[])
    UNION SELECT user_id FROM person WHERE mobile = ANY ($4::text[])
    UNION SELECT user_id FROM person WHERE email = ANY ($5::text[])
  ) u JOIN person p USING (user_id) LEFT JOIN identity i ON i.user_id = p.user_id AND i.family = $1`;

interface FoundPerson {
  readonly user: string;
  readonly found: FoundUser;
}

const people = new UnnestTable<FoundPerson>('k', {
  user_id: ['text', ({ user }) => user],
  name: ['text', ({ found }) => found.name],
  mobile: ['text', ({ found }) => found.mobile],
  email: ['text', ({ found }) => found.email],
  department: ['text', ({ found }) => found.department],
  active: ['boolean', ({ found }) => found.isActive],
});

interface FoundIdentity extends FoundPerson {
  readonly by: string;
}

const identities = new UnnestTable<FoundIdentity>('k', {
  key: ['text', ({ found }) => found.key],
  provider_user_id: ['text', ({ found }) => found.id],
  user_id: ['text', ({ user }) => user],
  source: ['text', ({ by }) => by],
  active: ['boolean', ({ found }) => found.isActive],
});

const conflicts = new UnnestTable<FoundConflict & { readonly id: string }>('k', {
  id: ['uuid', ({ id }) => id],
  key: ['text', ({ found }) => found.key],
  kind: ['text', ({ kind }) => kind],
  user_ids: ['jsonb', ({ users }) => jsonText(users)],
  found: ['jsonb', ({ found }) => jsonText(found)],
});

const CREATE = `
  INSERT INTO person (user_id, name, mobile, email, department, active, source)
  SELECT k.user_id, k.name, k.mobile, k.email, k.department, k.active, 'sync' FROM ${people.from(1)}
  ON CONFLICT (user_id) DO NOTHING`;

const CHANGE = `
  UPDATE person p SET name = k.name, mobile = coalesce(k.mobile, p.mobile), email = coalesce(k.email, p.email),
    department = coalesce(k.department, p.department), active = k.active, updated_at = now()
  FROM ${people.from(1)} WHERE p.user_id = k.user_id AND p.source = 'sync'`;

const FREE = `DELETE FROM identity WHERE family = $1 AND user_id = ANY ($2::text[]) AND stale_at IS NOT NULL`;

const BIND = `
  INSERT INTO identity (family, account, key, provider_user_id, user_id, source)
  SELECT $1, $2, k.key, k.provider_user_id, k.user_id, k.source FROM ${identities.from(3)}
  ON CONFLICT DO NOTHING`;

/** Whoever is disabled at the vendor keeps the id, unused. */
const CONFIRM = `
  UPDATE identity i SET confirmed_at = now(), account = $2, provider_user_id = k.provider_user_id,
    stale_at = CASE WHEN k.active THEN NULL ELSE coalesce(i.stale_at, now()) END,
    stale_reason = CASE WHEN k.active THEN NULL ELSE 'recipient_disabled' END
  FROM ${identities.from(3)} WHERE i.family = $1 AND i.key = k.key
  RETURNING i.key`;

const CLASH = `
  INSERT INTO directory_conflict (family, account, id, key, kind, user_ids, found)
  SELECT $1, $2, k.id, k.key, k.kind, ARRAY(SELECT jsonb_array_elements_text(k.user_ids)), k.found FROM ${conflicts.from(3)}
  ON CONFLICT (family, key, kind) DO NOTHING`;

const GONE = `family = $1 AND account = $2 AND confirmed_at < $3 AND stale_at IS NULL`;

/** Reads whom a part of an address book may be, and writes what matching has decided. */
@Injectable()
export class MatchStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async neighbours(family: FamilyName, users: readonly FoundUser[]): Promise<Neighbours> {
    const keys = users.map(({ key }) => key);
    const [rows, settled] = await Promise.all([
      this.database.query<PersonMatch>(PEOPLE, [
        family,
        keys,
        users.map(({ id }) => id),
        users.flatMap(({ mobile }) => mobile ?? []),
        users.flatMap(({ email }) => email ?? []),
      ]),
      this.database.query<{ key: string }>(
        `SELECT key FROM directory_conflict WHERE family = $1 AND key = ANY ($2::text[])`,
        [family, keys],
      ),
    ]);
    return { people: rows.map(toKnown), settled: new Set(settled.map(({ key }) => key)) };
  }

  /** One transaction. */
  async write({ account, family }: SyncScope, plan: MatchPlan): Promise<void> {
    const created = plan.created.map((found) => ({ found, user: found.id, by: 'sync' }));
    const known = plan.known.map(({ found, user }) => ({ found, user, by: 'sync' }));
    const changed = plan.known.filter(({ isChanged }) => isChanged);
    const clashes = plan.conflicts.map((conflict) => ({ ...conflict, id: newId() }));
    await this.database.transaction(async (sql) => {
      await runFor(sql, CREATE, [], people, created);
      await runFor(sql, CHANGE, [], people, changed);
      if (plan.bound.length > 0) await sql.query(FREE, [family, plan.bound.map(({ user }) => user)]);
      await runFor(sql, BIND, [family, account], identities, [...plan.bound, ...created]);
      await runFor(sql, CONFIRM, [family, account], identities, known);
      await runFor(sql, CLASH, [family, account], conflicts, clashes);
    });
  }

  /** Identities that the account has shown before, and has not shown since `since`. */
  async countGone(
    { account, family }: SyncScope,
    since: Date,
  ): Promise<{ readonly gone: number; readonly all: number }> {
    const [row] = await this.database.query<{ gone: number; all: number }>(
      `SELECT count(*) FILTER (WHERE ${GONE})::int AS gone,
              count(*) FILTER (WHERE stale_at IS NULL)::int AS all
       FROM identity WHERE family = $1 AND account = $2`,
      [family, account, since],
    );
    return row ?? { gone: 0, all: 0 };
  }

  /** They are not used any more; people whom only syncs know, and no vendor any more, have left. */
  async retire({ account, family }: SyncScope, since: Date): Promise<void> {
    await this.database.query(
      `WITH gone AS (
         UPDATE identity SET stale_at = now(), stale_reason = 'left' WHERE ${GONE} RETURNING user_id
       )
       UPDATE person p SET active = false, updated_at = now() FROM gone
       WHERE p.user_id = gone.user_id AND p.source = 'sync' AND p.active AND NOT EXISTS (
         SELECT FROM identity i WHERE i.user_id = p.user_id AND i.stale_at IS NULL AND i.family <> $1)`,
      [family, account, since],
    );
  }
}

async function runFor<Row>(
  sql: Sql,
  text: string,
  values: readonly unknown[],
  table: UnnestTable<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length > 0) await sql.query(text, [...values, ...table.values(rows)]);
}

const toKnown = (row: PersonMatch): KnownPerson => ({
  user: row.user_id,
  name: row.name,
  mobile: row.mobile,
  email: row.email,
  department: row.department,
  active: row.active,
  isFromSync: row.source === 'sync',
  key: row.key,
  isStale: row.stale,
});
