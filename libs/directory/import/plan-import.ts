import { canonicalNativeId } from '../canonical.js';
import type { PersonFields } from '../person.js';
import type { ImportedPerson, RowFault } from './people-table.js';

/** A person that an import may change. */
export interface ImportedInto extends PersonFields {
  readonly user: string;
  /** Vendor's id as it compares it, by family. */
  readonly keys: Readonly<Record<string, string>>;
}

export interface PlannedPerson extends PersonFields {
  readonly user: string;
}

export interface PlannedIdentity {
  readonly user: string;
  readonly family: string;
  readonly key: string;
  readonly providerUserId: string;
}

export interface ImportPlan {
  readonly added: readonly PlannedPerson[];
  readonly changed: readonly PlannedPerson[];
  readonly unchanged: number;
  readonly identities: readonly PlannedIdentity[];
  readonly conflicts: readonly RowFault[];
}

/** What rows mean for the people they name. Columns that are not there change nothing. Pure. */
export function planImport(
  rows: readonly ImportedPerson[],
  known: ReadonlyMap<string, ImportedInto>,
  /** Who has a vendor's id, by `<family> <key>`. */
  owners: Map<string, string>,
): ImportPlan {
  const plan = {
    added: [] as PlannedPerson[],
    changed: [] as PlannedPerson[],
    unchanged: 0,
    identities: [] as PlannedIdentity[],
    conflicts: [] as RowFault[],
  };
  for (const row of rows) {
    const before = known.get(row.user);
    const after = personAfter(row, before);
    const identities = identitiesOf(row, before, owners, plan.conflicts);
    plan.identities.push(...identities);
    if (!before) plan.added.push(after);
    else if (identities.length > 0 || differs(before, after)) plan.changed.push(after);
    else plan.unchanged += 1;
  }
  return plan;
}

function identitiesOf(
  { identities, row, user }: ImportedPerson,
  before: ImportedInto | undefined,
  owners: Map<string, string>,
  conflicts: RowFault[],
): PlannedIdentity[] {
  return identities.flatMap(({ family, providerUserId }) => {
    const key = canonicalNativeId(family, providerUserId);
    if (before?.keys[family] === key) return [];
    const owner = owners.get(`${family} ${key}`);
    if (owner !== undefined && owner !== user) {
      conflicts.push({ row, column: family, code: 'identity_taken', message: `${providerUserId} belongs to ${owner}` });
      return [];
    }
    owners.set(`${family} ${key}`, user);
    return [{ user, family, key, providerUserId }];
  });
}

function personAfter(row: ImportedPerson, before: ImportedInto | undefined): PlannedPerson {
  const { active, department, email, mobile, name, user } = row;
  return {
    user,
    name: name ?? before?.name ?? user,
    mobile: written(mobile, before?.mobile),
    email: written(email, before?.email),
    department: written(department, before?.department),
    active: active ?? before?.active ?? true,
  };
}

/** A column that is not there leaves what was. */
const written = (cell: string | null | undefined, before: string | null | undefined): string | null =>
  cell === undefined ? (before ?? null) : cell;

const differs = (before: PersonFields, after: PersonFields): boolean =>
  before.name !== after.name ||
  before.mobile !== after.mobile ||
  before.email !== after.email ||
  before.department !== after.department ||
  before.active !== after.active;
