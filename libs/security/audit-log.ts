import { Inject, Injectable } from '@nestjs/common';
import { newId, type JsonObject } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import type { Identity } from './identity.js';
import { redact } from './redact.js';

export interface AuditRecord {
  /** Absent for what the system does by itself. */
  readonly identity?: Identity | undefined;
  /** `<object>.<verb>`, e.g. `template.publish`, `message.recall`. */
  readonly action: string;
  /** What was changed, e.g. `template:order-paid`. */
  readonly object: string;
  /** What a reader needs to understand the change; secrets are masked. */
  readonly details?: JsonObject;
  readonly requestId?: string | undefined;
}

/** Who changed what. Rows are only ever added. */
@Injectable()
export class AuditLog {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Makes a change and writes its line: both, or neither. `work` may run several times. */
  async change<T>(work: (sql: Sql) => Promise<T>, lineOf: (done: T) => AuditRecord): Promise<T> {
    return this.database.transaction(async (sql) => {
      const done = await work(sql);
      await this.record(lineOf(done), sql);
      return done;
    });
  }

  /** Writes one line; give `sql` to write it in the transaction of the change. */
  async record(record: AuditRecord, sql: Sql = this.database): Promise<void> {
    await sql.query(
      `INSERT INTO audit_log (id, caller_id, key_name, action, object, details, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        record.identity?.callerId ?? null,
        record.identity?.keyName ?? null,
        record.action,
        record.object,
        JSON.stringify(redact(record.details ?? {})),
        record.requestId ?? null,
      ],
    );
  }
}
