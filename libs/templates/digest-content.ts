import { bodyOf, contentKindOf, type Content, type Mention } from '#libs/channels';
import type { ClassOf } from '#libs/core';
import type { CompiledRoute } from './compiled-template.js';
import { mergeMentions } from './mentions.js';
import { canTravel } from './render-route.js';
import type { InlineContent, QuietHours } from './template-definition.js';

/** What one message says in a digest: as it would have travelled alone. */
export interface DigestPart {
  readonly messageId: string;
  readonly deliveryNo: number;
  readonly content: Content;
  readonly mentions: readonly Mention[];
}

/** The content of a digest: that of the messages it stands for, all of one kind, oldest first. */
export interface DigestContent extends Omit<InlineContent, 'content'> {
  readonly parts: readonly DigestPart[];
  /** Messages that did not fit and travel in another one. */
  readonly left: number;
  readonly quietHours?: QuietHours;
}

/** Whether contents of the kind can be joined. */
export const isMergeable = (contentClass: ClassOf<object>): boolean => contentKindOf(contentClass).merge !== undefined;

export interface JoinedParts {
  readonly content: Content;
  readonly mentions: readonly Mention[];
}

/** What the group sees of the parts, and whom they mention. Pure. */
export function joinParts(contentClass: ClassOf<object>, parts: readonly DigestPart[], left: number): JoinedParts {
  const { kind, merge } = contentKindOf(contentClass);
  if (!merge) throw new TypeError(`${kind} cannot be joined`);
  const body = merge(
    parts.map(({ content }) => bodyOf(content)),
    left,
  );
  return { content: { ...body, kind }, mentions: mergeMentions(...parts.map(({ mentions }) => mentions)) };
}

/** How many of the parts, from the first on, fit into one message. */
export function countFitting(route: CompiledRoute, parts: readonly DigestPart[]): number {
  const fits = (count: number): boolean => {
    const { content, mentions } = joinParts(route.contentClass, parts.slice(0, count), parts.length - count);
    return canTravel(route, content, mentions);
  };
  let [most, tooMany] = [0, parts.length + 1];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(middle)) most = middle;
    else tooMany = middle;
  }
  return most;
}
