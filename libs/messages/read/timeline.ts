import { describeReason, isJsonObject, type JsonObject, type JsonValue, type Language } from '#libs/core';
import { instant, type DeliveryRow, type MessageRow } from './message-rows.js';
import type { TimelineEvent } from './message-view.js';
import {
  FALLBACK_TEXTS,
  OUTCOME_TEXTS,
  RECEIPT_TEXTS,
  TIMELINE_TEXTS,
  type TimelineEventName,
} from './timeline-texts.js';

export interface TimelineAttemptRow {
  readonly delivery_no: number;
  readonly no: number;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly code: string | null;
}

/** Recipients of one delivery that share a fate. */
export interface TimelineFateRow {
  readonly delivery_no: number;
  readonly status: string;
  readonly reason: string | null;
  readonly count: number;
  readonly at: Date;
}

export interface TimelineRecallRow {
  readonly delivery_no: number;
  readonly status: string;
  readonly reason: string | null;
  readonly updated_at: Date;
}

export interface TimelineEventRow {
  readonly at: Date;
  readonly event: string;
  readonly delivery_no: number | null;
  readonly reason: string | null;
  readonly data: JsonObject | null;
}

/** Everything that rows say about the life of a message. */
export interface TimelineSource {
  readonly message: MessageRow;
  readonly deliveries: readonly DeliveryRow[];
  readonly attempts: readonly TimelineAttemptRow[];
  readonly fates: readonly TimelineFateRow[];
  readonly recalls: readonly TimelineRecallRow[];
  readonly events: readonly TimelineEventRow[];
  /** Channels that tell nothing after "sent", and why, in the language of the timeline. */
  readonly silent?: ReadonlyMap<string, string>;
}

interface Draft extends Omit<TimelineEvent, 'at' | 'text' | 'event'> {
  readonly at: Date;
  readonly event: TimelineEventName;
  readonly values?: Readonly<Record<string, JsonValue>>;
  /** Order among events of the same instant. */
  readonly rank: number;
}

/** Sources of a digest that its timeline names. */
const MOST_JOINED = 20;

const optional = <K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> =>
  value === null || value === undefined ? {} : ({ [key]: value } as Record<K, V>);

const noteEvent = ({ code }: JsonObject): TimelineEventName =>
  typeof code === 'string' && isTold(code) ? code : 'content_cut';

function messageDrafts({ message, deliveries }: TimelineSource): Draft[] {
  const at = message.created_at;
  const planned = { recipients: message.recipient_count, deliveries: message.delivery_count };
  const recall = message.recall_requested_at;
  const notes = deliveries.flatMap((delivery) =>
    (delivery.notes ?? []).map((note): Draft => ({
      at: delivery.updated_at,
      event: noteEvent(note),
      rank: 2,
      deliveryNo: delivery.no,
      values: note,
    })),
  );
  return [
    { at, event: 'accepted', rank: 0 },
    { at, event: 'planned', rank: 1, values: planned },
    ...joinedDrafts(message),
    ...notes,
    ...(recall ? [{ at: recall, event: 'recall_requested', rank: 0 } as const] : []),
  ];
}

/** What a digest carries, as long as its content is kept. */
function joinedDrafts({ created_at: at, inline_content: content }: MessageRow): Draft[] {
  const parts = content?.['parts'];
  if (!Array.isArray(parts)) return [];
  const ids = parts.flatMap((part) => {
    const id = isJsonObject(part) ? part['messageId'] : undefined;
    return typeof id === 'string' ? [id] : [];
  });
  const rest = ids.length > MOST_JOINED ? ' …' : '';
  const values = { count: ids.length, messages: ids.slice(0, MOST_JOINED).join(', ') + rest };
  return [{ at, event: 'joined', rank: 1, values }];
}

function attemptDrafts(attempt: TimelineAttemptRow): Draft[] {
  const { delivery_no: deliveryNo, finished_at: finishedAt, no, outcome } = attempt;
  const base = { deliveryNo, attempt: no, values: { attempt: no } };
  const began: Draft[] = [
    { ...base, at: attempt.started_at, event: 'claimed', rank: 2 },
    { ...base, at: attempt.started_at, event: 'attempt_started', rank: 3 },
  ];
  if (!finishedAt) return began;
  const provider = attempt.code === null ? undefined : { code: attempt.code };
  const ended: Draft = {
    ...base,
    at: finishedAt,
    event: 'attempt_finished',
    rank: 4,
    values: { attempt: no, outcome: outcome ?? 'unknown' },
    ...optional('outcome', outcome),
    ...optional('reason', attempt.reason),
    ...optional('provider', provider),
  };
  return [...began, ended];
}

/** Vendors' words for "slower": what waits for them waits for room. */
const THROTTLED: readonly (string | null)[] = ['provider_throttled', 'rate_limited'];

/** A wait that led to the next attempt is over: no row tells of it but the attempts on both its sides. */
function retryDrafts(attempts: readonly TimelineAttemptRow[]): Draft[] {
  return attempts.flatMap((attempt, index): Draft[] => {
    const { delivery_no: deliveryNo, finished_at: at, outcome, reason } = attempt;
    const wentOn = attempts[index + 1]?.delivery_no === deliveryNo;
    if (!wentOn || !at || (outcome !== 'not_sent' && outcome !== 'unknown')) return [];
    const sent = THROTTLED.includes(reason) ? 'rate_limited' : 'retry';
    return [
      { at, deliveryNo, event: 'rescheduled', rank: 6, reason: outcome === 'unknown' ? 'ambiguous_retry' : sent },
    ];
  });
}

