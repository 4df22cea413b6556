import type { Content } from '../content.js';

const LONGEST_TASK_ID = 128;

/** Cards that the vendor refuses without a task id (42014); a notice needs one for its menu only. */
export const INTERACTIVE: readonly unknown[] = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

const needsTaskId = (card: Content): boolean =>
  INTERACTIVE.includes(card['card_type']) || card['action_menu'] !== undefined;

/**
 * A card with a task id of its own: the vendor takes each one once per app, so that a message's second delivery and all
 * after it append `-<no>`, and a missing one becomes `<messageId>-<no>`. Equal over all attempts of a delivery.
 */
export function withTaskId(content: Content, deliveryId: string): Content {
  if (content.kind !== 'template_card') return content;
  const given = content['task_id'];
  if (typeof given !== 'string') return needsTaskId(content) ? { ...content, task_id: deliveryId } : content;
  const suffix = deliveryId.slice(deliveryId.lastIndexOf('-'));
  if (suffix === '-1') return content;
  return { ...content, task_id: given.slice(0, LONGEST_TASK_ID - suffix.length) + suffix };
}
