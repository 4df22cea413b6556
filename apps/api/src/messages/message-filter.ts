import { canonicalRef, type MessageFilter, type Visibility } from '#libs/messages';
import type { MessageFilterQuery } from './messages.query.js';

const DEFAULT_RANGE_MS = 30 * 86_400_000;

/** What a query looks for, among what its key may see. */
export function filterOf(query: MessageFilterQuery, visibility: Visibility): Omit<MessageFilter, 'limit'> {
  const { recipient } = query;
  return {
    ...query,
    ...visibility,
    ...(recipient && { recipient: recipient.map(canonicalRef) }),
    createdAfter: query.createdAfter ?? defaultStart(query),
  };
}

/** Exact look-ups reach back as far as the records do. */
function defaultStart({ batchId, businessKey, createdBefore, ids, providerMsgId }: MessageFilterQuery): Date {
  if (ids || batchId || businessKey || providerMsgId) return new Date(0);
  return new Date((createdBefore?.getTime() ?? Date.now()) - DEFAULT_RANGE_MS);
}
