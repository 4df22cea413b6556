import type { DeadLetterFilter } from './dead-letter.js';

const listed = (column: string, parameter: number): string =>
  `($${parameter}::text[] IS NULL OR ${column} = ANY ($${parameter}::text[]))`;

/**
 * Failed deliveries `d` with their message `m`; parameters 1 to 7 are `filterValues`. The index of failed deliveries
 * leads: however many others there are, they are not looked at. What a digest carried is listed, the digest is not.
 */
export const DEAD = `
  FROM delivery d JOIN message m ON m.id = d.message_id
  WHERE d.status = 'failed' AND d.kind <> 'digest' AND d.updated_at >= $1 AND ($2::timestamptz IS NULL OR d.updated_at < $2)
    AND ${listed('m.template', 3)} AND ${listed('d.channel', 4)} AND ${listed('d.account', 5)}
    AND ${listed('d.reason', 6)}
    AND ($7::text[] IS NULL OR d.caller_id IN (SELECT id FROM caller WHERE code = ANY ($7::text[])))`;

export const filterValues = (filter: DeadLetterFilter): readonly unknown[] => [
  filter.failedAfter,
  filter.failedBefore ?? null,
  filter.template ?? null,
  filter.channel ?? null,
  filter.account ?? null,
  filter.reason ?? null,
  filter.caller ?? null,
];

/** Recipients that are still the delivery's: a replay or a fallback takes them away. */
export const OWN_ROWS = `FROM recipient r WHERE r.message_id = d.message_id AND r.delivery_no = d.no`;
