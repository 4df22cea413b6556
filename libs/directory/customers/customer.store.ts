import { Inject, Injectable } from '@nestjs/common';
import type { ListedTag } from '#libs/channels';
import { NotFoundError } from '#libs/core';
import { Database, UnnestTable, jsonText } from '#libs/database';
import type { ClaimedSync } from '../sync/sync.store.js';

/** A member who has the contact. */
export interface CustomerFollower {
  readonly user: string;
  readonly remark: string;
  /** Ids. */
  readonly tags: readonly string[];
  /** RFC 3339. */
  readonly addedAt: string | null;
}

export interface SeenCustomer {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly company?: string;
  readonly followers: readonly CustomerFollower[];
}

export interface CustomerTag {
  readonly id: string;
  /** Null: not told yet. */
  readonly name: string | null;
  readonly group: string | null;
}

export interface CustomerTagCount extends CustomerTag {
  readonly account: string;
  readonly customers: number;
}

/** A customer as one account sees them. */
export interface CustomerRecord {
  readonly account: string;
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly company: string | null;
  readonly followers: readonly CustomerFollower[];
  readonly tags: readonly CustomerTag[];
  readonly seenAt: Date;
  readonly goneAt: Date | null;
}

export interface CustomerFilter {
  /** Accounts to look at. */
  readonly accounts?: readonly string[];
  /** Exact id, or the beginning of a name. */
  readonly q?: string;
  readonly tag?: string;
  /** User id of a member who has the contact. */
  readonly follower?: string;
}

type Reading = Pick<ClaimedSync, 'account' | 'startedAt'>;

const seen = new UnnestTable<SeenCustomer>('k', {
  id: ['text', ({ id }) => id],
  name: ['text', ({ name }) => name],
  kind: ['text', ({ kind }) => kind],
  company: ['text', ({ company }) => company],
  followers: [
    'jsonb',
    ({ followers }) => jsonText([...followers].map((follower) => ({ ...follower, tags: [...follower.tags] }))),
  ],
  tags: ['jsonb', ({ followers }) => jsonText([...new Set(followers.flatMap(({ tags }) => tags))])],
});

/** Of one reading what several members say of a customer comes together; of an older one nothing is kept. */
const WRITE = `
  INSERT INTO customer AS c (account, id, name, kind, company, followers, tags)
  SELECT $1, k.id, k.name, k.kind, k.company, k.followers, ARRAY(SELECT jsonb_array_elements_text(k.tags))
  FROM ${seen.from(3)}
  ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, kind = excluded.kind, company = excluded.company,
    followers = CASE WHEN c.seen_at >= $2 THEN c.followers || excluded.followers ELSE excluded.followers END,
    tags = CASE WHEN c.seen_at >= $2 THEN ARRAY(SELECT DISTINCT unnest(c.tags || excluded.tags)) ELSE excluded.tags END,
    seen_at = now(), gone_at = NULL
  RETURNING xmax = 0 AS created`;

const tagRows = new UnnestTable<ListedTag>('k', {
  id: ['text', ({ id }) => id],
  name: ['text', ({ name }) => name ?? ''],
  group_name: ['text', ({ group }) => group ?? ''],
});

const NAME_TAGS = `
  INSERT INTO customer_tag (account, id, name, group_name) SELECT DISTINCT ON (k.id) $1, k.id, k.name, k.group_name
  FROM ${tagRows.from(2)} ORDER BY k.id
  ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, group_name = excluded.group_name, seen_at = now()`;

/** One customer for each tag without a name, or with one that was told more than a day ago. */
const UNNAMED_TAGS = `
  SELECT DISTINCT ON (t.tag) t.tag, c.id AS customer FROM customer c CROSS JOIN LATERAL unnest(c.tags) t (tag)
  WHERE c.account = $1 AND c.gone_at IS NULL AND NOT EXISTS (
    SELECT FROM customer_tag g WHERE g.account = $1 AND g.id = t.tag AND g.seen_at > now() - interval '1 day')
  ORDER BY t.tag, c.id LIMIT $2`;

const COLUMNS = `c.account, c.id, c.name, c.kind, c.company, c.followers, c.seen_at AS "seenAt", c.gone_at AS "goneAt",
  coalesce((SELECT json_agg(json_build_object('id', t.tag, 'name', g.name, 'group', g.group_name) ORDER BY t.tag)
    FROM unnest(c.tags) t (tag) LEFT JOIN customer_tag g ON g.account = c.account AND g.id = t.tag), '[]') AS tags`;

