import type { JsonObject } from '#libs/core';
import type { Mention } from '../channel.js';
import type { Content } from '../content.js';

/** The field in which the group sees a mention; kinds that are not listed carry mentions in `at` alone. */
const VISIBLE_IN: Readonly<Record<string, string>> = { text: 'content', markdown: 'text' };

/** DingTalk draws a mention only where the text holds `@<id>`: appends each one that is not there yet. */
export function appendMentions(content: Content, mentions: readonly Mention[]): Content {
  const field = VISIBLE_IN[content.kind];
  const text = field === undefined ? undefined : content[field];
  if (field === undefined || typeof text !== 'string') return content;
  return { ...content, [field]: idsOf(mentions, 'user', 'mobile').reduce(appendMention, text) };
}

const appendMention = (text: string, id: string): string => (isMentioned(text, id) ? text : `${text} @${id}`);

/** Whether `@<id>` stands in the text as a whole: `@zhangsan2` does not mention `zhangsan`. */
function isMentioned(text: string, id: string): boolean {
  return text
    .split(`@${id}`)
    .slice(1)
    .some((rest) => !/^(?:[\w-]|[.@]\w)/.test(rest));
}

const idsOf = (mentions: readonly Mention[], ...types: readonly ('user' | 'mobile')[]): string[] => [
  ...new Set(mentions.flatMap((mention) => (isOfType(mention, types) ? [mention.id] : []))),
];

const isOfType = <T extends Mention['type']>(mention: Mention, types: readonly T[]): mention is Mention & { type: T } =>
  types.some((type) => type === mention.type);

/** The body's `at`; undefined without mentions. */
export function atOf(mentions: readonly Mention[]): JsonObject | undefined {
  if (mentions.length === 0) return undefined;
  const mobiles = idsOf(mentions, 'mobile');
  const users = idsOf(mentions, 'user');
  return {
    ...(mobiles.length > 0 && { atMobiles: mobiles }),
    ...(users.length > 0 && { atUserIds: users }),
    ...(mentions.some(({ type }) => type === 'all') && { isAtAll: true }),
  };
}
