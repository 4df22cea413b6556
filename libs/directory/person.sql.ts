import type { FamilyName } from '#libs/channels';
import type { Person, PersonIdentity, PersonSource } from './person.js';

interface IdentityJson {
  readonly family: FamilyName;
  readonly provider_user_id: string;
  readonly source: string;
  readonly account: string | null;
  readonly confirmed_at: string;
  readonly stale_at: string | null;
  readonly stale_reason: string | null;
}

export interface PersonRow {
  readonly user_id: string;
  readonly name: string;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly active: boolean;
  readonly source: PersonSource;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly identities: readonly IdentityJson[] | null;
}

export const PERSON_COLUMNS = `
  p.user_id, p.name, p.mobile, p.email, p.department, p.active, p.source, p.created_at, p.updated_at,
  (SELECT json_agg(row_to_json(i) ORDER BY i.family) FROM identity i WHERE i.user_id = p.user_id) AS identities`;

export const toPerson = (row: PersonRow): Person => ({
  user: row.user_id,
  name: row.name,
  mobile: row.mobile,
  email: row.email,
  department: row.department,
  active: row.active,
  source: row.source,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  identities: (row.identities ?? []).map(toIdentity),
});

const toIdentity = (row: IdentityJson): PersonIdentity => ({
  family: row.family,
  providerUserId: row.provider_user_id,
  source: row.source,
  account: row.account,
  confirmedAt: new Date(row.confirmed_at),
  staleAt: row.stale_at === null ? null : new Date(row.stale_at),
  staleReason: row.stale_reason,
});
