import { Inject, Injectable } from '@nestjs/common';
import { InvariantError } from '#libs/core';
import { Batcher, Database, jsonText, type Sql } from '#libs/database';
import type { DeliveryStatus } from '../states.js';
import { assertMove } from '../states.js';
import type { DeliveryOutcome, OutcomeAnswer } from './delivery-outcome.js';
import { FOLLOW_ONE } from '../digest/digest.sql.js';
import { LATE_ANSWER, LOCK_DELIVERY, LOCK_RECIPIENTS } from './late-answer.sql.js';
import { OUTCOME, exceptionRows, outcomeRows, settlementRows, vendorText } from './outcome.sql.js';
import { ResponseCodes } from './response-code.js';

const NOT_WRITTEN: OutcomeAnswer = { written: false };

/** Writes how claims ended, many at a time. */
@Injectable()
export class OutcomeStore {
  private readonly batcher: Batcher<DeliveryOutcome, OutcomeAnswer>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ResponseCodes) private readonly codes: ResponseCodes,
  ) {
    this.batcher = new Batcher({
      name: 'outcomes',
      keyOf: ({ delivery }) => `${delivery.messageId}.${delivery.no}`,
      maxBatch: 100,
      maxWaiting: 10_000,
      lanes: 2,
      run: (batch) => this.writeAll(batch),
    });
  }

  /**
   * Writes an outcome under the delivery's fence. When the delivery is no longer held, the answer of a call that was
   * made still goes to its own attempt row.
   */
  async write(outcome: DeliveryOutcome): Promise<OutcomeAnswer> {
    assertMove('sending', outcome.status);
    const answer = await this.batcher.add(outcome);
    if (!answer.written && outcome.attempt) await this.recordLate(outcome);
    return answer;
  }

  /** The same for one outcome, together with what else has to happen in its transaction, also when it was late and held. */
  async writeWith(outcome: DeliveryOutcome, more: (sql: Sql) => Promise<void>): Promise<OutcomeAnswer> {
    assertMove('sending', outcome.status);
    const answer = await this.database.transaction(async (sql) => {
      const [written = NOT_WRITTEN] = await this.writeAll([outcome], sql);
      if (written.written) await more(sql);
      return written;
    });
    if (!answer.written && outcome.attempt) await this.recordLate(outcome, more);
    return answer;
  }

  private async writeAll(
    batch: readonly DeliveryOutcome[],
    sql: Sql = this.database,
  ): Promise<readonly OutcomeAnswer[]> {
    const exceptions = batch.flatMap((outcome) => outcome.exceptions.map((recipient) => ({ outcome, recipient })));
    const settlements = batch.flatMap((outcome) => outcome.claims.map((settlement) => ({ outcome, settlement })));
    const rows = await sql.query<{ message_id: string; no: number; status: DeliveryStatus }>(OUTCOME, [
      ...outcomeRows.values(batch.map((outcome) => ({ ...outcome, sealedCode: this.sealedCodeOf(outcome) }))),
      ...exceptionRows.values(exceptions),
      ...settlementRows.values(settlements),
    ]);
    const written = new Map(rows.map((row) => [`${row.message_id}.${row.no}`, row.status]));
    return batch.map(({ delivery }) => {
      const status = written.get(`${delivery.messageId}.${delivery.no}`);
      return status === undefined ? NOT_WRITTEN : { written: true, status };
    });
  }

  private sealedCodeOf({ delivery: { messageId, no }, responseCode }: DeliveryOutcome): string | undefined {
    return responseCode === undefined ? undefined : this.codes.seal(messageId, no, responseCode);
  }

  /** `more` follows when the answer has ended the delivery. */
  private async recordLate(outcome: DeliveryOutcome, more?: (sql: Sql) => Promise<void>): Promise<void> {
    const { messageId, no } = outcome.delivery;
    await this.database.transaction(async (sql) => {
      await sql.query(LOCK_DELIVERY, [messageId, no]);
      await sql.query(LOCK_RECIPIENTS, [messageId, no]);
      const [confirmed] = await sql.query<{ count: number }>(
        LATE_ANSWER,
        lateValues(outcome, this.sealedCodeOf(outcome)),
      );
      // What a digest carries was taken for unknown, as the digest was.
      if (outcome.attempt?.outcome === 'sent') await sql.query(FOLLOW_ONE, [messageId]);
      if (more && confirmed && confirmed.count > 0) await more(sql);
    });
  }
}

function lateValues(outcome: DeliveryOutcome, sealedCode: string | undefined): unknown[] {
  const { attempt, cardId, delivery, exceptions, receipts } = outcome;
  if (!attempt) throw new InvariantError('Only the answer to a call can be late');
  return [
    delivery.messageId,
    delivery.no,
    delivery.fence,
    attempt.outcome,
    attempt.reason ?? null,
    vendorText(attempt.code) ?? null,
    vendorText(attempt.providerMsgId) ?? null,
    attempt.addressees,
    jsonText(attempt.exchange),
    exceptions.map((recipient) => recipient.rowNo),
    exceptions.map((recipient) => recipient.status),
    exceptions.map((recipient) => recipient.reason ?? null),
    sealedCode ?? null,
    vendorText(cardId) ?? null,
    receipts?.afterMs ?? null,
    receipts?.windowSeconds ?? null,
  ];
}
