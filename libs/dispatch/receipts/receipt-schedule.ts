/** From sending to the first question: the vendor works most tasks off within seconds. */
export const FIRST_QUESTION_MS = 5_000;

/** From each question to the next; the last one repeats until everything is told or the vendor's window closes. */
const WAITS_MS = [25_000, 120_000, 600_000, 3_600_000] as const;

/** A vendor that says "too late" may mean "not yet": it is believed when it repeats it. */
export const BELIEVED_AFTER_TRIES = 3;

/** A tenth more or less, so that what was sent together is not asked about together. */
export function nextQuestionMs(tries: number, random: () => number = Math.random): number {
  const waitMs = WAITS_MS[Math.min(tries, WAITS_MS.length - 1)] ?? 3_600_000;
  return Math.round(waitMs * (0.9 + random() * 0.2));
}
