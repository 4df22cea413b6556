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

/**
 * The end of the quiet hours that `now` lies in, or undefined outside of them. The end is where the wall clock shows
 * `to` next; a change of summer time in between is corrected.
 */
export function quietUntil({ from, to, timeZone }: QuietHours, now: Date): Date | undefined {
  const start = minutesOf(from);
  const end = minutesOf(to);
  const wall = wallMinutes(now, timeZone);
  const sinceStart = (wall - start + DAY_MINUTES) % DAY_MINUTES;
  const length = (end - start + DAY_MINUTES) % DAY_MINUTES;
  if (sinceStart >= length) return undefined;
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const guess = new Date(minute + (length - sinceStart) * MINUTE_MS);
  const drift = ((wallMinutes(guess, timeZone) - end + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2;
  return new Date(guess.getTime() - drift * MINUTE_MS);
}
