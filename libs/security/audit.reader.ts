import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt, type JsonObject } from '#libs/core';
import { Database } from '#libs/database';

export interface AuditFilter {
  /** Names of keys. */
  readonly actor?: string;
  /** Codes of callers. */
  readonly caller?: string;
  /** `template.publish`, or all of a kind: `template.*`. */
  readonly action?: string;
  /** `template:order-paid`, or all of a kind: `template:*`. */
  readonly object?: string;
  readonly requestId?: string;
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  /** Name of the key; null for what the system does by itself. */
  readonly actor: string | null;
  readonly caller: string | null;
  readonly action: string;
  readonly object: string;
  readonly details: JsonObject;
  readonly requestId: string | null;
}

/** `name*` finds by beginning, everything else is exact. */
const patternOf = (text: string | undefined): string | null =>
  text === undefined ? null : text.replaceAll(/[\\%_]/gu, String.raw`\$&`).replace(/\*$/u, '%');

const LIST = `
  SELECT a.id, a.at, a.key_name AS actor, c.code AS caller, a.action, a.object, a.details, a.request_id AS "requestId"
  FROM audit_log a LEFT JOIN caller c ON c.id = a.caller_id
  WHERE ($1::text IS NULL OR a.key_name = $1) AND ($2::text IS NULL OR c.code = $2)
    AND ($3::text IS NULL OR a.action LIKE $3) AND ($4::text IS NULL OR a.object LIKE $4)
    AND ($5::text IS NULL OR a.request_id = $5)
    AND ($6::uuid IS NULL OR a.id >= $6) AND ($7::uuid IS NULL OR a.id < $7)
    AND ($8::uuid IS NULL OR a.id < $8)
  ORDER BY a.id DESC LIMIT $9`;

/** Reads who changed what, newest first. */
@Injectable()
export class AuditReader {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** At most `limit` lines older than the id `before`. */
  list(filter: AuditFilter, limit: number, before?: string): Promise<AuditEntry[]> {
    return this.database.query<AuditEntry>(LIST, [
      filter.actor ?? null,
      filter.caller ?? null,
      patternOf(filter.action),
      patternOf(filter.object),
      filter.requestId ?? null,
      filter.createdAfter ? lowestIdAt(filter.createdAfter) : null,
      filter.createdBefore ? lowestIdAt(filter.createdBefore) : null,
      before ?? null,
      limit,
    ]);
  }
}