/** The customers of the staff, by the account that sees them. */
@Injectable()
export class CustomerStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By account and id, after the given ones. Who is gone is left out. */
  async list(
    filter: CustomerFilter,
    limit: number,
    after?: readonly [account: string, id: string],
  ): Promise<readonly CustomerRecord[]> {
    const follower = filter.follower === undefined ? null : jsonText([{ user: filter.follower }]);
    const name = filter.q === undefined ? null : `${filter.q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    return this.database.query<CustomerRecord>(
      `SELECT ${COLUMNS} FROM customer c
       WHERE c.gone_at IS NULL AND ($2::text IS NULL OR (c.account, c.id) > ($2, $3))
         AND ($4::text[] IS NULL OR c.account = ANY ($4)) AND ($5::text IS NULL OR c.tags @> ARRAY[$5])
         AND ($6::jsonb IS NULL OR c.followers @> $6)
         AND ($7::text IS NULL OR c.id = $7 OR lower(c.name) LIKE $8)
       ORDER BY c.account, c.id LIMIT $1`,
      [
        limit,
        after?.[0] ?? null,
        after?.[1] ?? null,
        filter.accounts ?? null,
        filter.tag ?? null,
        follower,
        filter.q ?? null,
        name,
      ],
    );
  }

  /** A customer of one account, also one who is gone. @throws NotFoundError */
  async get(account: string, id: string): Promise<CustomerRecord> {
    const [row] = await this.database.query<CustomerRecord>(
      `SELECT ${COLUMNS} FROM customer c WHERE c.account = $1 AND c.id = $2`,
      [account, id],
    );
    if (!row) throw new NotFoundError('The account knows no such customer');
    return row;
  }

  /** Accounts that have read customers. */
  async listAccounts(): Promise<readonly string[]> {
    const rows = await this.database.query<{ account: string }>(`SELECT DISTINCT account FROM customer`);
    return rows.map(({ account }) => account);
  }

  /** Tags that customers bear, by account and id, after the given ones. */
  listTags(
    accounts: readonly string[] | undefined,
    limit: number,
    after?: readonly [account: string, id: string],
  ): Promise<readonly CustomerTagCount[]> {
    return this.database.query<CustomerTagCount>(
      `SELECT t.account, t.id, g.name, g.group_name AS "group", t.customers FROM (
         SELECT c.account, b.tag AS id, count(*)::int AS customers
         FROM customer c CROSS JOIN LATERAL unnest(c.tags) b (tag)
         WHERE c.gone_at IS NULL AND ($4::text[] IS NULL OR c.account = ANY ($4)) GROUP BY c.account, b.tag) t
       LEFT JOIN customer_tag g ON g.account = t.account AND g.id = t.id
       WHERE $2::text IS NULL OR (t.account, t.id COLLATE "C") > ($2, $3)
       ORDER BY t.account, t.id COLLATE "C" LIMIT $1`,
      [limit, after?.[0] ?? null, after?.[1] ?? null, accounts ?? null],
    );
  }

  /** Writes what a page says; answers how many are new. */
  async write({ account, startedAt }: Reading, customers: readonly SeenCustomer[]): Promise<number> {
    if (customers.length === 0) return 0;
    const values = [account, startedAt, ...seen.values(customers)];
    const rows = await this.database.query<{ created: boolean }>(WRITE, values);
    return rows.filter(({ created }) => created).length;
  }

  listUnnamedTags(
    account: string,
    limit: number,
  ): Promise<readonly { readonly tag: string; readonly customer: string }[]> {
    return this.database.query(UNNAMED_TAGS, [account, limit]);
  }

  async nameTags(account: string, tags: readonly ListedTag[]): Promise<void> {
    if (tags.length > 0) await this.database.query(NAME_TAGS, [account, ...tagRows.values(tags)]);
  }

  /** Of those who were there, how many the reading has not seen. */
  async countGone({ account, startedAt }: Reading): Promise<{ readonly all: number; readonly gone: number }> {
    const [row] = await this.database.query<{ all: number; gone: number }>(
      `SELECT count(*)::int AS "all", (count(*) FILTER (WHERE seen_at < $2))::int AS gone FROM customer
       WHERE account = $1 AND gone_at IS NULL`,
      [account, startedAt],
    );
    return row ?? { all: 0, gone: 0 };
  }

  async retire({ account, startedAt }: Reading): Promise<void> {
    await this.database.query(
      `UPDATE customer SET gone_at = now() WHERE account = $1 AND gone_at IS NULL AND seen_at < $2`,
      [account, startedAt],
    );
  }
}
