import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt } from '#libs/core';
import { Database } from '#libs/database';
import type { Fate, FateAccount, FateAttempt, FateEvent, FateFilter } from './fate.js';

const LIST = `
  SELECT r.message_id, r.row_no, r.delivery_no, r.route_no, r.ref, r.addressee_type, r.provider_user_id, r.status,
    r.reason, r.detail, r.delivered_at, r.read_at, r.recall_status, r.recall_reason, r.updated_at,
    m.template, m.template_version, m.business_key, m.created_at, m.send_at, m.expire_at, m.merged_into,
    (SELECT c.code FROM caller c WHERE c.id = m.caller_id) AS caller,
    d.channel, d.account, d.status AS delivery_status, d.reason AS delivery_reason, d.attempts, d.next_attempt_at,
    d.sent_at, d.provider_msg_id
  FROM recipient r
  JOIN message m ON m.id = r.message_id
  JOIN delivery d ON d.message_id = r.message_id AND d.no = r.delivery_no`;

const ACCOUNT = `
  SELECT a.name, a.status, a.paused_by, a.paused_text, a.paused_at, coalesce(g.paused, false) AS queue_paused
  FROM account a LEFT JOIN queue_gate g ON g.channel = a.channel WHERE a.code = $1`;

/** What was sent to one person, or not. */
@Injectable()
export class FateReader {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest message first; the routes of one message in order. */
  async list(refs: readonly string[], filter: FateFilter): Promise<readonly Fate[]> {
    const { before, businessKey, callerId, from, limit, message, template, to } = filter;
    const values: unknown[] = [];
    const add = (value: unknown): string => `$${values.push(value)}`;
    const [only] = refs;
    const conditions = [
      refs.length === 1 ? `r.ref = ${add(only)}` : `r.ref = ANY (${add(refs)}::text[])`,
      callerId !== undefined && `m.caller_id = ${add(callerId)}`,
      message !== undefined && `r.message_id = ${add(message)}`,
      template !== undefined && `m.template = ${add(template)}`,
      businessKey !== undefined && `m.business_key = ${add(businessKey)}`,
      from && `r.message_id >= ${add(lowestIdAt(from))}::uuid`,
      to && `r.message_id < ${add(lowestIdAt(to))}::uuid`,
      before &&
        `r.message_id <= ${add(before.messageId)}::uuid
         AND (r.message_id < ${add(before.messageId)}::uuid OR r.row_no > ${add(before.rowNo)})`,
    ].filter((part) => typeof part === 'string');
    return this.database.query<Fate>(
      `${LIST} WHERE ${conditions.join(' AND ')} ORDER BY r.message_id DESC, r.row_no LIMIT ${limit}`,
      values,
    );
  }

  listAttempts({ delivery_no: no, message_id: id }: Fate): Promise<readonly FateAttempt[]> {
    return this.database.query<FateAttempt>(
      `SELECT no, started_at, finished_at, outcome, reason, code FROM attempt
       WHERE message_id = $1 AND delivery_no = $2 ORDER BY no`,
      [id, no],
    );
  }

  /** What happened to the message as a whole or to this delivery, oldest first. */
  listEvents({ delivery_no: no, message_id: id }: Fate): Promise<readonly FateEvent[]> {
    return this.database.query<FateEvent>(
      `SELECT at, event, reason, data FROM event
       WHERE message_id = $1 AND (delivery_no IS NULL OR delivery_no <= $2) ORDER BY at, id LIMIT 200`,
      [id, no],
    );
  }

  /** Undefined once the account is gone. */
  async findAccount(code: string): Promise<FateAccount | undefined> {
    const [row] = await this.database.query<FateAccount>(ACCOUNT, [code]);
    return row;
  }

  /** How many messages ended with a reason since then, at most `most`. */
  async countReason(reason: string, since: Date, most: number, callerId: string | undefined): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT FROM message m WHERE m.reason = $1 AND m.id >= $2::uuid AND ($3::uuid IS NULL OR m.caller_id = $3)
         LIMIT $4) counted`,
      [reason, lowestIdAt(since), callerId ?? null, most],
    );
    return row?.count ?? 0;
  }
}
