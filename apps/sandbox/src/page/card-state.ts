import { isJsonObject, type JsonObject } from '#libs/core';
import type { CardChange, ShownEntry } from '../inbox/inbox-entry.js';

/** Whether members can press something on the card. */
export const hasButtons = ({ channel, msgtype, recipients }: ShownEntry): boolean =>
  channel === 'wecom-app' && msgtype === 'template_card' && recipients.length > 0;

/** A content as it looks after what happened to it, the last word for each part. */
export const afterChanges = (content: JsonObject, changes: readonly CardChange[]): JsonObject =>
  changes.reduce(changed, content);

function changed(content: JsonObject, { button, card, statusBar }: CardChange): JsonObject {
  if (card) return card;
  if (button !== undefined) return { ...content, replace_text: button };
  return statusBar && isJsonObject(content) ? { ...content, status_bar: statusBar } : content;
}
