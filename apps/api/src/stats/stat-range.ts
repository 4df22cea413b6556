import { ValidationError } from '#libs/core';
import { oldestOf, type Grain } from '#libs/insight';
import type { AppConfig } from '#libs/config';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

interface AskedRange {
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
}

type GivenRange = Required<AskedRange>;

/** How long a series is when nobody says, and at most. */
const LENGTHS: Readonly<Record<Grain, { readonly usualMs: number; readonly mostMs: number; readonly most: string }>> = {
  minute: { usualMs: HOUR_MS, mostMs: DAY_MS, most: 'a day' },
  hour: { usualMs: DAY_MS, mostMs: 62 * DAY_MS, most: '62 days' },
  day: { usualMs: 30 * DAY_MS, mostMs: 3_653 * DAY_MS, most: 'ten years' },
};

const outOfRange = (message: string): ValidationError =>
  new ValidationError([{ parameter: 'createdAfter', code: 'out_of_range', message }]);

/** @throws ValidationError */
export function rangeOf({ createdAfter, createdBefore }: AskedRange, now: Date, usualMs = DAY_MS): GivenRange {
  const before = createdBefore ?? now;
  const after = createdAfter ?? new Date(before.getTime() - usualMs);
  if (after > before) throw outOfRange('must lie before `createdBefore`');
  return { createdAfter: after, createdBefore: before };
}

/** @throws ValidationError for more buckets than one answer holds, and for what is no longer kept as fine as that */
export function seriesRangeOf(
  query: AskedRange & { readonly bucket: Grain },
  now: Date,
  retention: AppConfig['stats'],
): GivenRange {
  const { most, mostMs, usualMs } = LENGTHS[query.bucket];
  const range = rangeOf(query, now, usualMs);
  if (range.createdBefore.getTime() - range.createdAfter.getTime() > mostMs) {
    throw outOfRange(`must lie at most ${most} before \`createdBefore\` with this bucket`);
  }
  const oldest = oldestOf(query.bucket, retention, now);
  if (range.createdAfter < oldest) {
    throw outOfRange(`must not lie before ${oldest.toISOString()}: what is older is kept by larger buckets only`);
  }
  return range;
}
