import type { ChannelRegistry } from '#libs/channels';
import { jsonPointer, sizeOf, validateShape, type Fault, type JsonObject } from '#libs/core';
import {
  DEFAULT_CONTENT_DEDUPE,
  DEFAULT_FALLBACK_SECONDS,
  DEFAULT_TIME_ZONE,
  DEFAULT_TTL_SECONDS,
  type DedupeRules,
  type QuietHours,
  type TemplateDefinition,
} from '../template-definition.js';
import { readRoutes, type PlacedRoute } from './read-routes.js';
import { checkRoute, placeholderFaults } from './route-check.js';
import { TemplateShape } from './template.shape.js';

type Path = readonly (string | number)[];

/** Largest template as JSON, in bytes. */
export const TEMPLATE_LIMIT_BYTES = 262_144;

export interface ParsedTemplate {
  readonly code?: string;
  readonly enabled?: boolean;
  /** Complete with defaults. Absent when its shape is at fault. */
  readonly definition?: TemplateDefinition;
  /** The routes that can be read, with their place in the body: their accounts are still to be looked up. */
  readonly routes: readonly PlacedRoute[];
  readonly faults: readonly Fault[];
}

function dedupeOf({ dedupe }: TemplateShape): DedupeRules {
  const content = dedupe?.content === null ? null : { ...DEFAULT_CONTENT_DEDUPE, ...dedupe?.content };
  return { content, frequency: dedupe?.frequency ? { ...dedupe.frequency } : null };
}

function quietHoursOf({ quietHours }: TemplateShape): QuietHours | null {
  if (!quietHours) return null;
  return { timeZone: DEFAULT_TIME_ZONE, action: 'delay', highBypasses: false, ...quietHours };
}

function definitionOf(shape: TemplateShape, routes: readonly PlacedRoute[]): TemplateDefinition {
  return {
    name: shape.name,
    description: shape.description ?? '',
    variables: (shape.variables ?? []).map((variable) => ({ required: true, ...variable })),
    routes: routes.map(({ route }) => route),
    strategy: shape.strategy ?? 'first',
    fallback: shape.fallback ? { afterSeconds: DEFAULT_FALLBACK_SECONDS, ...shape.fallback } : null,
    dedupe: dedupeOf(shape),
    quietHours: quietHoursOf(shape),
    onAmbiguous: shape.onAmbiguous ?? 'resend',
    overflow: shape.overflow ?? 'delay',
    ttlSeconds: shape.ttlSeconds ?? DEFAULT_TTL_SECONDS,
    unknownUser: shape.unknownUser ?? 'refuse',
  };
}

function duplicateVariables({ variables }: TemplateDefinition, base: Path): Fault[] {
  const names = variables.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            pointer: jsonPointer(...base, 'variables', index, 'name'),
            code: 'duplicate_item',
            message: `${name} is listed twice`,
          },
        ],
  );
}

/** `unread` can only be known where the first channel reports what was read. */
function fallbackFaults(channels: ChannelRegistry, { fallback, routes }: TemplateDefinition, base: Path): Fault[] {
  const first = channels.find(routes[0]?.channel ?? '');
  const index = fallback?.on.indexOf('unread') ?? -1;
  if (index < 0 || !first || (first.receipts.supported && first.receipts.tellsRead)) return [];
  const message = `${first.name} does not report what was read`;
  return [{ pointer: jsonPointer(...base, 'fallback', 'on', index), code: 'invalid_value', message }];
}

function quietHoursFaults({ quietHours }: TemplateDefinition, base: Path): Fault[] {
  if (!quietHours || quietHours.from !== quietHours.to) return [];
  return [
    { pointer: jsonPointer(...base, 'quietHours', 'to'), code: 'invalid_value', message: 'must differ from `from`' },
  ];
}

function sizeFault(body: JsonObject, base: Path): Fault | undefined {
  const actual = sizeOf(JSON.stringify(body), 'bytes');
  if (actual <= TEMPLATE_LIMIT_BYTES) return undefined;
  const message = `must not be longer than ${TEMPLATE_LIMIT_BYTES} bytes`;
  return {
    pointer: jsonPointer(...base),
    code: 'too_long',
    message,
    limit: TEMPLATE_LIMIT_BYTES,
    actual,
    unit: 'bytes',
  };
}

function routeFaults(channels: ChannelRegistry, { route, path }: PlacedRoute): Fault[] {
  return [...checkRoute(channels, route, path), ...placeholderFaults(route.content, [...path, 'content'])];
}

/**
 * Reads a template as a caller writes it. Every fault that can be told without looking at accounts, all at once.
 * @param base where the template stands in the request's body.
 */
export function parseTemplate(channels: ChannelRegistry, body: JsonObject, base: Path = []): ParsedTemplate {
  const tooLong = sizeFault(body, base);
  if (tooLong) return { routes: [], faults: [tooLong] };
  const { value: shape, faults: shapeFaults } = validateShape(TemplateShape, body, { base });
  const { routes, faults: unreadable } = readRoutes(body['routes'], [...base, 'routes']);
  const faults = [...shapeFaults, ...unreadable, ...routes.flatMap((route) => routeFaults(channels, route))];
  if (shapeFaults.length > 0 || unreadable.length > 0) return { routes, faults };
  const definition = definitionOf(shape, routes);
  return {
    ...(shape.code !== undefined && { code: shape.code }),
    ...(shape.enabled !== undefined && { enabled: shape.enabled }),
    definition,
    routes,
    faults: [
      ...faults,
      ...duplicateVariables(definition, base),
      ...fallbackFaults(channels, definition, base),
      ...quietHoursFaults(definition, base),
    ],
  };
}
