import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { REPLAYABLE } from '../control/replay.service.js';
import { ProviderWords, type Reader } from '../read/provider-words.js';
import type { DeadLetter, DeadLetterCount, DeadLetterFilter, DeadLetterPosition } from './dead-letter.js';
import { DEAD, OWN_ROWS, filterValues } from './dead-letter.sql.js';

/** Recipients that a replay sends to again; none of a message whose content is not kept any more. */
const REPLAYABLE_ROWS = `${OWN_ROWS} AND m.content_purged_at IS NULL
  AND r.status IN (${REPLAYABLE.map((status) => `'${status}'`).join(', ')})`;

const LIST = `
  SELECT d.message_id AS "messageId", d.no AS "deliveryNo", d.kind, m.template, d.channel, d.account, d.reason, d.error,
    d.attempts, m.created_at AS "createdAt", d.updated_at AS "failedAt",
    (extract(microseconds FROM d.updated_at)::int % 1000) AS micros,
    (SELECT c.code FROM caller c WHERE c.id = d.caller_id) AS caller,
    (SELECT count(*)::int ${OWN_ROWS}) AS "recipientCount",
    (SELECT count(*)::int ${REPLAYABLE_ROWS}) AS "replayableCount"
  ${DEAD}
    AND EXISTS (SELECT ${OWN_ROWS})
    AND ($8::timestamptz IS NULL OR
         (d.updated_at, d.message_id, d.no) < ($8::timestamptz + $9 * interval '1 microsecond', $10::uuid, $11::int))
  ORDER BY d.updated_at DESC, d.message_id DESC, d.no DESC LIMIT $12`;

const COUNT = `
  SELECT count(*)::int AS deliveries, coalesce(sum(own.rows), 0)::int AS recipients
  FROM (
    SELECT (SELECT count(*) ${REPLAYABLE_ROWS}) AS rows ${DEAD}
  ) own WHERE own.rows > 0`;

interface DeadLetterRow extends Omit<DeadLetter, 'error'> {
  readonly error: JsonObject | null;
}

/** Failed deliveries for display, and how many a replay would take. */
@Injectable()
export class DeadLetterReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProviderWords) private readonly words: ProviderWords,
  ) {}

  /** The latest failure first. */
  async list(
    filter: DeadLetterFilter,
    page: { readonly after?: DeadLetterPosition; readonly limit: number },
    reader: Reader,
  ): Promise<readonly DeadLetter[]> {
    const { after, limit } = page;
    const rows = await this.database.query<DeadLetterRow>(LIST, [
      ...filterValues(filter),
      after?.failedAt ?? null,
      after?.micros ?? null,
      after?.messageId ?? null,
      after?.deliveryNo ?? null,
      limit,
    ]);
    return rows.map(({ error: stored, ...row }) => {
      const error = this.words.errorOf({ channel: row.channel, error: stored }, reader);
      return { ...row, ...(error && { error }) };
    });
  }

  /** What a replay of the filter would send again. */
  async count(filter: DeadLetterFilter): Promise<DeadLetterCount> {
    const [row] = await this.database.query<DeadLetterCount>(COUNT, filterValues(filter));
    return row ?? { deliveries: 0, recipients: 0 };
  }
}
