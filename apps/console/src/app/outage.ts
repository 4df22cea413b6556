import { onlineManager } from '@tanstack/react-query';
import { ApiError } from '../api/client.js';
import { Store, useStore } from '../session/store.js';

/** While nothing answers: since when, and when it is tried next (milliseconds since 1970). */
export interface Outage {
  readonly since: number;
  readonly nextTryAt: number;
}

const WAITS_MS = [5_000, 10_000, 20_000, 60_000];

const store = new Store<Outage | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;
let tries = 0;

export const useOutage = (): Outage | undefined => useStore(store);

/** No answer, or one that says "not now". */
export const isOutage = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 503);

/** Holds back every question until the service answers again: they wait, what is on screen stays. */
export function reportOutage(): void {
  if (store.get() !== undefined) return;
  tries = 0;
  plan(Date.now());
  onlineManager.setOnline(false);
}

// A browser that has lost its network says so before any question fails, and that it has one again before any is answered.
onlineManager.subscribe((isOnline) => {
  if (!isOnline) return reportOutage();
  if (store.get() === undefined) return;
  onlineManager.setOnline(false);
  void tryAgain();
});

function plan(since: number): void {
  const wait = WAITS_MS[Math.min(tries, WAITS_MS.length - 1)] ?? 0;
  tries += 1;
  store.set({ since, nextTryAt: Date.now() + wait });
  clearTimeout(timer);
  timer = setTimeout(() => void tryAgain(), wait);
}

export async function tryAgain(): Promise<void> {
  const current = store.get();
  if (!current) return;
  const answer = await fetch('/health/ready').catch(() => undefined);
  if (!answer?.ok) return plan(current.since);
  clearTimeout(timer);
  store.set(undefined);
  onlineManager.setOnline(true);
}
