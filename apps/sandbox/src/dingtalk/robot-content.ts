import { isJsonObject, type JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';

const MOST_MENTIONED = 50;

/** Required fields per message type, and whether `at` works there. */
interface TypeRule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly mentions: boolean;
}

const TYPES: Readonly<Record<string, TypeRule>> = {
  text: { required: ['content'], optional: [], mentions: true },
  markdown: { required: ['title', 'text'], optional: [], mentions: true },
  link: { required: ['title', 'text', 'messageUrl'], optional: ['picUrl'], mentions: false },
};

export interface RobotContent {
  readonly msgtype: string;
  /** Every text of the message, where keywords are looked for. */
  readonly texts: readonly string[];
}

const badField = (object: string, field: string): Refusal =>
  new Refusal(
    400402,
    `错误描述:参数 ${object} --》 ${field} 缺失，或者参数格式不正确; 解决方案:请填充上对应参数;参考链接:请参考本接口对应文档查看参数获取方式，或者在https://open.dingtalk.com/document/  搜索对应文档;`,
  );

/** Judges message type, fields and mentions of a webhook message. */
export function judgeRobotContent(body: JsonObject, notes: string[]): RobotContent {
  const { msgtype } = body;
  const rule = typeof msgtype === 'string' && Object.hasOwn(TYPES, msgtype) ? TYPES[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !rule) throw new Refusal(400105, '不支持的消息类型');
  const content = body[msgtype];
  if (!isJsonObject(content)) throw badField('msgtype', msgtype);
  const texts = [...rule.required, ...rule.optional].flatMap((field) => textOf(content, { msgtype, field, rule }));
  for (const field of Object.keys(content)) {
    if (![...rule.required, ...rule.optional].includes(field)) notes.push(`${msgtype}.${field} is unknown`);
  }
  judgeAt(body, rule, notes);
  return { msgtype, texts };
}

function textOf(
  content: JsonObject,
  { msgtype, field, rule }: { msgtype: string; field: string; rule: TypeRule },
): string[] {
  const value = content[field];
  if (typeof value === 'string' && (value !== '' || rule.optional.includes(field))) return [value];
  if (value === undefined && rule.optional.includes(field)) return [];
  throw badField(msgtype, field);
}

function judgeAt({ at }: JsonObject, rule: TypeRule, notes: string[]): void {
  if (at === undefined || at === null) return;
  if (!isJsonObject(at)) throw badField('msg', 'at');
  const mentioned = [...idsOf(at, 'atMobiles'), ...idsOf(at, 'atUserIds')];
  const isAtAll = at['isAtAll'];
  if (isAtAll !== undefined && typeof isAtAll !== 'boolean') throw badField('at', 'isAtAll');
  if (!rule.mentions) notes.push('at means nothing for this message type');
  if (mentioned.length > MOST_MENTIONED) notes.push(`at names ${mentioned.length} people, over the documented 50`);
}

function idsOf(at: JsonObject, field: string): string[] {
  const ids = at[field] ?? [];
  if (!Array.isArray(ids)) throw badField('at', field);
  return ids.map((id) => {
    if (typeof id !== 'string') throw badField('at', field);
    return id;
  });
}
