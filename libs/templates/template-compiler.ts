import { assetReferences, mediaTexts } from '#libs/assets';
import { bodyOf, type ChannelDefinition, type ChannelRegistry } from '#libs/channels';
import { InvariantError, ValidationError, type ClassOf, type JsonValue } from '#libs/core';
import { compileContent, literalContent, type CompiledContent } from './compiled-content.js';
import type { CompiledRoute, CompiledTemplate } from './compiled-template.js';
import { checkRoute } from './definition/route-check.js';
import { joinParts, type DigestContent } from './digest-content.js';
import { parseMentions } from './mentions.js';
import {
  DEFAULT_TTL_SECONDS,
  type InlineContent,
  type RouteDefinition,
  type TemplateDefinition,
} from './template-definition.js';
import { variablesOf } from './variables.js';

/** Options that are not the channel's: they steer planning and never reach the handler. */
const PLANNING_OPTIONS: ReadonlySet<string> = new Set(['onOverlong', 'mentions']);

interface RouteParts {
  readonly no: number;
  readonly route: RouteDefinition;
  readonly channel: ChannelDefinition;
  readonly contentClass: ClassOf<object>;
  readonly content: CompiledContent;
  /** Variables that may be missing. */
  readonly optional: ReadonlySet<string>;
}

function mentionsOf(route: RouteDefinition, channel: ChannelDefinition): CompiledRoute['mentions'] {
  const values: JsonValue | undefined = route.options['mentions'];
  return Array.isArray(values) ? parseMentions(values, channel.family, []).mentions : [];
}

type AssetUse = Pick<CompiledRoute, 'mayNameAssets' | 'ownAssets'>;

function assetUseOf(contentClass: ClassOf<object>, route: RouteDefinition, hasValues: boolean): AssetUse {
  const named = assetReferences(contentClass, route.content).map(({ assetId }) => assetId);
  const takesValues = hasValues && mediaTexts(contentClass, bodyOf(route.content)).length > 0;
  return { mayNameAssets: named.length > 0 || takesValues, ownAssets: new Set(named) };
}

function assembleRoute({ no, route, channel, contentClass, content, optional }: RouteParts): CompiledRoute {
  return {
    no,
    channel,
    accounts: route.accounts,
    kind: route.content.kind,
    contentClass,
    options: Object.fromEntries(Object.entries(route.options).filter(([name]) => !PLANNING_OPTIONS.has(name))),
    onOverlong: route.options['onOverlong'] === 'cut' ? 'cut' : 'refuse',
    mentions: mentionsOf(route, channel),
    placeholders: content.names,
    required: content.names.filter((name) => !optional.has(name)),
    ...assetUseOf(contentClass, route, content.names.length > 0),
    render: (params) => content.render(params),
    linkFaults: (params, base) => content.linkFaults(params, base),
  };
}

/** What is sent where, known to exist: definitions are checked when they are saved. */
function partsOf(channels: ChannelRegistry, route: RouteDefinition): Pick<RouteParts, 'channel' | 'contentClass'> {
  const channel = channels.get(route.channel);
  const contentClass = channels.findContent(route.channel, route.content.kind);
  if (!contentClass) throw new InvariantError(`Channel ${route.channel} no longer has kind ${route.content.kind}`);
  return { channel, contentClass };
}

/** Makes a stored definition ready for sending. The definition has been checked when it was saved. */
export function compileTemplate(
  channels: ChannelRegistry,
  code: string,
  version: number,
  definition: TemplateDefinition,
): CompiledTemplate {
  const optional = new Set(definition.variables.filter(({ required }) => !required).map(({ name }) => name));
  const routes = definition.routes.map((route, index) => {
    const parts = partsOf(channels, route);
    const content = compileContent(parts.contentClass, route.content);
    return assembleRoute({ ...parts, no: index + 1, route, content, optional });
  });
  const { description: _description, ...rules } = definition;
  return { ...rules, code, version, variables: variablesOf(definition), routes };
}

/**
 * Makes the content of a message without a template ready for sending: one route, and text that is final as it is.
 * @throws ValidationError with every fault, pointers into the inline content.
 */
export function compileInline(channels: ChannelRegistry, inline: InlineContent): CompiledTemplate {
  const { channel, account, content, options = {} } = inline;
  const route: RouteDefinition = { channel, accounts: [account], content, options };
  const faults = checkRoute(channels, route, []);
  if (faults.length > 0) throw new ValidationError(faults);
  const parts = { ...partsOf(channels, route), no: 1, route, optional: new Set<string>() };
  return {
    code: null,
    version: null,
    name: '',
    strategy: 'first',
    fallback: null,
    dedupe: inline.dedupe ?? { content: null, frequency: null },
    quietHours: null,
    onAmbiguous: inline.onAmbiguous ?? 'resend',
    overflow: inline.overflow ?? 'delay',
    ttlSeconds: inline.ttlSeconds ?? DEFAULT_TTL_SECONDS,
    unknownUser: inline.unknownUser ?? 'refuse',
    variables: [],
    routes: [assembleRoute({ ...parts, content: literalContent(content) })],
  };
}

/** Makes a digest ready for sending, from the messages that are in it now. */
export function compileDigest(channels: ChannelRegistry, digest: DigestContent): CompiledTemplate {
  const { left, parts, quietHours = null, ...rest } = digest;
  const kind = parts[0]?.content.kind ?? '';
  const contentClass = channels.findContent(digest.channel, kind);
  if (!contentClass) throw new InvariantError(`Channel ${digest.channel} no longer has kind ${kind}`);
  const { content, mentions } = joinParts(contentClass, parts, left);
  const compiled = compileInline(channels, { ...rest, content });
  return { ...compiled, quietHours, routes: compiled.routes.map((route) => ({ ...route, mentions })) };
}
