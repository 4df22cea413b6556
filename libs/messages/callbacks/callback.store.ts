import { Inject, Injectable } from '@nestjs/common';
import type { CallbackEvent, CardClick } from '#libs/channels';
import { newId, sha256, storableText } from '#libs/core';
import { Database, jsonText, type Sql } from '#libs/database';
import { CardCodeStore, type CardKey } from '../cards/card-code.store.js';
import { EventStore } from '../control/event.store.js';

/** What the worker's ids of cards look like where the template gave none: `<messageId>-<deliveryNo>`. */
const OWN_CARD_ID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,9})$/;

interface FoundDelivery {
  readonly message_id: string;
  readonly delivery_no: number;
}

/**
 * A card row is missing for a moment after the send, and for good when its outcome was unclear: then the id itself tells.
 * The delivery must still be there: nothing is written about a month that was dropped.
 */
const BY_CARD = `
  SELECT c.message_id, c.delivery_no FROM card c
  JOIN delivery d ON d.message_id = c.message_id AND d.no = c.delivery_no
  WHERE c.account = $1 AND c.card_id = $2
  UNION ALL
  SELECT message_id, no FROM delivery WHERE message_id = $3::uuid AND no = $4::int AND account = $1
  LIMIT 1`;

const BY_PROVIDER_ID = `
  SELECT message_id, no AS delivery_no FROM delivery WHERE provider_msg_id = $2 AND account = $1 LIMIT 1`;

/** Keeps what vendors tell: each event once, with what it means for a message. */
@Injectable()
export class CallbackStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventStore) private readonly events: EventStore,
    @Inject(CardCodeStore) private readonly codes: CardCodeStore,
  ) {}

  /**
   * `codeSeconds`: how long the code of a click lives. False for an event that is known already: a vendor that got no answer
   * sends it again, and so may somebody who has overheard it.
   */
  async record(account: string, event: CallbackEvent, codeSeconds: number | undefined): Promise<boolean> {
    return this.database.transaction(async (sql) => {
      const found = await findDelivery(account, event, sql);
      if (!(await insertEvent(account, event, found, sql))) return false;
      if (found && event.click) await this.recordClick(found, event.click, { user: event.user, codeSeconds }, sql);
      return true;
    });
  }

  /** Forgets what was told long ago. */
  async purge(): Promise<void> {
    await this.database.query(`DELETE FROM callback_event WHERE received_at < now() - interval '30 days'`);
    await this.database.query(`DELETE FROM card WHERE created_at < now() - interval '90 days'`);
  }

  private async recordClick(
    card: CardKey,
    { code, key, selections }: CardClick,
    { codeSeconds, user }: { readonly user: string | undefined; readonly codeSeconds: number | undefined },
    sql: Sql,
  ): Promise<void> {
    const data = { user: user ?? '', key, selections };
    await this.events.record({ ...card, event: 'card_clicked', data }, sql);
    if (code === undefined || codeSeconds === undefined) return;
    await this.codes.keep({ ...card, code, source: 'click', lifetimeSeconds: codeSeconds }, sql);
  }
}

async function findDelivery(account: string, event: CallbackEvent, sql: Sql): Promise<CardKey | undefined> {
  const { click, providerMsgId } = event;
  const own = click && OWN_CARD_ID.exec(click.cardId);
  const [row] = click
    ? await sql.query<FoundDelivery>(BY_CARD, [account, storableText(click.cardId), own?.[1] ?? null, own?.[2] ?? null])
    : providerMsgId === undefined
      ? []
      : await sql.query<FoundDelivery>(BY_PROVIDER_ID, [account, storableText(providerMsgId)]);
  return row && { messageId: row.message_id, deliveryNo: row.delivery_no };
}

async function insertEvent(
  account: string,
  { details, happenedAt, identity, type, user }: CallbackEvent,
  found: CardKey | undefined,
  sql: Sql,
): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO callback_event (id, account, digest, type, user_id, details, message_id, delivery_no, happened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account, digest) DO NOTHING RETURNING id`,
    [
      newId(),
      account,
      sha256(identity),
      storableText(type),
      user === undefined ? null : storableText(user),
      jsonText(details),
      found?.messageId ?? null,
      found?.deliveryNo ?? null,
      happenedAt ?? null,
    ],
  );
  return rows.length > 0;
}
