import type { JsonObject } from '#libs/core';
import type { SealedSecret } from '#libs/security';
import { FINAL_RECIPIENT_STATUSES, type FinalRecipientStatus } from '../states.js';
import { counterColumn } from '../message-status.js';
import { priorityName } from '../plan/message-plan.js';
import type { DeliveryView, MessageView } from './message-view.js';

type Counters = Readonly<Record<`n_${FinalRecipientStatus}`, number>>;

export interface MessageRow extends Counters {
  readonly id: string;
  readonly caller_id: string;
  readonly template: string | null;
  readonly template_version: number | null;
  readonly inline_content: JsonObject | null;
  readonly status: string;
  readonly shown_status: string;
  readonly reason: string | null;
  readonly priority: number;
  readonly params: JsonObject;
  readonly metadata: JsonObject | null;
  readonly business_key: string | null;
  readonly batch_id: string | null;
  readonly send_at: Date | null;
  readonly expire_at: Date;
  readonly recipient_count: number;
  readonly delivery_count: number;
  readonly open_rows: number;
  readonly recall_requested_at: Date | null;
  readonly recall_id: string | null;
  readonly merged_into: string | null;
  readonly content_purged_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly channels: string[];
}

export interface DeliveryRow {
  readonly message_id: string;
  readonly no: number;
  readonly kind: string;
  readonly route_no: number;
  readonly channel: string;
  readonly account: string;
  readonly status: string;
  readonly reason: string | null;
  readonly params: JsonObject | null;
  readonly attempts: number;
  readonly possible_duplicate: boolean;
  readonly provider_msg_id: string | null;
  /** Plain text of an older release; `ResponseCodes` finds either. */
  readonly response_code: string | null;
  readonly sealed_code: SealedSecret | null;
  readonly error: JsonObject | null;
  readonly notes: JsonObject[] | null;
  readonly next_attempt_at: Date | null;
  readonly sent_at: Date | null;
  readonly recall: JsonObject | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/**
 * While rows are open the stored status is `accepted`; what is shown is derived: `sending` once any delivery is being
 * sent or has been tried, `scheduled` while all of them wait.
 */
export const SHOWN_STATUS = `
  CASE WHEN m.open_rows = 0 THEN m.status ELSE (
    SELECT CASE WHEN bool_or(d.attempts > 0 OR d.status = 'sending') THEN 'sending'
                WHEN bool_and(d.status = 'scheduled') FILTER (WHERE d.status IN ('accepted', 'scheduled'))
                THEN 'scheduled' ELSE 'accepted' END
    FROM delivery d WHERE d.message_id = m.id) END`;

export const MESSAGE_COLUMNS = `
  m.*, ${SHOWN_STATUS} AS shown_status,
  ARRAY(SELECT DISTINCT d.channel FROM delivery d WHERE d.message_id = m.id ORDER BY 1) AS channels`;

/** Deliveries that stand in a message itself; the rest is listed on its own. */
export const MAX_SHOWN_DELIVERIES = 100;

export const instant = (date: Date): string => date.toISOString();

function countsOf(row: MessageRow): MessageView['counts'] {
  const final = FINAL_RECIPIENT_STATUSES.map(
    (status) => [status, row[counterColumn(status) as keyof Counters]] as const,
  );
  const all = [['pending', row.open_rows] as const, ...final];
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}

export function toMessageView(row: MessageRow, deliveries?: readonly DeliveryView[]): MessageView {
  return {
    id: row.id,
    template: row.template,
    templateVersion: row.template_version,
    status: row.shown_status,
    ...(row.reason !== null && { reason: row.reason }),
    channels: row.channels,
    priority: priorityName(row.priority),
    ...(row.business_key !== null && { businessKey: row.business_key }),
    ...(row.batch_id !== null && { batchId: row.batch_id }),
    recipientCount: row.recipient_count,
    counts: countsOf(row),
    deliveryCount: row.delivery_count,
    deliveriesTruncated: row.delivery_count > MAX_SHOWN_DELIVERIES,
    duplicate: false,
    ...(row.send_at && { sendAt: instant(row.send_at) }),
    expireAt: instant(row.expire_at),
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
    ...(row.metadata && { metadata: row.metadata }),
    ...(row.recall_id !== null &&
      row.recall_requested_at && { recall: { id: row.recall_id, requestedAt: instant(row.recall_requested_at) } }),
    ...(row.merged_into !== null && { mergedInto: row.merged_into }),
    ...(row.content_purged_at && { contentPurgedAt: instant(row.content_purged_at) }),
    ...(deliveries && { deliveries }),
  };
}

/** What a row of itself does not tell. */
export interface DeliveryWords {
  /** What went wrong, as the reader may see it. */
  readonly error: JsonObject | undefined;
  /** Plain text. */
  readonly responseCode: string | undefined;
}

export function toDeliveryView(row: DeliveryRow, { error, responseCode }: DeliveryWords): DeliveryView {
  return {
    no: row.no,
    kind: row.kind,
    routeNo: row.route_no,
    channel: row.channel,
    account: row.account,
    status: row.status,
    attempts: row.attempts,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.provider_msg_id !== null && { providerMsgId: row.provider_msg_id }),
    ...(responseCode !== undefined && { responseCode }),
    ...(error && { error }),
    ...(row.next_attempt_at && row.status === 'scheduled' && { nextAttemptAt: instant(row.next_attempt_at) }),
    ...(row.sent_at && { sentAt: instant(row.sent_at) }),
    ...(row.recall && { recall: row.recall }),
    ...(row.possible_duplicate && { possibleDuplicate: true }),
  };
}