/** A gate that people or refused credentials closed; every other wait has a time of its own. */
const GATES: readonly (string | null)[] = ['account_paused', 'queue_paused'];

const waitEvent = (reason: string | null): TimelineEventName => (GATES.includes(reason) ? 'paused' : 'rescheduled');

function deliveryDrafts(delivery: DeliveryRow, silent: TimelineSource['silent']): Draft[] {
  const { no: deliveryNo, reason, sent_at: sentAt, status, updated_at: at } = delivery;
  const drafts: Draft[] = [];
  const why = silent?.get(delivery.channel);
  const values = why === undefined ? {} : { values: { why: ` · ${why}` } };
  if (sentAt) drafts.push({ at: sentAt, event: 'sent', rank: 5, deliveryNo, ...values });
  const ended = {
    at,
    deliveryNo,
    rank: 6,
    ...optional('reason', reason),
    ...optional('provider', providerOf(delivery)),
  };
  // What is in a digest has an event of its own that says so.
  if (status === 'scheduled' && reason !== 'merged') drafts.push({ ...ended, event: waitEvent(reason) });
  if (status === 'failed') drafts.push({ ...ended, event: 'failed' });
  if (status === 'expired') drafts.push({ ...ended, event: 'expired' });
  if (status === 'canceled') drafts.push({ ...ended, event: 'canceled' });
  return drafts;
}

function providerOf({ error }: DeliveryRow): JsonObject | undefined {
  const provider = error?.['provider'];
  return typeof provider === 'object' && provider !== null && !Array.isArray(provider) ? provider : undefined;
}

function fateDrafts(fate: TimelineFateRow): Draft[] {
  const base = { at: fate.at, deliveryNo: fate.delivery_no, rank: 5, values: { count: fate.count } };
  const reason = optional('reason', fate.reason);
  if (fate.status === 'invalid') return [{ ...base, ...reason, event: 'recipient_refused' }];
  return fate.status === 'suppressed' ? [{ ...base, ...reason, event: 'suppressed' }] : [];
}

function recallDrafts({ delivery_no: deliveryNo, reason, status, updated_at: at }: TimelineRecallRow): Draft[] {
  if (status === 'recalled') return [{ at, event: 'recalled', rank: 7, deliveryNo }];
  const failed = status === 'failed' || status === 'uncertain';
  return failed ? [{ at, event: 'recall_failed', rank: 7, deliveryNo, ...optional('reason', reason) }] : [];
}

function isTold(event: string): event is TimelineEventName {
  return event in TIMELINE_TEXTS;
}

function eventDrafts(row: TimelineEventRow, deliveries: readonly DeliveryRow[]): Draft[] {
  if (!isTold(row.event)) return [];
  // The wait that still lasts stands in the delivery row already.
  const lasts = deliveries.some(({ no, status, updated_at: at }) => {
    return row.event === 'rescheduled' && no === row.delivery_no && status === 'scheduled' && +at === +row.at;
  });
  if (lasts) return [];
  const values = row.data ? { values: row.data } : {};
  const where = { ...optional('deliveryNo', row.delivery_no), ...optional('reason', row.reason) };
  const click = row.event === 'card_clicked' ? optional('click', row.data) : {};
  const event = row.event === 'rescheduled' ? waitEvent(row.reason) : row.event;
  return [{ at: row.at, event, rank: 6, ...values, ...where, ...click }];
}

function receiptText(values: Draft['values'], language: Language): string {
  const parts = Object.entries(RECEIPT_TEXTS).flatMap(([kind, text]) => {
    const count = values?.[kind];
    return typeof count === 'number' ? text[language].replace('{n}', String(count)) : [];
  });
  return parts.join(language === 'zh' ? '，' : ', ');
}

function sentence({ event, reason, values }: Draft, language: Language): string {
  const known = reason === undefined ? undefined : (describeReason(reason)?.label ?? FALLBACK_TEXTS[reason]);
  const label = known?.[language] ?? reason;
  const outcome = values?.['outcome'];
  const outcomeText = typeof outcome === 'string' ? OUTCOME_TEXTS[outcome]?.[language] : undefined;
  const receipt = event === 'receipt' ? (label ?? receiptText(values, language)) : undefined;
  const filled: Record<string, JsonValue | undefined> = { ...values, reason: label, outcome: outcomeText, receipt };
  return TIMELINE_TEXTS[event][language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = filled[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}

/** Tells the life of a message, oldest first, from what its rows say. Pure. */
export function assembleTimeline(source: TimelineSource, language: Language): readonly TimelineEvent[] {
  const drafts = [
    ...messageDrafts(source),
    ...source.attempts.flatMap(attemptDrafts),
    ...retryDrafts(source.attempts),
    ...source.deliveries.flatMap((delivery) => deliveryDrafts(delivery, source.silent)),
    ...source.fates.flatMap(fateDrafts),
    ...source.recalls.flatMap(recallDrafts),
    ...source.events.flatMap((row) => eventDrafts(row, source.deliveries)),
  ];
  drafts.sort(
    (a, b) => a.at.getTime() - b.at.getTime() || a.rank - b.rank || (a.deliveryNo ?? 0) - (b.deliveryNo ?? 0),
  );
  return drafts.map((draft) => {
    const { at, event, rank: _rank, values: _values, ...rest } = draft;
    return { at: instant(at), event, text: sentence(draft, language), ...rest };
  });
}
