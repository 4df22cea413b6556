import type { ProviderResponse } from './provider-http.js';

const LONGEST_MS = 3_600_000;

/** What `Retry-After` asks for, in ms from `now`, bounded to 0–1 h; undefined when absent or unreadable. */
export function retryAfterMs(headers: ProviderResponse['headers'], now: Date): number | undefined {
  const header = headers['retry-after'];
  const text = Array.isArray(header) ? header[0] : header;
  if (!text) return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_MS);
}
