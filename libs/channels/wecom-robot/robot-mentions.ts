import type { Fault, JsonObject, JsonValue } from '#libs/core';
import type { Mention } from '../channel.js';
import type { Content } from '../content.js';

const EVERYBODY = '@all';

/** Text carries every mention in lists, markdown user ids only, the other kinds none. One fault for each that cannot travel. */
export function mentionFaults(kind: string, mentions: readonly Mention[]): readonly Fault[] {
  const carried: readonly Mention['type'][] = kind === 'text' ? ['user', 'mobile', 'all'] : markdownOnly(kind);
  return mentions
    .filter(({ type }) => !carried.includes(type))
    .map(({ type }) => ({
      code: 'mention_not_supported',
      message: `${kind} messages of this channel cannot mention ${NAMES[type]}`,
    }));
}

const markdownOnly = (kind: string): readonly Mention['type'][] => (kind === 'markdown' ? ['user'] : []);

const NAMES: Readonly<Record<Mention['type'], string>> = {
  user: 'a user',
  mobile: 'a mobile',
  all: 'everybody',
};

/** Markdown mentions stand in the content itself: those it does not hold yet are appended. */
export function withMentions(content: Content, mentions: readonly Mention[]): Content {
  const text = content['content'];
  if (content.kind !== 'markdown' || typeof text !== 'string') return content;
  const missing = mentions
    .flatMap((mention) => (mention.type === 'user' ? [`<@${mention.id}>`] : []))
    .filter((tag, index, tags) => !text.includes(tag) && tags.indexOf(tag) === index);
  return { ...content, content: text + missing.join('') };
}

/** The mention lists of a text: what the content gives itself, then the delivery's mentions; empty lists are left out. */
export function mentionLists(text: JsonObject, mentions: readonly Mention[]): JsonObject {
  const people = mentions.flatMap((mention) => (mention.type === 'user' ? [mention.id] : []));
  const everybody = mentions.some(({ type }) => type === 'all') ? [EVERYBODY] : [];
  const mobiles = mentions.flatMap((mention) => (mention.type === 'mobile' ? [mention.id] : []));
  return {
    ...list('mentioned_list', text, [...people, ...everybody]),
    ...list('mentioned_mobile_list', text, mobiles),
  };
}

function list(name: string, text: JsonObject, added: readonly string[]): JsonObject {
  const own: JsonValue = text[name] ?? [];
  if (added.length === 0 || !Array.isArray(own)) return {};
  return { [name]: [...new Set([...own, ...added])] };
}
