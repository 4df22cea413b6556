import { createHash } from 'node:crypto';
import { bytes, isJsonObject, sizeOf, type JsonObject } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import { judgeCard } from './card-content.js';
import { ROBOT_CARDS } from './card-rules.js';
import { ContentPart, type JudgeContext } from './content-part.js';

const MARKDOWN_BYTES = 4096;
const TEXT_BYTES_DOCUMENTED = 2048;
const TEXT_BYTES_REFUSED = 5120;
const PICTURE_BYTES = 2 * 1024 * 1024;

type RobotContext = Omit<JudgeContext, 'soft'>;
type ContentJudge = (content: JsonObject, context: RobotContext) => void;

const invalid = (what: string): Refusal => new Refusal(40058, `${what}. invalid Request Parameter`);

/** A required text; a webhook answers 40058 to whatever is wrong with it. */
function requiredText(content: JsonObject, kind: string, field: string): string {
  const text = content[field];
  if (text === undefined || text === null || text === '') throw invalid(`${kind}.${field} missing`);
  if (typeof text !== 'string') throw invalid(`${kind}.${field} must be string`);
  if (!text.isWellFormed()) throw new Refusal(40033, `invalid characters in ${kind}.${field}`);
  return text;
}

function limitedText(content: JsonObject, kind: string, mostBytes: number): string {
  const text = requiredText(content, kind, 'content');
  if (sizeOf(text, 'bytes') > mostBytes) throw invalid(`${kind}.content exceed max length ${mostBytes}`);
  return text;
}

function judgeMentions(content: JsonObject, name: string): void {
  const list = content[name];
  if (list === undefined || list === null) return;
  const isTextList = Array.isArray(list) && list.every((id) => typeof id === 'string');
  if (!isTextList) throw invalid(`text.${name} must be array of string`);
}

function judgeText(content: JsonObject, { notes }: RobotContext): void {
  const text = limitedText(content, 'text', TEXT_BYTES_REFUSED);
  const size = sizeOf(text, 'bytes');
  if (size > TEXT_BYTES_DOCUMENTED) notes.push(`text.content has ${size} bytes, over the documented 2048`);
  judgeMentions(content, 'mentioned_list');
  judgeMentions(content, 'mentioned_mobile_list');
}

const judgeMarkdown =
  (kind: string): ContentJudge =>
  (content, { notes }) => {
    limitedText(content, kind, MARKDOWN_BYTES);
    for (const name of ['mentioned_list', 'mentioned_mobile_list']) {
      if (name in content) notes.push(`${name} means nothing for ${kind}`);
    }
  };

const startsWith = (data: Buffer, ...signature: number[]): boolean =>
  signature.every((byte, index) => data[index] === byte);

const isPicture = (data: Buffer): boolean =>
  startsWith(data, 0x89, 0x50, 0x4e, 0x47) || startsWith(data, 0xff, 0xd8, 0xff);

function judgeImage(content: JsonObject): void {
  const base64 = requiredText(content, 'image', 'base64');
  const md5 = requiredText(content, 'image', 'md5');
  const data = Buffer.from(base64, 'base64');
  if (data.toString('base64') !== base64) throw invalid('image.base64 is not plain base64');
  if (data.length > PICTURE_BYTES) throw new Refusal(93018, 'image size out of limit');
  if (createHash('md5').update(data).digest('hex') !== md5.toLowerCase())
    throw new Refusal(301019, 'file md5 not match');
  if (!isPicture(data)) throw new Refusal(40123, 'invalid image');
}

function judgeNews(content: JsonObject, context: RobotContext): void {
  const news = new ContentPart(content, 'news', { ...context, soft: {} });
  if (!news.has('articles')) throw invalid('news.articles missing');
  for (const article of news.list('articles', 1, 8, 45008)) {
    article.text('title', { missing: 41016, most: bytes(128) });
    article.text('description', { most: bytes(512) });
    article.url('url', { missing: 41010 });
    article.url('picurl');
    article.noteUnknown(['title', 'description', 'url', 'picurl']);
  }
}

const judgeUpload =
  (kind: 'file' | 'voice'): ContentJudge =>
  (content, context) => {
    const upload = new ContentPart(content, kind, { ...context, soft: {} });
    upload.media('media_id', kind);
    upload.noteUnknown(['media_id']);
  };

const JUDGES: Readonly<Record<string, ContentJudge>> = {
  text: judgeText,
  markdown: judgeMarkdown('markdown'),
  markdown_v2: judgeMarkdown('markdown_v2'),
  image: judgeImage,
  news: judgeNews,
  file: judgeUpload('file'),
  voice: judgeUpload('voice'),
  template_card: (content, context) => void judgeCard(content, ROBOT_CARDS, context),
};

/** Judges the message of a group robot; returns the message type. */
export function judgeRobotContent(body: JsonObject, context: RobotContext): string {
  const { msgtype } = body;
  const judge = typeof msgtype === 'string' && Object.hasOwn(JUDGES, msgtype) ? JUDGES[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !judge) throw new Refusal(40008, 'invalid message type');
  const content = body[msgtype];
  if (!isJsonObject(content)) throw invalid(`${msgtype} missing`);
  judge(content, context);
  return msgtype;
}
