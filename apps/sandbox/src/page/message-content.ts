import { isJsonObject, type JsonObject } from '#libs/core';
import type { ShownEntry } from '../inbox/inbox-entry.js';
import { afterChanges } from './card-state.js';
import { drawCustomerMessage } from './customer-content.js';
import { html, type Html } from './html.js';
import { DINGTALK, appRobotContent } from './dingtalk-content.js';
import { WECOM } from './wecom-content.js';

/** The object under the message type's name; DingTalk work messages hold it in `msg`, app robots as text. */
function contentOf({ request: { body }, msgtype }: ShownEntry): JsonObject | undefined {
  if (!isJsonObject(body)) return undefined;
  const param = appRobotContent(body);
  if (param) return param;
  const holder = isJsonObject(body['msg']) ? body['msg'] : body;
  const content = holder[msgtype];
  return isJsonObject(content) ? content : undefined;
}

/** A message roughly as the app shows it. */
export function drawContent(entry: ShownEntry): Html {
  const { request } = entry;
  if (entry.parts.length > 0 && isJsonObject(request.body)) return drawCustomerMessage(request.body);
  const draw = (entry.family === 'wecom' ? WECOM : DINGTALK)[entry.msgtype];
  const content = contentOf(entry);
  if (draw && content) return draw(afterChanges(content, entry.changes));
  return html`<pre>${JSON.stringify(content ?? entry.request.body, null, 2)}</pre>`;
}
