import { isJsonObject, sizeOf, type JsonObject, type JsonValue } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { invalidParameter, missing } from './dingtalk-body.js';

const MOST_CHARACTERS = 5000;
const RISKY_BYTES = 2048;

type ContentJudge = (content: JsonObject) => void;

function requiredText(content: JsonObject, field: string, empty: Refusal): string {
  const value = content[field];
  if (value === undefined || value === null || value === '') throw empty;
  if (typeof value !== 'string') throw invalidParameter();
  return value;
}

function judgeText(content: JsonObject): void {
  const text = requiredText(content, 'content', new Refusal(44004, '空的文本消息内容'));
  if (sizeOf(text, 'characters') > MOST_CHARACTERS) throw new Refusal(45002, '消息内容超过限制');
}

function judgeMarkdown(content: JsonObject): void {
  requiredText(content, 'title', missing('markdown.title'));
  const text = requiredText(content, 'text', missing('markdown.text'));
  if (sizeOf(text, 'characters') > MOST_CHARACTERS) throw new Refusal(34016, '消息内容过长');
}

const JUDGES: Readonly<Record<string, ContentJudge>> = { text: judgeText, markdown: judgeMarkdown };

/** Judges the `msg` of a work message; returns the message type. */
export function judgeWorkContent(msg: JsonValue | undefined, notes: string[]): string {
  if (msg === undefined || msg === null) throw missing('msg');
  if (!isJsonObject(msg)) throw invalidParameter();
  const { msgtype } = msg;
  const judge = typeof msgtype === 'string' && Object.hasOwn(JUDGES, msgtype) ? JUDGES[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !judge) throw new Refusal(40008, '不合法的消息类型');
  const content = msg[msgtype];
  if (!isJsonObject(content)) throw missing(`msg.${msgtype}`);
  judge(content);
  const size = sizeOf(JSON.stringify(msg), 'bytes');
  if (size > RISKY_BYTES) notes.push(`msg has ${size} bytes, over the 2048 of the send page`);
  return msgtype;
}
