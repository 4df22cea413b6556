import { sizeOf, type JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { contentOf, optionalInteger, optionalText, requiredText } from './wecom-body.js';

const TEXT_BYTES = 2048;
const URL_BYTES = 2048;

/** Judges one message type's object: throws a refusal, or notes what the vendor would cut or ignore. */
type ContentJudge = (content: JsonObject, notes: string[]) => void;

function judgeText(content: JsonObject): void {
  const text = requiredText(content, 'content', 44004);
  if (sizeOf(text, 'bytes') > TEXT_BYTES) throw new Refusal(45002, 'content size out of limit');
}

/** The vendor documents no answer for over-long app markdown; the group robot's is given, so that the fault is seen. */
function judgeMarkdown(content: JsonObject): void {
  const text = requiredText(content, 'content', 40063);
  if (sizeOf(text, 'bytes') <= TEXT_BYTES) return;
  throw new Refusal(40058, `markdown.content exceed max length ${TEXT_BYTES}. invalid Request Parameter`);
}

function judgeTextcard(content: JsonObject, notes: string[]): void {
  const title = requiredText(content, 'title', 41016);
  const description = requiredText(content, 'description', 41033);
  judgeUrl(requiredText(content, 'url', 41010));
  const button = optionalText(content, 'btntxt');
  noteCut(notes, 'textcard.title', sizeOf(title, 'bytes'), 128);
  noteCut(notes, 'textcard.description', sizeOf(description, 'bytes'), 512);
  noteCut(notes, 'textcard.btntxt', sizeOf(button, 'characters'), 4);
}

function noteCut(notes: string[], field: string, size: number, limit: number): void {
  if (size > limit) notes.push(`${field} is cut: ${size} of ${limit}`);
}

function judgeUrl(url: string): void {
  if (sizeOf(url, 'bytes') > URL_BYTES) throw new Refusal(40039, 'url size out of limit');
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) throw new Refusal(45034, 'url missing http:// or https://');
  if (!/^https?:\/\//i.test(url)) throw new Refusal(40127, 'unsupported url scheme');
}

const JUDGES: Readonly<Record<string, ContentJudge>> = {
  text: judgeText,
  markdown: judgeMarkdown,
  textcard: judgeTextcard,
};

/** Which types take which switches; elsewhere they are ignored. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  safe: ['text'],
  enable_id_trans: ['text', 'textcard'],
  enable_duplicate_check: Object.keys(JUDGES),
};

function judgeSwitch(body: JsonObject, name: string, msgtype: string, notes: string[]): void {
  const value = optionalInteger(body, name, notes);
  if (value === undefined) return;
  if (value !== 0 && value !== 1) throw new Refusal(40035, `invalid ${name}`);
  if (!SWITCHES[name]?.includes(msgtype)) notes.push(`${name} means nothing for ${msgtype}`);
}

/** Judges message type, content and switches of an app message; returns the message type. */
export function judgeAppContent(body: JsonObject, notes: string[]): string {
  const { msgtype } = body;
  const judge = typeof msgtype === 'string' && Object.hasOwn(JUDGES, msgtype) ? JUDGES[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !judge) throw new Refusal(40008, 'invalid message type');
  judge(contentOf(body, msgtype), notes);
  for (const name of Object.keys(SWITCHES)) judgeSwitch(body, name, msgtype, notes);
  return msgtype;
}

const DEFAULT_INTERVAL_S = 1800;
const LONGEST_INTERVAL_S = 14_400;

/** Seconds of the duplicate check; undefined when it is off. */
export function duplicateInterval(body: JsonObject, notes: string[]): number | undefined {
  const interval = optionalInteger(body, 'duplicate_check_interval', notes) ?? DEFAULT_INTERVAL_S;
  if (interval < 1 || interval > LONGEST_INTERVAL_S) throw new Refusal(40035, 'invalid duplicate_check_interval');
  return Number(body['enable_duplicate_check'] ?? 0) === 1 ? interval : undefined;
}
