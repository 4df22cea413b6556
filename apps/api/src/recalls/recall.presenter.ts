import type { Recall } from '#libs/messages';
import type { RecallDto } from './recall.dto.js';

export const presentRecall = (recall: Recall): RecallDto => ({
  id: recall.id,
  status: recall.status,
  selecting: recall.isSelecting,
  messageCount: recall.messageCount,
  itemCount: recall.itemCount,
  openItems: recall.openItems,
  counts: recall.counts,
  selector: recall.selector,
  ...(recall.corrections && { corrections: recall.corrections }),
  ...(recall.note !== undefined && { note: recall.note }),
  ...(recall.actor !== undefined && { actor: recall.actor }),
  createdAt: recall.createdAt.toISOString(),
  ...(recall.finishedAt && { finishedAt: recall.finishedAt.toISOString() }),
});
