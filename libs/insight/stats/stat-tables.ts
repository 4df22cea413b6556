/** Levels that figures are kept on. Each is complete in itself: what one forgets, the coarser ones still hold. */
export const GRAINS = ['minute', 'hour', 'day'] as const;

export type Grain = (typeof GRAINS)[number];

export const tableOf = (grain: Grain): string => `stat_${grain}`;

/**
 * `recipients` rows by status and reason · `messages` accepted · `latency` recipients by bucket of the time to sending ·
 * `throttled` ms in line for a slot · `calls` refused, by the vendor's code and our reason · `emptied` deliveries that
 * nobody waits for any more, by the minute in which that came about.
 */
export type Measure = 'recipients' | 'messages' | 'latency' | 'throttled' | 'calls' | 'emptied';

export const KEY_COLUMNS = 'measure, at, caller_id, template, channel, account, label, detail';

/** How long figures are kept and whose midnight ends a day. */
export interface StatRetention {
  /** Days; `Infinity`: for ever. */
  readonly minuteDays: number;
  readonly hourDays: number;
  readonly dayDays: number;
  readonly timeZone: string;
}
