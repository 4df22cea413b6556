import { isJsonObject, type JsonObject } from '#libs/core';
import { line, listIn, media, text } from './content-parts.js';
import { html, NOTHING, type Html } from './html.js';
import { wecomText } from './rich-text.js';

/** A message to customers: the text, then each attachment as a message of its own. */
export function drawCustomerMessage(body: JsonObject): Html {
  const { text: words } = body;
  const said = isJsonObject(words) ? html`<div class="text">${wecomText(text(words['content']))}</div>` : NOTHING;
  return html`${said}${listIn(body, 'attachments').map(drawAttachment)}`;
}

const SIGNS: Readonly<Record<string, string>> = { image: '🖼', video: '🎬', file: '📎', miniprogram: '🔗' };

function drawAttachment(attachment: JsonObject): Html {
  const type = text(attachment['msgtype']);
  const part = attachment[type];
  if (!isJsonObject(part)) return NOTHING;
  if (type === 'link') {
    return html`<div class="article" title="${text(part['url'])}">
      ${line('title', part['title'])}${line('text', part['desc'])}${line('muted', part['picurl'])}
    </div>`;
  }
  const name = text(part['title']) || text(part['media_id']) || text(part['pic_url']);
  return html`<div class="article">${media(SIGNS[type] ?? '📎', name)}</div>`;
}
