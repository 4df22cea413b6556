import { Inject, Injectable } from '@nestjs/common';
import type { Sql } from '#libs/database';
import { EventStore } from './event.store.js';

/** Waits that a person may cut short; limits, gates and doubts are not among them. */
const HURRIED = ['send_at', 'quiet_hours', 'retry', 'retry_backoff'];

const HURRY = `
  UPDATE delivery d SET next_attempt_at = now(), publish_at = now(), updated_at = now(),
    skips = array_append(array_remove(coalesce(d.skips, '{}'), 'quiet_hours'), 'quiet_hours')
  FROM message m
  WHERE m.id = $1 AND d.message_id = m.id AND d.status = 'scheduled' AND d.merged_into IS NULL AND d.reason = ANY ($2::text[])
    AND d.expire_at > now() AND m.recall_requested_at IS NULL AND d.recall_requested_at IS NULL
  RETURNING d.no`;

/** Makes due what waits for a time. */
@Injectable()
export class SendNowStore {
  constructor(@Inject(EventStore) private readonly events: EventStore) {}

  /** Numbers of the deliveries that the next pass of the sweep lets go, past quiet hours. */
  async sendNowIn(messageId: string, actor: string, sql: Sql): Promise<readonly number[]> {
    const rows = await sql.query<{ no: number }>(HURRY, [messageId, HURRIED]);
    const deliveries = rows.map(({ no }) => no);
    if (deliveries.length > 0) {
      await this.events.record({ messageId, event: 'sent_now', data: { actor, deliveries } }, sql);
    }
    return deliveries;
  }
}
