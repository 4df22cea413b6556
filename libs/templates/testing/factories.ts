import type { Content } from '#libs/channels';
import type { JsonValue } from '#libs/core';
import type { CompiledRoute, CompiledTemplate } from '../compiled-template.js';
import { compileTemplate } from '../template-compiler.js';
import type { TemplateDefinition } from '../template-definition.js';
import { testChannels } from './test-channels.js';

/** A definition as it is stored, with one text route. */
export function makeDefinition(changes: Partial<TemplateDefinition> = {}): TemplateDefinition {
  return {
    name: 'Order paid',
    description: '',
    variables: [],
    routes: [{ channel: 'test-people', accounts: ['sales'], content: { kind: 'text', content: 'x' }, options: {} }],
    strategy: 'first',
    fallback: null,
    dedupe: { content: { windowSeconds: 300, limit: 1 }, frequency: null },
    quietHours: null,
    onAmbiguous: 'resend',
    overflow: 'delay',
    ttlSeconds: 86_400,
    unknownUser: 'refuse',
    ...changes,
  };
}

export const makeTemplate = (changes: Partial<TemplateDefinition> = {}): CompiledTemplate =>
  compileTemplate(testChannels(), 'order-paid', 1, makeDefinition(changes));

/** The only route of a template with this content. */
export function makeRoute(
  content: Content,
  { channel = 'test-people', options = {} }: { channel?: string; options?: Record<string, JsonValue> } = {},
): CompiledRoute {
  const [route] = makeTemplate({ routes: [{ channel, accounts: ['sales'], content, options }] }).routes;
  if (!route) throw new TypeError('a template has a route');
  return route;
}
