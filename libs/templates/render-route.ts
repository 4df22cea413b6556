import { bodyOf, checkRendered, type Content, type Mention } from '#libs/channels';
import { canonicalJson, jsonPointer, sha256, sizeOf, type Fault } from '#libs/core';
import type { CompiledRoute } from './compiled-template.js';
import { checkMentions } from './definition/route-check.js';
import { cutOverlong, type RenderNote } from './overlong.js';
import { mergeMentions } from './mentions.js';
import type { Params } from './placeholders.js';

type Path = readonly (string | number)[];

/** A message names the people to mention as its recipients; those of the route were checked when it was saved. */
const MENTIONED: Path = ['recipients'];

export interface RenderedRoute {
  /** Final content, mentions written into it where the channel wants them there. Treat as read-only. */
  readonly content: Content;
  /** The route's mentions and the message's own, each once. */
  readonly mentions: readonly Mention[];
  /** Why it cannot be sent; empty: it can. */
  readonly faults: readonly Fault[];
  readonly notes: readonly RenderNote[];
}

/** One fault for every variable that the route needs and `params` lacks, at `/params/<name>`. */
export function missingVariables(route: CompiledRoute, params: Params, base: Path = ['params']): Fault[] {
  return route.required
    .filter((name) => !Object.hasOwn(params, name))
    .map((name) => ({
      pointer: jsonPointer(...base, name),
      code: 'missing_variable',
      message: `the template needs a value for ${name}`,
    }));
}

/** A content alone above the limit of the whole body is certainly too long. */
function bodyFaults(route: CompiledRoute, content: Content, base: Path): Fault[] {
  const limit = route.channel.bodyLimit;
  const actual = limit ? sizeOf(JSON.stringify(bodyOf(content)), limit.unit) : 0;
  if (!limit || actual <= limit.size) return [];
  const message = `must not be longer than ${limit.size} ${limit.unit} in all`;
  return [
    { pointer: jsonPointer(...base), code: 'content_too_long', message, limit: limit.size, actual, unit: limit.unit },
  ];
}

function faultsOf(route: CompiledRoute, content: Content, mentions: readonly Mention[], base: Path): Fault[] {
  return [
    ...checkMentions(route.channel, route.kind, mentions, MENTIONED),
    ...checkRendered(route.contentClass, bodyOf(content), base),
    ...bodyFaults(route, content, base),
  ];
}

/** What a body holds beside content and mentions, with room to spare: names of fields, ids. */
const ENVELOPE = 500;

/** Whether a content that was put together elsewhere can be sent, once its mentions are written into it. */
export function canTravel(route: CompiledRoute, content: Content, mentions: readonly Mention[]): boolean {
  const complete = mentions.length === 0 ? content : (route.channel.mention?.(content, mentions) ?? content);
  const limit = route.channel.bodyLimit;
  if (limit && sizeOf(JSON.stringify([complete, mentions]), limit.unit) + ENVELOPE > limit.size) return false;
  return faultsOf(route, complete, mentions, []).length === 0;
}

interface Written {
  /** Before the mentions. */
  readonly plain: Content;
  readonly content: Content;
  readonly mentions: readonly Mention[];
  /** Writes the mentions. */
  readonly complete: (content: Content) => Content;
}

function write(route: CompiledRoute, params: Params, own: readonly Mention[]): Written {
  const mentions = mergeMentions(route.mentions, own);
  const complete = (content: Content): Content =>
    mentions.length === 0 ? content : (route.channel.mention?.(content, mentions) ?? content);
  const plain = route.render(params);
  return { plain, content: complete(plain), mentions, complete };
}

/** Contents without placeholders that were found to be in order: they are the same object every time. */
const flawless = new WeakSet<Content>();

/**
 * The content of one call: values and mentions written in, lengths checked, and cut where the route says so. Pure:
 * every attempt of a delivery gets the same bytes.
 *
 * @param own the message's own mentions; those of the route are added.
 * @param base where the faults of the content point to.
 */
export function renderRoute(
  route: CompiledRoute,
  params: Params,
  own: readonly Mention[] = [],
  base: Path = ['routes', route.no - 1, 'content'],
): RenderedRoute {
  const { plain, content, mentions, complete } = write(route, params, own);
  if (flawless.has(content)) return { content, mentions, faults: [], notes: [] };
  const linkFaults = route.linkFaults(params, base);
  const faults = faultsOf(route, content, mentions, base);
  if (faults.length === 0 && route.placeholders.length === 0 && mentions.length === 0) flawless.add(content);
  if (route.onOverlong === 'refuse' || faults.length === 0) {
    return { content, mentions, faults: [...linkFaults, ...faults], notes: [] };
  }
  const cut = cutOverlong(route.contentClass, { plain, complete, faults, base });
  const left = faultsOf(route, cut.content, mentions, base);
  return { content: cut.content, mentions, faults: [...linkFaults, ...left], notes: cut.notes };
}

/**
 * The same content and mentions as `renderRoute` gives, for values that have been checked before: rendering is pure, so
 * a worker need not check again what was checked when the message was accepted.
 */
export function renderContent(
  route: CompiledRoute,
  params: Params,
  own: readonly Mention[] = [],
): Pick<RenderedRoute, 'content' | 'mentions' | 'notes'> {
  if (route.onOverlong === 'cut') return renderRoute(route, params, own);
  const { content, mentions } = write(route, params, own);
  return { content, mentions, notes: [] };
}

/** SHA-256 of what a reader would see: equal content and mentions, equal hash, whatever the order of fields. */
export const contentHash = (content: Content, mentions: readonly Mention[] = []): Buffer =>
  sha256(canonicalJson(mentions.length === 0 ? content : [content, mentions]));
