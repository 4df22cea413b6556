import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, sha256 } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { SealedColumn, SecretBox, type SealedRows, type SealedSecret } from '#libs/security';
import { ResponseCodes, type KeptCode } from '../delivery/response-code.js';

export interface CardKey {
  readonly messageId: string;
  readonly deliveryNo: number;
}

export interface NewCardCode extends CardKey {
  /** Plain text. */
  readonly code: string;
  /** The answer to the send, or a click. */
  readonly source: 'sent' | 'click';
  /** Absent: now. */
  readonly receivedAt?: Date;
  readonly lifetimeSeconds: number;
}

/** A code that is ours to use, once. */
export interface TakenCode extends CardKey {
  /** Plain text: goes into the provider call and nowhere else. */
  readonly code: string;
  readonly digest: Buffer;
}

interface TakenRow {
  readonly digest: Buffer;
  readonly sealed: SealedSecret;
}

/** The row that is about to expire first; a row that another request is taking is left to it. */
const TAKE = `
  UPDATE card_code SET used_at = now()
  WHERE (message_id, delivery_no, digest) = (
    SELECT message_id, delivery_no, digest FROM card_code
    WHERE message_id = $1 AND delivery_no = $2 AND used_at IS NULL AND expires_at > now()
    ORDER BY expires_at, digest LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING digest, sealed`;

/** The one-use codes of cards: sealed, found by their digest, and taken by at most one request each. */
@Injectable()
export class CardCodeStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(ResponseCodes) private readonly sent: ResponseCodes,
  ) {}

  /** The code that came with the answer to the send, in plain text. */
  sentWith(delivery: KeptCode): string | undefined {
    return this.sent.find(delivery);
  }

  /** Safe to repeat: a code that is known already stays as it is, used or not. */
  async keep(code: NewCardCode, sql: Sql = this.database): Promise<void> {
    await sql.query(
      `INSERT INTO card_code (message_id, delivery_no, digest, source, sealed, received_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, coalesce($6::timestamptz, now()),
               coalesce($6::timestamptz, now()) + $7::int * interval '1 s')
       ON CONFLICT DO NOTHING`,
      [
        code.messageId,
        code.deliveryNo,
        sha256(code.code),
        code.source,
        JSON.stringify(this.box.seal(code.code, contextOf(code))),
        code.receivedAt ?? null,
        code.lifetimeSeconds,
      ],
    );
  }

  /**
   * Takes a code out of circulation, for good unless it is given back.
   * @throws ConflictError `card_code_used`, `card_code_expired`, or `card_not_updatable` when there never was one
   */
  async take(card: CardKey): Promise<TakenCode> {
    const [row] = await this.database.query<TakenRow>(TAKE, [card.messageId, card.deliveryNo]);
    if (!row) throw await this.whyNone(card);
    return { ...card, digest: row.digest, code: this.box.open(row.sealed, contextOf(card)) };
  }

  /** Only for a code that the vendor has certainly not taken. */
  async giveBack({ deliveryNo, digest, messageId }: TakenCode): Promise<void> {
    await this.database.query(
      'UPDATE card_code SET used_at = NULL WHERE message_id = $1 AND delivery_no = $2 AND digest = $3',
      [messageId, deliveryNo, digest],
    );
  }

  /** Forgets codes that ended long ago. */
  async purge(): Promise<void> {
    await this.database.query(`DELETE FROM card_code WHERE expires_at < now() - interval '30 days'`);
  }

  private async whyNone({ deliveryNo, messageId }: CardKey): Promise<ConflictError> {
    const [last] = await this.database.query<{ used: boolean }>(
      `SELECT bool_or(expires_at > now()) AS used FROM card_code
       WHERE message_id = $1 AND delivery_no = $2 HAVING count(*) > 0`,
      [messageId, deliveryNo],
    );
    if (!last)
      return new ConflictError('card_not_updatable', 'The provider gave no code by which the card can be changed');
    return last.used
      ? new ConflictError('card_code_used', 'Each code changes a card once; the next click brings a new one')
      : new ConflictError('card_code_expired', 'The code that changes the card has expired');
  }
}

const contextOf = ({ deliveryNo, messageId }: CardKey): string => `card:${messageId}:${deliveryNo}`;

/** The codes of cards that can still be used. */
export const sealedCardCodes = (database: Database, box: SecretBox): SealedRows =>
  new SealedColumn(database, box, {
    name: 'codes of cards',
    table: 'card_code',
    keys: ['message_id', 'delivery_no', 'digest'],
    column: 'sealed',
    isLive: 'expires_at > now()',
    contextOf: (row) => contextOf({ messageId: String(row['message_id']), deliveryNo: Number(row['delivery_no']) }),
  });
