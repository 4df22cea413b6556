import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { PersonDirectory, type Person } from '../explain/person-directory.js';
import { readQuery, type SearchTerms } from './read-query.js';

export const HIT_TYPES = [
  'person',
  'message',
  'business_key',
  'provider_msg',
  'batch',
  'recall',
  'template',
  'account',
] as const;
export type HitType = (typeof HIT_TYPES)[number];

export interface Hit {
  readonly type: HitType;
  /** What its page is asked for by. */
  readonly id: string;
  readonly label: string;
  /** `id name ref businessKey providerMsgId code` */
  readonly matchedBy: string;
}

/** Whose things may be found, and which kinds beside messages. */
export interface SearchScope {
  readonly callerId?: string;
  readonly mayReadTemplates: boolean;
  readonly mayReadAccounts: boolean;
  readonly mayReadPeople: boolean;
  /** Codes that the key is limited to, `*` at the end as a wildcard; absent: all. */
  readonly templates?: readonly string[];
}

/** Rows of one ref that are looked at to see whether one of them is the caller's own. */
const MOST_LOOKED_AT = 2_000;

const likeAny = (patterns: readonly string[] | undefined): string[] | null =>
  patterns?.map((pattern) => pattern.replace(/[\\%_]/g, '\\$&').replace(/\*$/, '%')) ?? null;

/** One box that finds everything: exact look-ups side by side, each through an index. */
@Injectable()
export class SearchService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PersonDirectory) private readonly directory: PersonDirectory,
  ) {}

  async search(query: string, scope: SearchScope, limit: number): Promise<readonly Hit[]> {
    const terms = readQuery(query);
    const found = await Promise.all([
      this.byId(terms, scope),
      this.people(terms, scope, limit),
      this.refs(terms, scope),
      this.byBusinessKey(terms, scope, limit),
      this.byProviderId(terms, scope, limit),
      this.codes(terms, scope, limit),
    ]);
    return distinct(found.flat()).slice(0, limit);
  }

  private byId({ batchId, id }: SearchTerms, { callerId }: SearchScope): Promise<Hit[]> {
    if (id === undefined && batchId === undefined) return Promise.resolve([]);
    return this.hits(
      `SELECT 'message' AS type, id::text, coalesce(template, id::text) AS label, 'id' AS "matchedBy" FROM message
         WHERE id = $1 AND ($3::uuid IS NULL OR caller_id = $3)
       UNION ALL
       (SELECT 'batch', batch_id::text, batch_id::text, 'id' FROM message
         WHERE batch_id = $2 AND ($3::uuid IS NULL OR caller_id = $3) LIMIT 1)
       UNION ALL
       SELECT 'recall', id::text, coalesce(note, id::text), 'id' FROM recall
         WHERE id = $1 AND ($3::uuid IS NULL OR caller_id = $3)`,
      [id ?? null, batchId ?? id, callerId ?? null],
    );
  }

  private async people({ name, refs }: SearchTerms, scope: SearchScope, limit: number): Promise<readonly Hit[]> {
    if (!scope.mayReadPeople) return [];
    const [named, ...meant] = await Promise.all([
      name === undefined ? [] : this.directory.search(name, limit),
      ...refs.map((ref) => this.directory.find(ref)),
    ]);
    const hit = ({ name: label, user }: Person, matchedBy: string): Hit => ({
      type: 'person',
      id: `user:${user}`,
      label,
      matchedBy,
    });
    return [
      ...meant.flatMap(({ person }) => (person ? hit(person, 'ref') : [])),
      ...(named ?? []).map((person) => hit(person, 'name')),
    ];
  }

  /** Refs to which something was sent. */
  private refs({ refs }: SearchTerms, { callerId }: SearchScope): Promise<Hit[]> {
    const own = `EXISTS (
      SELECT FROM (SELECT r.message_id FROM recipient r WHERE r.ref = k.ref ORDER BY r.message_id DESC
                   LIMIT ${MOST_LOOKED_AT}) r
      JOIN message m ON m.id = r.message_id WHERE m.caller_id = $2)`;
    return this.hits(
      `SELECT 'person' AS type, k.ref AS id, k.ref AS label, 'ref' AS "matchedBy"
       FROM unnest($1::text[]) WITH ORDINALITY AS k (ref, place)
       WHERE CASE WHEN $2::uuid IS NULL THEN EXISTS (SELECT FROM recipient r WHERE r.ref = k.ref) ELSE ${own} END
       ORDER BY k.place`,
      [refs, callerId ?? null],
    );
  }

  private byBusinessKey({ businessKey }: SearchTerms, { callerId }: SearchScope, limit: number): Promise<Hit[]> {
    if (businessKey === undefined) return Promise.resolve([]);
    return this.hits(
      `SELECT 'business_key' AS type, key AS id, key AS label, 'businessKey' AS "matchedBy" FROM business_key
       WHERE key = $1 AND ($2::uuid IS NULL OR caller_id = $2) LIMIT $3`,
      [businessKey, callerId ?? null, limit],
    );
  }

  private byProviderId({ providerMsgId }: SearchTerms, { callerId }: SearchScope, limit: number): Promise<Hit[]> {
    if (providerMsgId === undefined) return Promise.resolve([]);
    return this.hits(
      `SELECT 'provider_msg' AS type, message_id::text AS id, account || ' ' || provider_msg_id AS label,
              'providerMsgId' AS "matchedBy"
       FROM delivery WHERE provider_msg_id = $1 AND ($2::uuid IS NULL OR caller_id = $2)
       ORDER BY message_id DESC LIMIT $3`,
      [providerMsgId, callerId ?? null, limit],
    );
  }

  private codes({ code }: SearchTerms, scope: SearchScope, limit: number): Promise<Hit[]> {
    if (code === undefined) return Promise.resolve([]);
    return this.hits(
      `SELECT * FROM (
         SELECT 'template' AS type, code AS id, name AS label, 'code' AS "matchedBy" FROM template
         WHERE $2 AND starts_with(code, $1) AND ($4::text[] IS NULL OR code LIKE ANY ($4::text[]))
         ORDER BY code <> $1, code LIMIT $5) t
       UNION ALL
       SELECT * FROM (
         SELECT 'account', code, name, 'code' FROM account WHERE $3 AND starts_with(code, $1)
         ORDER BY code <> $1, code LIMIT $5) a`,
      [code, scope.mayReadTemplates, scope.mayReadAccounts, likeAny(scope.templates), limit],
    );
  }

  private hits(sql: string, values: readonly unknown[]): Promise<Hit[]> {
    return this.database.query<Hit>(sql, values);
  }
}

/** A person of the directory stands before the bare ref of the same id. */
function distinct(hits: readonly Hit[]): readonly Hit[] {
  const seen = new Set<string>();
  return hits.filter(({ id, type }) => {
    const key = `${type} ${id}`;
    return !seen.has(key) && seen.add(key);
  });
}
