const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Waits between attempts: about three days in all. */
const WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  1 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
];
const JITTER = 0.1;

export const MAX_TRIES = WAITS_MS.length + 1;

/** How long to wait after so many tries, spread by up to a tenth; undefined: no further one. `random`: 0 to 1. */
export function waitAfter(tries: number, random: number = Math.random()): number | undefined {
  const waitMs = WAITS_MS[tries - 1];
  return waitMs === undefined ? undefined : Math.round(waitMs * (1 + JITTER * random));
}
