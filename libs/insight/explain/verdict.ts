import type { Decision } from './decision.js';
import { sentenceOfReason, type Evidence } from './evidence.js';
import type { Fate } from './fate.js';
import { CHAIN_TEXTS, VERDICT_TEXTS, fill, wallClock, type VerdictCode } from './texts.js';

export type VerdictFamily = 'ok' | 'sent' | 'waiting' | 'stopped' | 'failed' | 'unknown' | 'nobody';

/** What is to be said first. */
export interface Verdict {
  readonly code: VerdictCode;
  readonly family: VerdictFamily;
  readonly reason?: string;
  readonly sentence: string;
  /** Since when it is so. */
  readonly since?: string;
  /** Messages of the last 24 hours that ended with the same reason. */
  readonly scope?: { readonly count: number; readonly isMore: boolean; readonly href: string };
}

const FAMILIES: Readonly<Record<VerdictCode, VerdictFamily>> = {
  read: 'ok',
  delivered: 'ok',
  sent: 'sent',
  sent_silent: 'sent',
  waiting: 'waiting',
  suppressed: 'stopped',
  canceled: 'stopped',
  expired: 'stopped',
  recalled: 'stopped',
  unknown: 'unknown',
  invalid: 'failed',
  failed: 'failed',
  nobody_asked: 'nobody',
  unknown_person: 'nobody',
};

function codeOf({ decision, fate, silence }: Pick<Evidence, 'decision' | 'fate' | 'silence'>): VerdictCode {
  if (fate.status === 'pending' || decision.result === 'wait') return 'waiting';
  if (fate.status === 'sent' && silence !== undefined) return 'sent_silent';
  return fate.status in VERDICT_TEXTS ? (fate.status as VerdictCode) : 'unknown';
}

const momentOf = ({ delivered_at: deliveredAt, read_at: readAt, updated_at: updatedAt }: Fate): Date =>
  readAt ?? deliveredAt ?? updatedAt;

function whyOf(evidence: Evidence, { result }: Decision): string {
  const { language } = evidence.telling;
  if (result !== 'wait') return fill(CHAIN_TEXTS.failed, language);
  return fill(CHAIN_TEXTS[evidence.fate.delivery_status === 'sending' ? 'sending' : 'in_queue'], language);
}

export function verdictOf(evidence: Evidence): Verdict {
  const { decision, fate, telling } = evidence;
  const code = codeOf(evidence);
  const at = momentOf(fate);
  const values = {
    at: wallClock(at, telling.timeZone),
    why: sentenceOfReason(evidence) ?? whyOf(evidence, decision),
  };
  return {
    code,
    family: FAMILIES[code],
    ...(decision.reason !== undefined && { reason: decision.reason }),
    sentence: fill(VERDICT_TEXTS[code], telling.language, values),
    since: at.toISOString(),
  };
}

export const verdictOfSilence = (
  code: 'nobody_asked' | 'unknown_person',
  language: Evidence['telling']['language'],
): Verdict => ({
  code,
  family: FAMILIES[code],
  sentence: fill(VERDICT_TEXTS[code], language),
});
