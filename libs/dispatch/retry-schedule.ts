/** Longest wait before each further attempt; the last one repeats. */
const CEILINGS_MS = [1_000, 5_000, 30_000, 120_000, 600_000, 1_800_000] as const;

/** Attempts that count, the first included. */
export const MAX_ATTEMPTS = 8;

/** Full jitter: anything from nothing to the ceiling, so that what failed together does not come back together. */
export function retryDelayMs(attempts: number, random: () => number = Math.random): number {
  const ceiling = CEILINGS_MS[Math.min(Math.max(attempts, 1), CEILINGS_MS.length) - 1] ?? 1_000;
  return Math.round(random() * ceiling);
}

/** The provider could not be reached at all: nothing was charged, ask again soon. */
export const unreachableDelayMs = (random: () => number = Math.random): number => Math.round(1_000 + random() * 4_000);
