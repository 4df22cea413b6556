import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** Default 5,000. */
  readonly deadlineMs?: number;
  /** Default 20. */
  readonly intervalMs?: number;
  /** Says in the error what was waited for. */
  readonly what?: string;
}

/**
 * Polls until `condition` answers something truthy, and answers that. A throw counts as "not yet", so expectations may
 * stand inside; the last one is reported when the deadline passes.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { deadlineMs = 5_000, intervalMs = 20, what = 'the condition' }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + deadlineMs;
  let lastError: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await delay(intervalMs);
  } while (performance.now() < deadline);
  throw lastError ?? new Error(`Waited ${deadlineMs} ms in vain for ${what}`);
}
