const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** No throttle is believed to last longer: a garbled date must not block an account for good. */
const LONGEST_WAIT_MS = DAY_MS;

const THROTTLE_END = /(?:处罚|限制)将在\s*(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})\s*结束/;

/**
 * How long the throttle named in a vendor's text still lasts (`处罚将在 2026-09-03 00:01:03 结束`, China time),
 * 1 s to 24 h; undefined when the text names no end.
 */
export function throttleWaitMs(text: string, now: Date): number | undefined {
  const [, day, time] = THROTTLE_END.exec(text) ?? [];
  const end = Date.parse(`${day}T${time}+08:00`);
  if (Number.isNaN(end)) return undefined;
  return Math.min(Math.max(end - now.getTime(), 1_000), LONGEST_WAIT_MS);
}

/** Milliseconds to the next midnight in China, when the vendor's daily quotas start anew. */
export function untilChinaMidnightMs(now: Date): number {
  return DAY_MS - ((now.getTime() + CHINA_OFFSET_MS) % DAY_MS);
}

/** Milliseconds to the next full minute, when limits per minute start anew. */
export const untilNextMinuteMs = (now: Date): number => 60_000 - (now.getTime() % 60_000);
