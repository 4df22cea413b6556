import { isJsonObject, type JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { MessageFields, type FieldRefusals, type Findings } from './message-fields.js';

const MOST_MENTIONED = 50;
const SWITCH = { pattern: /^[01]$/ };

/** Judges one message type's object; `mentions`: whether `at` works there. */
interface TypeRule {
  readonly judge: (fields: MessageFields) => void;
  readonly mentions: boolean;
}

function judgeActionCard(card: MessageFields): void {
  card.text('title');
  card.text('text');
  card.optionalText('btnOrientation', SWITCH);
  card.optionalText('hideAvatar', SWITCH);
  if (!card.has('singleTitle') || !card.has('singleURL')) {
    card.list('btns').forEach((button) => judgeTexts(button, 'title', 'actionURL'));
    return;
  }
  if (card.has('btns')) card.note('actionCard.btns is ignored beside singleTitle and singleURL');
  card.text('singleTitle');
  card.text('singleURL');
}

function judgeTexts(fields: MessageFields, ...names: readonly string[]): void {
  for (const name of names) fields.text(name);
}

function judgeLink(link: MessageFields): void {
  link.optionalPicture('picUrl');
  judgeTexts(link, 'title', 'text', 'messageUrl');
}

function judgeFeedLink(link: MessageFields): void {
  judgeTexts(link, 'title', 'messageURL');
  link.picture('picURL');
}

const TYPES: Readonly<Record<string, TypeRule>> = {
  text: { judge: (fields) => judgeTexts(fields, 'content'), mentions: true },
  markdown: { judge: (fields) => judgeTexts(fields, 'title', 'text'), mentions: true },
  link: { judge: judgeLink, mentions: false },
  actionCard: { judge: judgeActionCard, mentions: true },
  feedCard: {
    judge: (feed) => feed.list('links').forEach(judgeFeedLink),
    mentions: false,
  },
};

const badField = (path: string): Refusal =>
  new Refusal(
    400402,
    `错误描述:参数 ${path.replaceAll('.', ' --》 ')} 缺失，或者参数格式不正确; 解决方案:请填充上对应参数;参考链接:请参考本接口对应文档查看参数获取方式，或者在https://open.dingtalk.com/document/  搜索对应文档;`,
  );

/** What live says to a bad media id is not documented. */
const REFUSALS: FieldRefusals = { missing: badField, invalid: badField, unknownMedia: badField };

/** Judges message type, fields and mentions of a webhook message; returns the type. */
export function judgeRobotContent(body: JsonObject, findings: Findings): string {
  const { msgtype } = body;
  const rule = typeof msgtype === 'string' && Object.hasOwn(TYPES, msgtype) ? TYPES[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !rule) throw new Refusal(400105, '不支持的消息类型');
  const content = body[msgtype];
  if (!isJsonObject(content)) throw badField(`msgtype.${msgtype}`);
  const fields = new MessageFields(content, msgtype, REFUSALS, findings);
  rule.judge(fields);
  fields.noteUnknown();
  judgeAt(body, rule, findings.notes);
  return msgtype;
}

function judgeAt({ at }: JsonObject, rule: TypeRule, notes: string[]): void {
  if (at === undefined || at === null) return;
  if (!isJsonObject(at)) throw badField('msg.at');
  const mentioned = [...idsOf(at, 'atMobiles'), ...idsOf(at, 'atUserIds')];
  const isAtAll = at['isAtAll'];
  if (isAtAll !== undefined && typeof isAtAll !== 'boolean') throw badField('at.isAtAll');
  if (!rule.mentions) notes.push('at means nothing for this message type');
  if (mentioned.length > MOST_MENTIONED) notes.push(`at names ${mentioned.length} people, over the documented 50`);
}

function idsOf(at: JsonObject, field: string): string[] {
  const ids = at[field] ?? [];
  if (!Array.isArray(ids)) throw badField(`at.${field}`);
  return ids.map((id) => {
    if (typeof id !== 'string') throw badField(`at.${field}`);
    return id;
  });
}
