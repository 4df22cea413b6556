import { Inject, Injectable } from '@nestjs/common';
import { Database, UnnestTable, type Sql } from '#libs/database';
import { readPeopleTable, type ImportedPerson, type RowFault } from './people-table.js';
import {
  planImport,
  type ImportPlan,
  type ImportedInto,
  type PlannedIdentity,
  type PlannedPerson,
} from './plan-import.js';
import { canonicalNativeId } from '../canonical.js';

const CHUNK = 1_000;
/** Faults, conflicts and changes that an answer shows. */
const MOST_SHOWN = 200;

export interface ImportWish {
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
  /** People whom the table does not name have left. */
  readonly deactivateMissing: boolean;
}

/** What an import has changed, or would. */
export interface ImportReport {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deactivated: number;
  /** Identities that belong to somebody else; left out. */
  readonly conflicts: readonly RowFault[];
  /** Rows that were left out. */
  readonly faults: readonly RowFault[];
  readonly faultCount: number;
  /** User ids of the first people of each kind. */
  readonly sample: { readonly added: readonly string[]; readonly changed: readonly string[] };
}

const people = new UnnestTable<PlannedPerson>('k', {
  user_id: ['text', ({ user }) => user],
  name: ['text', ({ name }) => name],
  mobile: ['text', ({ mobile }) => mobile],
  email: ['text', ({ email }) => email],
  department: ['text', ({ department }) => department],
  active: ['boolean', ({ active }) => active],
});

const identities = new UnnestTable<PlannedIdentity>('k', {
  family: ['text', ({ family }) => family],
  key: ['text', ({ key }) => key],
  provider_user_id: ['text', ({ providerUserId }) => providerUserId],
  user_id: ['text', ({ user }) => user],
});

const UPSERT = `
  INSERT INTO person (user_id, name, mobile, email, department, active, source)
  SELECT k.*, 'import' FROM ${people.from(1)}
  ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, mobile = excluded.mobile, email = excluded.email,
    department = excluded.department, active = excluded.active, source = 'import', updated_at = now()`;

const FREE = `
  DELETE FROM identity i USING ${identities.from(1)} WHERE i.family = k.family AND i.user_id = k.user_id AND i.key <> k.key`;

const BIND = `
  INSERT INTO identity (family, key, provider_user_id, user_id, source)
  SELECT k.*, 'import' FROM ${identities.from(1)} ON CONFLICT DO NOTHING`;

const MISSING = `active AND user_id <> ALL ($1::text[])`;

interface KnownRow {
  readonly user: string;
  readonly name: string;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly active: boolean;
  readonly keys: Readonly<Record<string, string>> | null;
}

/** Brings a table of people into the directory, all of it or nothing; or tells what would change. */
@Injectable()
export class PeopleImport {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws ValidationError when the file is no table of people */
  async import({ bytes, deactivateMissing, dryRun }: ImportWish): Promise<ImportReport> {
    const table = readPeopleTable(bytes);
    const named = table.people.map(({ user }) => user);
    return this.database.transaction(async (sql) => {
      const plans: ImportPlan[] = [];
      for (let first = 0; first < table.people.length; first += CHUNK) {
        const plan = await planChunk(sql, table.people.slice(first, first + CHUNK));
        if (!dryRun) await write(sql, plan);
        plans.push(plan);
      }
      // A row that could not be read names somebody too, but nobody knows whom: then nobody is missing.
      const mayRetire = deactivateMissing && table.faults.length === 0 && named.length > 0;
      const deactivated = mayRetire ? await retire(sql, named, dryRun) : 0;
      return reportOf(table.people.length, plans, table.faults, deactivated);
    });
  }
}

async function planChunk(sql: Sql, rows: readonly ImportedPerson[]): Promise<ImportPlan> {
  const known = await sql.query<KnownRow>(
    `SELECT p.user_id AS user, p.name, p.mobile, p.email, p.department, p.active,
       (SELECT json_object_agg(i.family, i.key) FROM identity i WHERE i.user_id = p.user_id) AS keys
     FROM person p WHERE p.user_id = ANY ($1::text[])`,
    [rows.map(({ user }) => user)],
  );
  const named = rows.flatMap((row) => row.identities);
  const owners = await sql.query<{ family: string; key: string; user_id: string }>(
    `SELECT i.family, i.key, i.user_id FROM unnest($1::text[], $2::text[]) AS k (family, key)
     JOIN identity i ON i.family = k.family AND i.key = k.key`,
    [
      named.map(({ family }) => family),
      named.map(({ family, providerUserId }) => canonicalNativeId(family, providerUserId)),
    ],
  );
  const byUser = new Map(
    known.map(({ keys, ...row }): [string, ImportedInto] => [row.user, { ...row, keys: keys ?? {} }]),
  );
  return planImport(rows, byUser, new Map(owners.map(({ family, key, user_id }) => [`${family} ${key}`, user_id])));
}

async function write(sql: Sql, plan: ImportPlan): Promise<void> {
  const written = [...plan.added, ...plan.changed];
  if (written.length > 0) await sql.query(UPSERT, people.values(written));
  if (plan.identities.length === 0) return;
  await sql.query(FREE, identities.values(plan.identities));
  await sql.query(BIND, identities.values(plan.identities));
}

async function retire(sql: Sql, named: readonly string[], dryRun: boolean): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    dryRun
      ? `SELECT count(*)::int AS count FROM person WHERE ${MISSING}`
      : `WITH gone AS (UPDATE person SET active = false, updated_at = now() WHERE ${MISSING} RETURNING 1)
         SELECT count(*)::int AS count FROM gone`,
    [named],
  );
  return row?.count ?? 0;
}

function reportOf(
  rows: number,
  plans: readonly ImportPlan[],
  faults: readonly RowFault[],
  deactivated: number,
): ImportReport {
  const added = plans.flatMap((plan) => plan.added);
  const changed = plans.flatMap((plan) => plan.changed);
  const users = (list: readonly PlannedPerson[]): string[] => list.slice(0, MOST_SHOWN).map(({ user }) => user);
  return {
    rows: rows + new Set(faults.map(({ row }) => row)).size,
    added: added.length,
    changed: changed.length,
    unchanged: plans.reduce((sum, plan) => sum + plan.unchanged, 0),
    deactivated,
    conflicts: plans.flatMap((plan) => plan.conflicts).slice(0, MOST_SHOWN),
    faults: faults.slice(0, MOST_SHOWN),
    faultCount: faults.length,
    sample: { added: users(added), changed: users(changed) },
  };
}
