import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';
import { html, NOTHING, type Html } from './html.js';
import { dingtalkMarkdown } from './rich-text.js';

type Draw = (content: JsonObject) => Html;

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const object = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

/** The fields of an app robot's message: it travels as JSON text beside its `msgKey`. */
export function appRobotContent({ msgParam }: JsonObject): JsonObject | undefined {
  const content = typeof msgParam === 'string' ? parsedJson(msgParam) : undefined;
  return isJsonObject(content) ? content : undefined;
}

const drawTitle = (title: JsonValue | undefined): Html =>
  text(title) === '' ? NOTHING : html`<div class="title">${text(title)}</div>`;

/** Pictures are not fetched: the page shows nothing but itself. */
const drawPicture = (picture: JsonValue | undefined): Html =>
  text(picture) === '' ? NOTHING : html`<div class="media">🖼 ${text(picture)}</div>`;

const drawButton = (title: JsonValue | undefined, url: JsonValue | undefined): Html =>
  html`<span class="button" title="${text(url)}">${text(title)}</span>`;

const drawButtons = (buttons: readonly Html[], isHorizontal: boolean): Html =>
  html`<div class="${isHorizontal ? 'buttons' : 'buttons upright'}">${buttons}</div>`;

const drawLink: Draw = ({ messageUrl, picUrl, text: words, title }) =>
  html`${drawTitle(title)}
    <div class="text">${text(words)}</div>
    ${drawPicture(picUrl)}
    <div class="footer" title="${text(messageUrl)}">${text(messageUrl)}</div>`;

/** The title of a card is a line in the list of conversations, not part of the card. */
const drawCard = (markdown: JsonValue | undefined, buttons: Html): Html =>
  html`${dingtalkMarkdown(text(markdown))}${buttons}`;

const single = (title: JsonValue | undefined, url: JsonValue | undefined): Html =>
  html`<div class="footer" title="${text(url)}">${text(title)} ›</div>`;

const drawActionCard: Draw = (content) => {
  const { btnOrientation, btns, singleTitle, singleURL } = content;
  if (text(singleTitle) !== '') return drawCard(content['text'], single(singleTitle, singleURL));
  const buttons = objects(btns).map(({ title, actionURL }) => drawButton(title, actionURL));
  return drawCard(content['text'], drawButtons(buttons, btnOrientation === '1'));
};

const drawWorkCard: Draw = ({ btn_json_list, btn_orientation, markdown, single_title, single_url }) => {
  if (text(single_title) !== '') return drawCard(markdown, single(single_title, single_url));
  const buttons = objects(btn_json_list).map(({ title, action_url }) => drawButton(title, action_url));
  return drawCard(markdown, drawButtons(buttons, btn_orientation === '1'));
};

/** Buttons whose number is part of the fields' names: `actionTitle1`, `actionURL1`, … */
const numberedCard =
  (titleField: string, urlField: string, isHorizontal: boolean): Draw =>
  (content) => {
    const numbers = [1, 2, 3, 4, 5].filter((no) => content[`${titleField}${no}`] !== undefined);
    const buttons = numbers.map((no) => drawButton(content[`${titleField}${no}`], content[`${urlField}${no}`]));
    return drawCard(content['text'], drawButtons(buttons, isHorizontal));
  };

const drawFeed: Draw = ({ links }) =>
  html`${objects(links).map(
    ({ messageURL, picURL, title }) =>
      html`<div class="row" title="${text(messageURL)}">${drawPicture(picURL)}<span>${text(title)}</span></div>`,
  )}`;

const drawOa: Draw = ({ body, head, message_url, status_bar }) => {
  const { author, content, file_count, form, image, rich, title } = object(body);
  const { num, unit } = object(rich);
  const status = text(object(status_bar)['status_value']);
  const rows = objects(form)
    .slice(0, 6)
    .map(({ key, value }) => html`<div><span class="muted">${text(key)}</span> ${text(value)}</div>`);
  return html`<div class="head" title="${text(object(head)['bgcolor'])}">
      ${text(object(head)['text'])}${status === '' ? NOTHING : html` <span class="badge">${status}</span>`}
    </div>
    ${drawTitle(title)}${rows}
    ${text(num) === '' ? NOTHING : html`<div class="number">${text(num)} <span class="muted">${text(unit)}</span></div>`}
    <div class="text">${text(content)}</div>
    ${drawPicture(image)}
    <div class="footer" title="${text(message_url)}">${text(author)} ${attachments(file_count)}</div>`;
};

const attachments = (count: JsonValue | undefined): Html =>
  text(count) === '' ? NOTHING : html`<span class="muted">📎 ${text(count)}</span>`;

const drawMedia =
  (sign: string, ...fields: readonly string[]): Draw =>
  (content) =>
    html`<div class="media">${sign} ${fields.map((field) => text(content[field])).join(' · ')}</div>`;

const drawText: Draw = ({ content }) => html`<div class="text">${text(content)}</div>`;
const drawMarkdown: Draw = (content) => dingtalkMarkdown(text(content['text']));
const uprightCard = numberedCard('actionTitle', 'actionURL', false);

/** By message type of webhook robots and work messages, and by `msgKey` of app robots. */
export const DINGTALK: Readonly<Record<string, Draw>> = {
  text: drawText,
  markdown: drawMarkdown,
  link: drawLink,
  actionCard: drawActionCard,
  feedCard: drawFeed,
  image: drawMedia('🖼', 'media_id'),
  voice: drawMedia('🔊', 'duration', 'media_id'),
  file: drawMedia('📄', 'media_id'),
  oa: drawOa,
  action_card: drawWorkCard,
  sampleText: drawText,
  sampleMarkdown: drawMarkdown,
  sampleImageMsg: drawMedia('🖼', 'photoURL'),
  sampleLink: drawLink,
  sampleActionCard: drawActionCard,
  sampleActionCard2: uprightCard,
  sampleActionCard3: uprightCard,
  sampleActionCard4: uprightCard,
  sampleActionCard5: uprightCard,
  sampleActionCard6: numberedCard('buttonTitle', 'buttonUrl', true),
  sampleAudio: drawMedia('🔊', 'duration', 'mediaId'),
  sampleFile: drawMedia('📄', 'fileName', 'mediaId'),
  sampleVideo: drawMedia('🎬', 'duration', 'videoMediaId'),
};
