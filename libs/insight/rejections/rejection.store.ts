import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt, newId } from '#libs/core';
import { Database, UnnestTable, jsonText } from '#libs/database';
import { REJECTION_DAYS, type Rejection, type RejectionFilter, type RejectionRow } from './rejection.js';

const DAY_MS = 86_400_000;
/** Rows of one purge; the next one goes on. */
const PURGE_ROWS = 50_000;

const rejections = new UnnestTable<Rejection>('k', {
  id: ['uuid', () => newId()],
  code: ['text', ({ code }) => code],
  status: ['smallint', ({ status }) => status],
  faults: ['jsonb', ({ faults }) => jsonText(faults)],
  route: ['text', ({ route }) => route],
  template: ['text', ({ template }) => template],
  caller_id: ['uuid', ({ callerId }) => callerId],
  key_name: ['text', ({ keyName }) => keyName],
  request_id: ['text', ({ requestId }) => requestId],
});

const COLUMNS = 'id, code, status, faults, route, template, caller_id, key_name, request_id';

/** Refused requests of the last days. */
@Injectable()
export class RejectionStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async insert(rows: readonly Rejection[]): Promise<void> {
    await this.database.query(
      `INSERT INTO rejection (${COLUMNS}) SELECT ${COLUMNS} FROM ${rejections.from(1)}`,
      rejections.values(rows),
    );
  }

  /** Newest first. */
  list({
    before,
    caller,
    callerId,
    code,
    from,
    keyName,
    limit,
    template,
    to,
  }: RejectionFilter): Promise<RejectionRow[]> {
    return this.database.query<RejectionRow>(
      `SELECT r.id, r.code, r.status, r.faults, r.route, r.template, r.key_name, r.request_id,
              (SELECT c.code FROM caller c WHERE c.id = r.caller_id) AS caller
       FROM rejection r
       WHERE r.id >= $1::uuid AND ($2::uuid IS NULL OR r.id < $2) AND ($3::uuid IS NULL OR r.id < $3)
         AND ($4::uuid IS NULL OR r.caller_id = $4) AND ($5::text[] IS NULL OR r.template = ANY ($5))
         AND ($6::text[] IS NULL OR r.caller_id IN (SELECT c.id FROM caller c WHERE c.code = ANY ($6)))
         AND ($7::text[] IS NULL OR r.code = ANY ($7)) AND ($8::text IS NULL OR r.key_name = $8)
       ORDER BY r.id DESC LIMIT $9`,
      [
        lowestIdAt(from),
        to ? lowestIdAt(to) : null,
        before ?? null,
        callerId ?? null,
        template ?? null,
        caller ?? null,
        code ?? null,
        keyName ?? null,
        limit,
      ],
    );
  }

  /** Forgets what is older than a week. */
  async purge(now: Date): Promise<void> {
    await this.database.query(
      `DELETE FROM rejection WHERE id IN (SELECT id FROM rejection WHERE id < $1::uuid ORDER BY id LIMIT ${PURGE_ROWS})`,
      [lowestIdAt(new Date(now.getTime() - REJECTION_DAYS * DAY_MS))],
    );
  }
}
