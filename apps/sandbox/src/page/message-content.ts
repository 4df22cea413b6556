import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import type { ShownEntry } from '../inbox/inbox-entry.js';
import { html, type Html } from './html.js';
import { cardText, dingtalkMarkdown, wecomMarkdown, wecomText } from './rich-text.js';

type Draw = (content: JsonObject) => Html;

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const WECOM: Readonly<Record<string, Draw>> = {
  text: (content) => html`<div class="text">${wecomText(text(content['content']))}</div>`,
  markdown: (content) => wecomMarkdown(text(content['content'])),
  textcard: (content) =>
    html`<div class="title">${text(content['title'])}</div>
      <div class="text">${cardText(text(content['description']))}</div>
      <div class="footer" title="${text(content['url'])}">${text(content['btntxt']) || '详情'}</div>`,
};

const DINGTALK: Readonly<Record<string, Draw>> = {
  text: (content) => html`<div class="text">${text(content['content'])}</div>`,
  markdown: (content) => dingtalkMarkdown(text(content['text'])),
  link: (content) =>
    html`<div class="title">${text(content['title'])}</div>
      <div class="text">${text(content['text'])}</div>
      <div class="footer" title="${text(content['messageUrl'])}">${text(content['messageUrl'])}</div>`,
};

/** The object under the message type's name; DingTalk work messages hold it in `msg`. */
function contentOf({ request: { body }, msgtype }: ShownEntry): JsonObject | undefined {
  if (!isJsonObject(body)) return undefined;
  const holder = isJsonObject(body['msg']) ? body['msg'] : body;
  const content = holder[msgtype];
  return isJsonObject(content) ? content : undefined;
}

/** A message roughly as the app shows it. */
export function drawContent(entry: ShownEntry): Html {
  const draw = (entry.family === 'wecom' ? WECOM : DINGTALK)[entry.msgtype];
  const content = contentOf(entry);
  return draw && content ? draw(content) : html`<pre>${JSON.stringify(content ?? entry.request.body, null, 2)}</pre>`;
}
