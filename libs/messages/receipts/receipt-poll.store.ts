import { Inject, Injectable } from '@nestjs/common';
import { Batcher, Database } from '#libs/database';
import type { RecipientStatus } from '../states.js';
import type { ClaimedPoll, PollOutcome } from './receipt.js';
import { RECEIPTS, pollRows, receiptRows } from './receipt.sql.js';

/** Two calls, each with its deadline, and a fetch of a token. */
const LEASE_SECONDS = 60;

export interface PollPass {
  readonly channels: readonly string[];
  /** Most questions through one account: nobody's campaign takes all the calls that the vendor allows. */
  readonly perAccount: number;
  readonly total: number;
}

interface PollRow {
  readonly message_id: string;
  readonly delivery_no: number;
  readonly fence: number;
  readonly tries: number;
  readonly account: string;
  readonly channel: string;
  readonly provider_msg_id: string | null;
  readonly sent_at: Date | null;
  readonly recipients: readonly RecipientTuple[] | null;
}

type RecipientTuple = readonly [number, string, string, RecipientStatus];

/**
 * Takes questions that are due, oldest first, behind open gates only; behind an open breaker one at a
 * time. The lease is the due time moved on: a process that
 * dies leaves the question to the next pass after it. `provider_msg_id` is null when nothing is left to ask about.
 */
const CLAIM = `
  WITH due AS (
    SELECT p.message_id, p.delivery_no FROM account a
    CROSS JOIN LATERAL (
      SELECT message_id, delivery_no, due_at FROM receipt_poll
      WHERE account = a.code AND due_at <= now() ORDER BY due_at LIMIT CASE WHEN a.breaker_opened_at IS NULL THEN $2::int ELSE 1 END FOR UPDATE SKIP LOCKED) p
    WHERE a.channel = ANY ($1::text[]) AND a.status = 'active'
      AND coalesce(a.blocked_until, '-infinity') <= now() AND coalesce(a.breaker_until, '-infinity') <= now()
    ORDER BY p.due_at LIMIT $3
  ), claimed AS (
    UPDATE receipt_poll p SET fence = p.fence + 1, due_at = now() + interval '${LEASE_SECONDS} seconds'
    FROM due WHERE p.message_id = due.message_id AND p.delivery_no = due.delivery_no
    RETURNING p.*
  )
  SELECT c.message_id, c.delivery_no, c.fence, c.tries, c.account, a.channel, d.sent_at, d.provider_msg_id,
    (SELECT json_agg(json_build_array(r.row_no,
              CASE WHEN r.provider_user_id IS NULL THEN r.addressee_type ELSE 'user' END,
              coalesce(r.provider_user_id, r.addressee_id), r.status) ORDER BY r.row_no)
     FROM recipient r WHERE r.message_id = d.message_id AND r.delivery_no = d.no) AS recipients
  FROM claimed c JOIN account a ON a.code = c.account
  LEFT JOIN delivery d ON d.message_id = c.message_id AND d.no = c.delivery_no
    AND d.status IN ('sent', 'partial') AND c.closes_at > now()`;

/** Which vendors are still to be asked about what, and what they have told. Safe in any number of processes. */
@Injectable()
export class ReceiptPollStore {
  private readonly batcher: Batcher<PollOutcome, boolean>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.batcher = new Batcher({
      name: 'receipts',
      keyOf: ({ poll }) => `${poll.messageId}.${poll.no}`,
      maxBatch: 50,
      maxWaiting: 5_000,
      run: (batch) => this.finishAll(batch),
    });
  }

  async takeDue({ channels, perAccount, total }: PollPass): Promise<readonly ClaimedPoll[]> {
    const rows = await this.database.query<PollRow>(CLAIM, [channels, perAccount, total]);
    return rows.map(toPoll);
  }

  /** Records what a question came to; false when another process had taken it over. */
  finish(outcome: PollOutcome): Promise<boolean> {
    return this.batcher.add(outcome);
  }

  /** Forgets questions whose window has closed unasked, as those through accounts that are paused or gone. */
  async purge(): Promise<void> {
    await this.database.query('DELETE FROM receipt_poll WHERE closes_at < now()');
  }

  private async finishAll(batch: readonly PollOutcome[]): Promise<readonly boolean[]> {
    const recipients = batch.flatMap((outcome) => outcome.recipients.map((recipient) => ({ outcome, recipient })));
    const rows = await this.database.query<{ message_id: string; delivery_no: number }>(RECEIPTS, [
      ...pollRows.values(batch),
      ...receiptRows.values(recipients),
    ]);
    const written = new Set(rows.map((row) => `${row.message_id}.${row.delivery_no}`));
    return batch.map(({ poll }) => written.has(`${poll.messageId}.${poll.no}`));
  }
}

const toPoll = (row: PollRow): ClaimedPoll => ({
  messageId: row.message_id,
  no: row.delivery_no,
  fence: row.fence,
  tries: row.tries,
  channel: row.channel,
  account: row.account,
  ...(row.provider_msg_id !== null &&
    row.sent_at !== null && { sent: { providerMsgId: row.provider_msg_id, sentAt: row.sent_at } }),
  recipients: (row.recipients ?? []).map(([rowNo, type, id, status]) => ({ rowNo, type, id, status })),
});
