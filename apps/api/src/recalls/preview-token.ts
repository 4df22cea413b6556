import { createHash } from 'node:crypto';
import type { RecallTarget } from './recall-request.reader.js';

/** Long enough to read the numbers and to type a code, too short to come back to after a meeting. */
const FRESH_MS = 60_000;

/** What a preview was about: the messages asked for, how many there were, and when. No secret, and no right. */
interface Previewed {
  readonly target: string;
  readonly messages: number;
  readonly at: number;
}

/** The end of a range is left out: what was made since is found by the number. */
const fingerprint = (target: RecallTarget): string => {
  const what =
    'messageIds' in target
      ? target.selector
      : { template: target.range.template, createdAfter: target.range.createdAfter.toISOString() };
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url');
};

export function previewToken(target: RecallTarget, messages: number, now: Date): string {
  const previewed: Previewed = { target: fingerprint(target), messages, at: now.getTime() };
  return Buffer.from(JSON.stringify(previewed)).toString('base64url');
}

/** Whether it was made within a minute, about the same messages, and there are as many. */
export function isFreshPreview(token: string, target: RecallTarget, messages: number, now: Date): boolean {
  const previewed = read(token);
  if (previewed?.target !== fingerprint(target) || previewed.messages !== messages) return false;
  return Math.abs(now.getTime() - (previewed.at ?? 0)) <= FRESH_MS;
}

function read(token: string): Partial<Previewed> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Somebody's own words: as good as a preview that never was.
    return undefined;
  }
}
