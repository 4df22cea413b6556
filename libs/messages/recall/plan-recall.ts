import type { ChannelRegistry } from '#libs/channels';
import type { RecallCandidate, RecallItemPlan } from './recall.js';

/** Failures that the vendor would answer too: known without asking. */
export type RecallRefusal =
  'recall_not_supported' | 'recall_window_closed' | 'recall_account_gone' | 'recall_no_provider_id';

function refusalOf(candidate: RecallCandidate, channels: ChannelRegistry, now: Date): RecallRefusal | undefined {
  const recall = channels.find(candidate.channel)?.recall;
  if (!recall?.supported) return 'recall_not_supported';
  if (candidate.accountGone) return 'recall_account_gone';
  if (candidate.providerMsgIds.length === 0) return 'recall_no_provider_id';
  const ageMs = candidate.sentAt ? now.getTime() - candidate.sentAt.getTime() : 0;
  return ageMs > recall.windowSeconds * 1000 ? 'recall_window_closed' : undefined;
}

/** States in which what a digest carries is, or may be, in front of its readers, or on its way there. */
const SHARED: ReadonlySet<string> = new Set(['scheduled', 'sent', 'partial', 'unknown']);

/** What to do about one delivery; undefined when it never reached anybody and does not wait. */
export function planRecallItem(
  candidate: RecallCandidate,
  channels: ChannelRegistry,
  now: Date,
): RecallItemPlan | undefined {
  const { isMerged, messageId, no, status } = candidate;
  if (isMerged && SHARED.has(status)) return { messageId, no, status: 'failed', reason: 'merged' };
  switch (status) {
    case 'canceled':
      return { messageId, no, status: 'canceled' };
    case 'sending':
      return { messageId, no, status: 'waiting' };
    case 'sent':
    case 'partial': {
      const reason = refusalOf(candidate, channels, now);
      if (!reason) return { messageId, no, status: 'waiting' };
      const isUnclear = reason === 'recall_no_provider_id' && candidate.isConfirmed;
      return { messageId, no, status: isUnclear ? 'uncertain' : 'failed', reason };
    }
    case 'unknown': {
      const reason = refusalOf(candidate, channels, now);
      if (!reason) return { messageId, no, status: 'waiting' };
      return { messageId, no, status: reason === 'recall_no_provider_id' ? 'uncertain' : 'failed', reason };
    }
    default:
      return undefined;
  }
}
