import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import type { MediaType } from '../media/uploads.service.js';
import type { MessageFields, TextRules } from './message-fields.js';
import { judgeOa } from './work-oa.js';

const MOST_CHARACTERS = 5_000;
const MOST_BUTTON_CHARACTERS = 1_000;

const tooLong = (): Refusal => new Refusal(34016, '消息内容过长');
const upTo = (longest: number): TextRules => ({ longest, tooLong });
const MEDIA: TextRules = { empty: () => new Refusal(41006, '缺少media_id') };

/** One message type of a work message. */
export interface WorkKind {
  readonly judge: (fields: MessageFields, content: JsonObject) => void;
  /** Answered when the type's object is missing altogether. */
  readonly absent?: () => Refusal;
}

function judgeText(fields: MessageFields): void {
  fields.text('content', {
    longest: MOST_CHARACTERS,
    tooLong: () => new Refusal(45002, '消息内容超过限制'),
    advised: 500,
    empty: () => new Refusal(44004, '空的文本消息内容'),
  });
}

function judgeVoice(fields: MessageFields): void {
  fields.media('media_id', 'voice', MEDIA);
  fields.text('duration', { pattern: /^(?:[1-9]|[1-5]\d)$/ });
}

function judgeLink(fields: MessageFields): void {
  fields.text('messageUrl');
  fields.picture('picUrl');
  fields.text('title', { advised: 100 });
  fields.text('text', { advised: 500 });
}

function judgeMarkdown(fields: MessageFields): void {
  fields.text('title');
  fields.text('text', upTo(MOST_CHARACTERS));
}

function judgeActionCard(card: MessageFields, { btn_json_list: buttons }: JsonObject): void {
  card.text('title', upTo(64));
  card.text('markdown', { ...upTo(MOST_CHARACTERS), advised: 1_000 });
  if (!card.has('btn_json_list')) {
    card.text('single_title', upTo(20));
    card.text('single_url', upTo(500));
    return;
  }
  card.optionalText('btn_orientation', { pattern: /^[01]$/ });
  for (const button of card.list('btn_json_list')) {
    button.text('title', upTo(20));
    button.text('action_url', { ...upTo(700), advised: 500 });
  }
  if (Array.from(JSON.stringify(buttons)).length > MOST_BUTTON_CHARACTERS) throw tooLong();
}

const judgeMedia =
  (type: MediaType): WorkKind['judge'] =>
  (fields) =>
    fields.media('media_id', type, MEDIA);

export const WORK_KINDS: Readonly<Record<string, WorkKind>> = {
  text: { judge: judgeText },
  image: { judge: judgeMedia('image'), absent: () => new Refusal(34008, '空的图片消息内容') },
  voice: { judge: judgeVoice, absent: () => new Refusal(34011, '空的语音消息内容') },
  file: { judge: judgeMedia('file'), absent: () => new Refusal(34010, '空的文件消息内容') },
  link: { judge: judgeLink, absent: () => new Refusal(34009, '空的链接消息内容') },
  oa: { judge: judgeOa },
  markdown: { judge: judgeMarkdown },
  action_card: { judge: judgeActionCard },
};
