import { describeReason, type Language, type LocalizedText } from '#libs/core';
import { MESSAGE_COLUMNS, instant, toMessageView, type MessageRow } from './message-rows.js';
import type { MessageView } from './message-view.js';
import type { ProviderWords, Reader } from './provider-words.js';

/** A message with what a list tells of its deliveries and recipients. */
export interface ListedRow extends MessageRow {
  readonly caller: string | null;
  readonly accounts: readonly string[];
  readonly first_recipient: string | null;
  /** Channel and latest time of what was sent and has not been taken back. */
  readonly sent: readonly (readonly [channel: string, sentAtMs: number])[] | null;
  readonly waits_for: string | null;
}

export const LISTED_COLUMNS = `${MESSAGE_COLUMNS},
  (SELECT c.code FROM caller c WHERE c.id = m.caller_id) AS caller,
  ARRAY(SELECT DISTINCT d.account FROM delivery d WHERE d.message_id = m.id ORDER BY 1) AS accounts,
  (SELECT r.ref FROM recipient r WHERE r.message_id = m.id ORDER BY r.row_no LIMIT 1) AS first_recipient,
  (SELECT json_agg(json_build_array(s.channel, s.ms)) FROM (
     SELECT d.channel, floor(extract(epoch FROM max(d.sent_at)) * 1000)::bigint AS ms FROM delivery d
     WHERE d.message_id = m.id AND d.status IN ('sent', 'partial') AND d.provider_msg_id IS NOT NULL
     GROUP BY d.channel) s) AS sent,
  CASE WHEN m.open_rows > 0 THEN (
    SELECT d.reason FROM delivery d WHERE d.message_id = m.id AND d.status = 'scheduled'
    ORDER BY d.next_attempt_at, d.no LIMIT 1) END AS waits_for`;

/** `{n}` recipients; in the order in which they are told. */
const COUNTED: Readonly<Record<string, LocalizedText>> = {
  read: { zh: '{n} 位已读', en: '{n} read it' },
  delivered: { zh: '{n} 位已送达', en: '{n} got it' },
  sent: { zh: '{n} 位已发送', en: 'sent to {n}' },
  pending: { zh: '{n} 位待发送', en: '{n} to go' },
  unknown: { zh: '{n} 位结果未知', en: 'unclear for {n}' },
  failed: { zh: '{n} 位失败', en: 'failed for {n}' },
  invalid: { zh: '{n} 位收件人无效', en: '{n} refused as recipients' },
  suppressed: { zh: '{n} 位按规则未发', en: 'kept from {n} by a rule' },
  canceled: { zh: '{n} 位已取消', en: 'canceled for {n}' },
  expired: { zh: '{n} 位已过期', en: 'too late for {n}' },
  recalled: { zh: '{n} 位已撤回', en: 'taken back from {n}' },
};

const WAITS: LocalizedText = { zh: '等待：{reason}', en: 'waits: {reason}' };

function labelOf(reason: string | null | undefined, language: Language): string | undefined {
  if (reason === null || reason === undefined) return undefined;
  return describeReason(reason)?.label[language] ?? reason;
}

/** What became of a message, in one sentence. */
export function messageSentence(
  { counts, reason }: Pick<MessageView, 'counts' | 'reason'>,
  waitsFor: string | null,
  language: Language,
): string {
  const counted = Object.entries(COUNTED).flatMap(([status, text]) => {
    const count = counts[status as keyof typeof counts];
    return count ? text[language].replace('{n}', String(count)) : [];
  });
  const label = labelOf(reason, language);
  const wait = labelOf(waitsFor, language);
  const parts = [...counted, ...(wait === undefined ? [] : [WAITS[language].replace('{reason}', wait)])];
  const [comma, colon, stop] = language === 'zh' ? ['，', '：', '。'] : [', ', ': ', '.'];
  const told = parts.join(comma) + (label === undefined ? '' : `${colon}${label}`);
  return told.charAt(0).toUpperCase() + told.slice(1) + stop;
}

function recallableUntil({ sent }: ListedRow, words: ProviderWords): Date | undefined {
  const ends = (sent ?? []).map(([channel, ms]) => ms + (words.recallSecondsOf(channel) ?? -Infinity) * 1000);
  const last = Math.max(...ends);
  return last > Date.now() ? new Date(last) : undefined;
}

/** The message with its sentence and what else a list shows. */
export function describeMessage(row: ListedRow, words: ProviderWords, { language = 'en' }: Reader): MessageView {
  const view = toMessageView(row);
  const until = recallableUntil(row, words);
  return {
    ...view,
    sentence: messageSentence(view, row.waits_for, language),
    ...(until && { recallableUntil: instant(until) }),
    ...(row.caller !== null && { caller: row.caller }),
    accounts: row.accounts,
    ...(row.first_recipient !== null && { firstRecipient: row.first_recipient }),
  };
}
