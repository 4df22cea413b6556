/** Milliseconds, by nearest rank. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

/** Zeros when nothing was timed. */
export function percentilesOf(timesMs: readonly number[]): Percentiles {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Of a few runs: one that was disturbed does not decide. The upper one of two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
