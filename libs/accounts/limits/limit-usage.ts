import { isCounted, lengthMs, type AppliedLimit } from './applied-limits.js';

/** A row of the ledger. */
export interface LedgerRow {
  /** The newest calls, oldest first. */
  readonly calls: readonly Date[];
  /** Parts of counted windows: limit, number of the part, calls in it. */
  readonly keys: readonly string[];
  readonly slots: readonly (string | number)[];
  readonly counts: readonly number[];
}

export const EMPTY_ROW: LedgerRow = { calls: [], keys: [], slots: [], counts: [] };

const PARTS = 6;
const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;
/** Dates are cut to milliseconds; a slot must be free when its time has come. */
const ROUNDING_MS = 2;

interface Part {
  readonly slot: number;
  readonly n: number;
}

type Window = Pick<AppliedLimit, 'key' | 'period' | 'windowSeconds' | 'countsPeople' | 'max'>;

/** The same moments as in SQL. */
function beginOf({ period, windowSeconds }: Window, now: Date): Date {
  if (period === 'rolling') return new Date(now.getTime() - lengthMs(windowSeconds));
  return chinaDate(now, period === 'day' ? {} : { day: 1 });
}

/** When a calendar window begins anew. */
export function endOfPeriod(period: 'day' | 'month', now: Date): Date {
  return period === 'day' ? new Date(chinaDate(now).getTime() + DAY_MS) : chinaDate(now, { day: 1, months: 1 });
}

function chinaDate(at: Date, { day, months = 0 }: { readonly day?: number; readonly months?: number } = {}): Date {
  const local = new Date(at.getTime() + CHINA_OFFSET_MS);
  const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, day ?? local.getUTCDate());
  return new Date(midnight - CHINA_OFFSET_MS);
}

function slotOf({ period, windowSeconds }: Window, at: Date): number {
  if (period === 'rolling') return Math.floor((at.getTime() * PARTS) / (windowSeconds * 1000));
  const local = new Date(at.getTime() + CHINA_OFFSET_MS);
  if (period === 'day') return Math.floor(local.getTime() / DAY_MS);
  return local.getUTCFullYear() * 12 + local.getUTCMonth() + 1;
}

const callsIn = (row: LedgerRow, limit: Window, now: Date): readonly Date[] =>
  row.calls.filter((call) => call > beginOf(limit, now));

function partsIn(row: LedgerRow, limit: Window, now: Date): readonly Part[] {
  const first = slotOf(limit, now) - (limit.period === 'rolling' ? PARTS : 0);
  return row.keys
    .map((key, index) => ({ key, slot: Number(row.slots[index]), n: row.counts[index] ?? 0 }))
    .filter(({ key, slot }) => key === limit.key && slot >= first)
    .sort((a, b) => a.slot - b.slot);
}

/** Calls, or people, that the window holds. */
export function usedIn(row: LedgerRow, limit: Window, now: Date): number {
  const counted = partsIn(row, limit, now).reduce((sum, { n }) => sum + n, 0);
  return limit.countsPeople ? counted : Math.max(counted, callsIn(row, limit, now).length);
}

/**
 * When the `rank`-th of those who wait now could have room, were `max` calls allowed; `now` when there is room already.
 */
export function freeAt(row: LedgerRow, limit: Window, max: number, now: Date, rank = 1): Date {
  const leaving = usedIn(row, limit, now) + rank - max;
  if (leaving <= 0) return now;
  if (limit.period !== 'rolling') return endOfPeriod(limit.period, now);
  const ends = isCounted(limit) ? endsOfParts(row, limit, now) : endsOfCalls(row, limit, now);
  const windowMs = lengthMs(limit.windowSeconds);
  if (ends.length === 0) return new Date(now.getTime() + windowMs);
  const rounds = Math.floor((leaving - 1) / ends.length);
  const end = ends[(leaving - 1) % ends.length] ?? now;
  return new Date(end.getTime() + rounds * windowMs + ROUNDING_MS);
}

const endsOfCalls = (row: LedgerRow, limit: Window, now: Date): readonly Date[] =>
  callsIn(row, limit, now)
    .map((call) => new Date(call.getTime() + lengthMs(limit.windowSeconds)))
    .sort((a, b) => a.getTime() - b.getTime());

function endsOfParts(row: LedgerRow, limit: Window, now: Date): readonly Date[] {
  const partMs = (limit.windowSeconds * 1000) / PARTS;
  return partsIn(row, limit, now).flatMap(({ n, slot }) =>
    Array.from({ length: n }, () => new Date((slot + PARTS + 1) * partMs)),
  );
}

/** When the window is used up if it goes on as since the window began; undefined where that cannot be told. */
export function exhaustedAt(row: LedgerRow, limit: Window, now: Date): Date | undefined {
  if (limit.period === 'rolling' || limit.max === null) return undefined;
  const used = usedIn(row, limit, now);
  const sinceMs = now.getTime() - beginOf(limit, now).getTime();
  if (used === 0 || used >= limit.max || sinceMs <= 0) return undefined;
  const at = new Date(now.getTime() + ((limit.max - used) * sinceMs) / used);
  return at < endOfPeriod(limit.period, now) ? at : undefined;
}
