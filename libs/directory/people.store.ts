import { Inject, Injectable } from '@nestjs/common';
import type { FamilyName } from '#libs/channels';
import { ConflictError, NotFoundError } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { canonicalEmail, canonicalMobile, canonicalNativeId } from './canonical.js';
import { PERSON_COLUMNS, toPerson, type PersonRow } from './person.sql.js';
import type { NewIdentity, Person, PersonFields, PersonSource } from './person.js';

export interface PeopleFilter {
  /** Exact user id, vendor id, mobile or e-mail, or the beginning of a name. */
  readonly q?: string;
  readonly active?: boolean;
  /** Only people with an identity that is not used any more. */
  readonly stale?: boolean;
}

const UPSERT = `
  INSERT INTO person (user_id, name, mobile, email, department, active, source) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, mobile = excluded.mobile, email = excluded.email,
    department = excluded.department, active = excluded.active, source = excluded.source, updated_at = now()
  RETURNING xmax = 0 AS created`;

const BIND = `
  INSERT INTO identity (family, key, provider_user_id, user_id, source, account) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (family, key) DO UPDATE SET provider_user_id = excluded.provider_user_id, source = excluded.source,
    account = coalesce(excluded.account, identity.account), confirmed_at = now(), stale_at = NULL, stale_reason = NULL
  WHERE identity.user_id = excluded.user_id
  RETURNING user_id`;

export interface Binding extends NewIdentity {
  readonly user: string;
  readonly source: string;
  readonly account?: string;
}

/** People and their identities, one at a time. */
@Injectable()
export class PeopleStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(user: string): Promise<Person | undefined> {
    const rows = await this.database.query<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person p WHERE user_id = $1`, [
      user,
    ]);
    return rows[0] && toPerson(rows[0]);
  }

  /** @throws NotFoundError */
  async get(user: string): Promise<Person> {
    const person = await this.find(user);
    if (!person) throw new NotFoundError('Nobody in the directory has this user id');
    return person;
  }

  /** By user id, after the given one. */
  async list(filter: PeopleFilter, limit: number, after?: string): Promise<readonly Person[]> {
    const where = ['($2::text IS NULL OR p.user_id > $2)'];
    const values: unknown[] = [limit, after ?? null];
    const add = (condition: (parameter: string) => string, value: unknown): void => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    if (filter.active !== undefined) add((flag) => `p.active = ${flag}`, filter.active);
    if (filter.stale === true) where.push(STALE);
    if (filter.stale === false) where.push(`NOT ${STALE}`);
    if (filter.q !== undefined) add((text) => `p.user_id IN (${MATCHES.replaceAll('$q', text)})`, needles(filter.q));
    const rows = await this.database.query<PersonRow>(
      `SELECT ${PERSON_COLUMNS} FROM person p WHERE ${where.join(' AND ')} ORDER BY p.user_id LIMIT $1`,
      values,
    );
    return rows.map(toPerson);
  }

  /** Writes a person as given; identities that are not listed stay. @throws ConflictError `identity_taken` */
  async put(
    user: string,
    fields: PersonFields,
    source: PersonSource,
    identities: readonly NewIdentity[] = [],
  ): Promise<{ readonly person: Person; readonly isNew: boolean }> {
    const { active, department, email, mobile, name } = fields;
    const isNew = await this.database.transaction(async (sql) => {
      const [row] = await sql.query<{ created: boolean }>(UPSERT, [
        user,
        name,
        mobile,
        email,
        department,
        active,
        source,
      ]);
      for (const identity of identities) await this.bind({ ...identity, user, source }, sql);
      return row?.created === true;
    });
    return { person: await this.get(user), isNew };
  }

  async delete(user: string): Promise<void> {
    const rows = await this.database.query(`DELETE FROM person WHERE user_id = $1 RETURNING 1`, [user]);
    if (rows.length === 0) throw new NotFoundError('Nobody in the directory has this user id');
  }

  async deleteIdentity(user: string, family: FamilyName): Promise<void> {
    const rows = await this.database.query(`DELETE FROM identity WHERE user_id = $1 AND family = $2 RETURNING 1`, [
      user,
      family,
    ]);
    if (rows.length === 0) throw new NotFoundError('The person has no identity at this vendor');
  }

  /** Who has this vendor's id; undefined: nobody that the directory knows. */
  async findOwner(family: FamilyName, providerUserId: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ user_id: string }>(
      `SELECT user_id FROM identity WHERE family = $1 AND key = $2`,
      [family, canonicalNativeId(family, providerUserId)],
    );
    return row?.user_id;
  }

  /**
   * Gives a person the vendor's id, instead of another one of that vendor.
   * @throws ConflictError `identity_taken` while somebody else has it
   */
  async bind({ account, family, providerUserId, source, user }: Binding, sql: Sql = this.database): Promise<void> {
    const key = canonicalNativeId(family, providerUserId);
    const bound = await (sql === this.database ? this.database.transaction((own) => bindIn(own)) : bindIn(sql));
    if (!bound) throw new ConflictError('identity_taken', 'Somebody else in the directory has this id of the vendor');

    async function bindIn(own: Sql): Promise<boolean> {
      await own.query(`DELETE FROM identity WHERE user_id = $1 AND family = $2 AND key <> $3`, [user, family, key]);
      const rows = await own.query(BIND, [family, key, providerUserId, user, source, account ?? null]);
      return rows.length > 0;
    }
  }
}

const STALE = `EXISTS (SELECT FROM identity i WHERE i.user_id = p.user_id AND i.stale_at IS NOT NULL)`;

const MATCHES = `
  SELECT user_id FROM person WHERE user_id = ($q::text[])[1]
  UNION SELECT user_id FROM person WHERE mobile = ($q::text[])[2]
  UNION SELECT user_id FROM person WHERE email = ($q::text[])[3]
  UNION SELECT user_id FROM identity WHERE key IN (($q::text[])[1], ($q::text[])[3])
  UNION (SELECT user_id FROM person WHERE lower(name) LIKE ($q::text[])[4] LIMIT 2000)`;

/** What a search text may be: an id, a mobile, an e-mail or vendor id, the beginning of a name. */
const needles = (q: string): string[] => [
  q,
  canonicalMobile(q),
  canonicalEmail(q),
  `${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
];
