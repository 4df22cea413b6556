import type { QuietHours } from '#libs/templates';

const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return format;
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Minutes after midnight on the wall clock of a time zone. */
const wallMinutes = (instant: Date, timeZone: string): number => minutesOf(formatFor(timeZone).format(instant));

/** Minutes of quiet left on the wall clock; 0 outside of quiet hours. */
function quietMinutesLeft({ from, to, timeZone }: QuietHours, instant: Date): number {
  const start = minutesOf(from);
  const sinceStart = (wallMinutes(instant, timeZone) - start + DAY_MINUTES) % DAY_MINUTES;
  const length = (minutesOf(to) - start + DAY_MINUTES) % DAY_MINUTES;
  return Math.max(0, length - sinceStart);
}

/**
 * The end of the quiet hours that `now` lies in, or undefined outside of them. The end is where the wall clock shows
 * `to` next, or jumps over it; a change of summer time in between is corrected.
 */
export function quietUntil(quietHours: QuietHours, now: Date): Date | undefined {
  const left = quietMinutesLeft(quietHours, now);
  if (left === 0) return undefined;
  const end = minutesOf(quietHours.to);
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const guess = minute + left * MINUTE_MS;
  const wall = wallMinutes(new Date(guess), quietHours.timeZone);
  const drift = ((wall - end + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2;
  let until = new Date(guess - drift * MINUTE_MS);
  // On the day when the clock jumps over `to`, the quiet hours end with the jump.
  while (quietMinutesLeft(quietHours, until) > 0) until = new Date(until.getTime() + MINUTE_MS);
  return until;
}
