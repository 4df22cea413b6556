import { isJsonObject, sizeOf, type JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';

const MARKDOWN_BYTES = 4096;
const TEXT_BYTES_DOCUMENTED = 2048;
const TEXT_BYTES_REFUSED = 5120;

type ContentJudge = (content: JsonObject, notes: string[]) => void;

const invalid = (what: string): Refusal => new Refusal(40058, `${what}. invalid Request Parameter`);

function limitedText(content: JsonObject, name: string, mostBytes: number): string {
  const text = content['content'];
  if (text === undefined || text === null || text === '') throw invalid(`${name} missing`);
  if (typeof text !== 'string') throw invalid(`${name} must be string`);
  if (!text.isWellFormed()) throw new Refusal(40033, `invalid characters in ${name}`);
  if (sizeOf(text, 'bytes') > mostBytes) throw invalid(`${name} exceed max length ${mostBytes}`);
  return text;
}

function judgeMentions(content: JsonObject, name: string): void {
  const list = content[name];
  if (list === undefined || list === null) return;
  const isTextList = Array.isArray(list) && list.every((id) => typeof id === 'string');
  if (!isTextList) throw invalid(`text.${name} must be array of string`);
}

function judgeText(content: JsonObject, notes: string[]): void {
  const text = limitedText(content, 'text.content', TEXT_BYTES_REFUSED);
  const size = sizeOf(text, 'bytes');
  if (size > TEXT_BYTES_DOCUMENTED) notes.push(`text.content has ${size} bytes, over the documented 2048`);
  judgeMentions(content, 'mentioned_list');
  judgeMentions(content, 'mentioned_mobile_list');
}

function judgeMarkdown(content: JsonObject, notes: string[]): void {
  limitedText(content, 'markdown.content', MARKDOWN_BYTES);
  for (const name of ['mentioned_list', 'mentioned_mobile_list']) {
    if (name in content) notes.push(`${name} means nothing for markdown`);
  }
}

const JUDGES: Readonly<Record<string, ContentJudge>> = { text: judgeText, markdown: judgeMarkdown };

/** Judges the message of a group robot; returns the message type. */
export function judgeRobotContent(body: JsonObject, notes: string[]): string {
  const { msgtype } = body;
  const judge = typeof msgtype === 'string' && Object.hasOwn(JUDGES, msgtype) ? JUDGES[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !judge) throw new Refusal(40008, 'invalid message type');
  const content = body[msgtype];
  if (!isJsonObject(content)) throw invalid(`${msgtype} missing`);
  judge(content, notes);
  return msgtype;
}
