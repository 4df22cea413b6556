import { isChangeable } from '../digest/digest.sql.js';
import { MAY_HAVE_ARRIVED } from '../unclear.sql.js';
import type { RecallCandidate } from './recall.js';
import { CONFIRMED_BY_DUPLICATE } from './recall.sql.js';

export interface CandidateRow {
  readonly message_id: string;
  readonly no: number;
  readonly channel: string;
  readonly status: string;
  readonly may_have_arrived: boolean;
  readonly is_confirmed: boolean;
  readonly is_merged: boolean;
  readonly sent_at: Date | null;
  readonly provider_msg_ids: string[];
  readonly account_gone: boolean;
}

/** It went, or goes, in a digest that can no longer be changed. */
const IS_MERGED = `(d.merged_into IS NOT NULL AND NOT EXISTS (
  SELECT FROM delivery g WHERE g.message_id = d.merged_into AND g.kind = 'digest' AND ${isChangeable('g')}))`;

/** Deliveries of some messages that were, are being, or might have been sent, with every provider id known. */
export const CANDIDATES = `
  SELECT d.message_id, d.no, d.channel, d.status, d.sent_at, ${MAY_HAVE_ARRIVED} AS may_have_arrived,
    ${CONFIRMED_BY_DUPLICATE} AS is_confirmed, ${IS_MERGED} AS is_merged, a.code IS NULL OR a.created_at > d.created_at AS account_gone,
    ARRAY(SELECT DISTINCT x.id FROM (
      SELECT d.provider_msg_id AS id UNION ALL
      SELECT t.provider_msg_id FROM attempt t WHERE t.message_id = d.message_id AND t.delivery_no = d.no) x
      WHERE x.id IS NOT NULL) AS provider_msg_ids
  FROM delivery d LEFT JOIN account a ON a.code = d.account
  WHERE d.message_id = ANY ($1::uuid[]) ORDER BY d.message_id, d.no`;

export const toCandidate = (row: CandidateRow): RecallCandidate => ({
  messageId: row.message_id,
  no: row.no,
  channel: row.channel,
  status: row.status,
  providerMsgIds: row.provider_msg_ids,
  accountGone: row.account_gone,
  mayHaveArrived: row.may_have_arrived,
  isConfirmed: row.is_confirmed,
  isMerged: row.is_merged,
  ...(row.sent_at && { sentAt: row.sent_at }),
});
