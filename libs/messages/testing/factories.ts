import type { JsonValue } from '#libs/core';
import { compileTemplate, type CompiledTemplate, type RouteDefinition, type TemplateDefinition } from '#libs/templates';
import type { MessagePlan, SendRequest } from '../plan/message-plan.js';
import { planMessage, type PlanningContext } from '../plan/plan-message.js';
import type { FinalRecipientStatus } from '../states.js';
import { noCounts, type RecipientCounts } from '../message-status.js';
import { testChannels } from './test-channels.js';

export const CALLER = '0197c2f4-7a00-7000-8000-00000000ca11';

export const makeRouteDefinition = (
  channel: string,
  { account = `${channel}-1`, accounts = [account], text = 'hello', options = {} }: RouteChanges = {},
): RouteDefinition => ({ channel, accounts, content: { kind: 'text', content: text }, options });

interface RouteChanges {
  readonly account?: string;
  readonly accounts?: readonly string[];
  readonly text?: string;
  readonly options?: Readonly<Record<string, JsonValue>>;
}

/** A definition as it is stored: one text to people, no rules that suppress or delay. */
export const makeDefinition = (changes: Partial<TemplateDefinition> = {}): TemplateDefinition => ({
  name: 'Test',
  description: '',
  variables: [],
  routes: [makeRouteDefinition('letter')],
  strategy: 'first',
  fallback: null,
  dedupe: { content: null, frequency: null },
  quietHours: null,
  onAmbiguous: 'resend',
  overflow: 'delay',
  ttlSeconds: 86_400,
  unknownUser: 'refuse',
  ...changes,
});

export const makeTemplate = (changes: Partial<TemplateDefinition> = {}, code = 'test'): CompiledTemplate =>
  compileTemplate(testChannels(), code, 1, makeDefinition(changes));

export const makeRequest = (
  recipients: readonly JsonValue[],
  { template = makeTemplate(), ...changes }: Partial<Omit<SendRequest, 'recipients'>> = {},
): SendRequest => ({ template, recipients, params: {}, priority: 'normal', ...changes });

export const makeContext = (changes: Partial<PlanningContext> = {}): PlanningContext => ({
  callerId: CALLER,
  mayBroadcast: true,
  now: new Date(),
  ...changes,
});

/** The plan of a request that has no faults. */
export async function makePlan(request: SendRequest, context: Partial<PlanningContext> = {}): Promise<MessagePlan> {
  const result = await planMessage(request, makeContext(context));
  if ('faults' in result) throw new TypeError(`faults: ${JSON.stringify(result.faults)}`);
  return result.plan;
}

export const makeCounts = (counts: Partial<Record<FinalRecipientStatus, number>>): RecipientCounts => ({
  ...noCounts(),
  ...counts,
});
