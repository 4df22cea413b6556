import type { Grain, StatRetention } from './stat-tables.js';

/** A stretch of time and the table that answers for it; `to` is outside. */
export interface Segment {
  readonly grain: Grain;
  readonly from: Date;
  readonly to: Date;
}

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const down = (ms: number, unit: number): number => Math.floor(ms / unit) * unit;
const up = (ms: number, unit: number): number => Math.ceil(ms / unit) * unit;

/** How the local days of a time zone begin; the offset is that of the instant asked about. */
export function startOfDay(instantMs: number, timeZone: string): number {
  const offsetMs = offsetOf(instantMs, timeZone);
  const startMs = down(instantMs + offsetMs, DAY_MS) - offsetMs;
  // The clocks may have been changed since midnight.
  return startMs + offsetMs - offsetOf(startMs, timeZone);
}

function offsetOf(instantMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(instantMs).replace(' ', 'T')}Z`) - down(instantMs, 1_000);
}

interface Kept {
  /** Nothing was accepted later than that. */
  readonly untilMs: number;
  readonly hoursMs: number;
  readonly minutesMs: number;
}

/** Since when whole hours are to be had, and since when whole minutes; a margin for what is being forgotten just now. */
function keptSince({ hourDays, minuteDays, timeZone }: StatRetention, nowMs: number): Kept {
  const minutesMs = up(nowMs - minuteDays * DAY_MS, HOUR_MS) + HOUR_MS;
  const untilMs = nowMs + DAY_MS;
  if (hourDays === Infinity) return { hoursMs: -Infinity, minutesMs, untilMs };
  return { hoursMs: startOfDay(nowMs - (hourDays - 1) * DAY_MS, timeZone), minutesMs, untilMs };
}

/** Outwards to what can be told apart at either end. */
function widened(range: TimeRange, { hoursMs, minutesMs, untilMs }: Kept, timeZone: string): readonly [number, number] {
  const [fromMs, toMs] = [Math.max(range.from.getTime(), 0), Math.min(range.to.getTime(), untilMs)];
  const from = fromMs < hoursMs ? startOfDay(fromMs, timeZone) : down(fromMs, fromMs < minutesMs ? HOUR_MS : MINUTE_MS);
  if (toMs <= hoursMs) return [from, Math.min(startOfDay(toMs - 1, timeZone) + DAY_MS, hoursMs)];
  return [from, up(toMs, toMs <= minutesMs ? HOUR_MS : MINUTE_MS)];
}

/**
 * The fewest rows that hold a range exactly: whole days from the days, whole hours from the hours, minutes at the edges.
 * Where minutes are no longer kept the edge moves out to the full hour, where hours are not, to the days; the segments
 * tell what was counted.
 * @param isByDay whether a day may be told as a whole: not where hours are to be told apart, or days of another time zone
 */
export function segmentsOf(range: TimeRange, retention: StatRetention, now: Date, isByDay = false): readonly Segment[] {
  const kept = keptSince(retention, now.getTime());
  if (range.to.getTime() <= 0 || range.from.getTime() >= kept.untilMs) return [];
  const [from, to] = widened(range, kept, retention.timeZone);
  const fineFrom = Math.max(from, kept.hoursMs);
  const firstHour = up(fineFrom, HOUR_MS);
  const lastHour = Math.max(down(to, HOUR_MS), firstHour);
  const [firstDay, lastDay] = isByDay ? wholeDays(firstHour, lastHour, retention.timeZone) : [lastHour, lastHour];
  const bounds: (readonly [Grain, number, number])[] = [
    ['day', from, Math.min(to, kept.hoursMs)],
    ['minute', fineFrom, Math.min(to, firstHour)],
    ['hour', firstHour, firstDay],
    ['day', firstDay, lastDay],
    ['hour', lastDay, lastHour],
    ['minute', lastHour, to],
  ];
  return bounds
    .filter(([, start, end]) => start < end)
    .map(([grain, start, end]) => ({ grain, from: new Date(start), to: new Date(end) }));
}

/** The midnights between which whole days lie; both the end where there are none, or where midnights are no full hours. */
function wholeDays(fromMs: number, toMs: number, timeZone: string): readonly [number, number] {
  // A day and a quarter later it is the next one for certain, whatever clocks do.
  const startMs = startOfDay(fromMs, timeZone);
  const first = startMs === fromMs ? startMs : startOfDay(startMs + 1.25 * DAY_MS, timeZone);
  const last = startOfDay(toMs, timeZone);
  const isAligned = first % HOUR_MS === 0 && last % HOUR_MS === 0;
  return isAligned && first < last ? [first, last] : [toMs, toMs];
}

/** The oldest instant that can still be told apart to the minute, hour or day. */
export function oldestOf(grain: Grain, retention: StatRetention, now: Date): Date {
  const { hoursMs, minutesMs } = keptSince(retention, now.getTime());
  const oldestMs = { minute: minutesMs, hour: hoursMs, day: -Infinity }[grain];
  return new Date(Math.max(oldestMs, 0));
}
