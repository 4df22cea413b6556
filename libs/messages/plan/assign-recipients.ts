import type { Addressing, Mention } from '#libs/channels';
import { canonicalJson, jsonPointer, type Fault, type JsonValue } from '#libs/core';
import type { CompiledRoute } from '#libs/templates';
import { parseRecipient, type ParsedRecipient, type RecipientType } from '../recipients.js';

/** The recipients of a message on one route. `group`: they are the people to mention in the account's chat group. */
export interface RouteAssignment {
  readonly route: CompiledRoute;
  readonly group: boolean;
  readonly recipients: readonly ParsedRecipient[];
}

export const MAX_RECIPIENTS = 10_000;

const PERSON_TYPES: readonly RecipientType[] = ['user', 'mobile', 'email', 'native', 'customer'];
const isPerson = (recipient: ParsedRecipient): boolean => PERSON_TYPES.includes(recipient.type);

/** How a recipient is mentioned in a chat group of the route's vendor, if it can be. */
export function asMention(recipient: ParsedRecipient, route: CompiledRoute): Mention | undefined {
  if (recipient.family !== undefined && recipient.family !== route.channel.family) return undefined;
  if (recipient.type === 'user' || recipient.type === 'native') return { type: 'user', id: recipient.id };
  if (recipient.type === 'mobile') return { type: 'mobile', id: recipient.id };
  return recipient.type === 'all' ? { type: 'all' } : undefined;
}

function reaches(addressing: Addressing & { to: 'people' }, type: RecipientType, kind: string): boolean {
  if (type === 'all' && addressing.notToAll?.includes(kind)) return false;
  if (type === 'department' || type === 'tag' || type === 'all') return addressing.perCall[type] !== undefined;
  return (type === 'customer') === (addressing.who === 'customers');
}

/** Whether the route can address the recipient as it is written; a mobile may still turn out to be nobody's. */
export function canAddress(route: CompiledRoute, recipient: ParsedRecipient): boolean {
  const { addressing, family } = route.channel;
  if (addressing.to === 'group') return asMention(recipient, route) !== undefined;
  if (recipient.family !== undefined && recipient.family !== family) return false;
  return reaches(addressing, recipient.type, route.kind);
}

/** Parses the list; equal recipients become one, equal ones with other params are a fault. */
export function parseRecipients(values: readonly JsonValue[]): {
  readonly recipients: readonly ParsedRecipient[];
  readonly faults: readonly Fault[];
} {
  if (values.length > MAX_RECIPIENTS) {
    return { recipients: [], faults: [tooMany(values.length)] };
  }
  const byRef = new Map<string, ParsedRecipient>();
  const faults: Fault[] = [];
  values.forEach((value, index) => {
    const parsed = parseRecipient(value, index);
    if ('faults' in parsed) {
      faults.push(...parsed.faults);
      return;
    }
    const first = byRef.get(parsed.recipient.ref);
    if (!first) byRef.set(parsed.recipient.ref, parsed.recipient);
    else if (canonicalJson(first.params ?? {}) !== canonicalJson(parsed.recipient.params ?? {})) {
      faults.push({
        pointer: jsonPointer('recipients', index),
        code: 'duplicate_recipient',
        message: `is the same as recipient ${first.index}, with other params`,
      });
    }
  });
  return { recipients: [...byRef.values()], faults };
}

const tooMany = (actual: number): Fault => ({
  pointer: '/recipients',
  code: 'too_many_recipients',
  message: `must not have more than ${MAX_RECIPIENTS} entries`,
  limit: MAX_RECIPIENTS,
  actual,
  unit: 'items',
});

function groupRefFault(recipient: ParsedRecipient, routes: readonly CompiledRoute[]): Fault | undefined {
  if (isPerson(recipient) || recipient.family !== undefined) return undefined;
  const families = new Set(
    routes.filter((route) => route.channel.addressing.to === 'people').map((r) => r.channel.family),
  );
  if (families.size < 2) return undefined;
  return {
    pointer: jsonPointer('recipients', recipient.index),
    code: 'ambiguous_recipient',
    message: 'the routes belong to several vendors: write {"<vendor>": {…}}',
  };
}

const unreachable = (recipient: ParsedRecipient): Fault => ({
  pointer: jsonPointer('recipients', recipient.index),
  code: 'recipient_unreachable',
  message: `no route of the template can address ${recipient.ref}`,
});

const isGroup = (route: CompiledRoute): boolean => route.channel.addressing.to === 'group';

/** Whether a message without recipients has somewhere to go on this route. */
export function mayBeGroup({ channel: { addressing } }: CompiledRoute): boolean {
  return addressing.to === 'group' || addressing.orGroup === true;
}

const NOBODY: ReadonlySet<string> = new Set();

function first(
  routes: readonly CompiledRoute[],
  recipients: readonly ParsedRecipient[],
  strangers: ReadonlySet<string>,
): RouteAssignment[] {
  const byRoute = new Map<CompiledRoute, ParsedRecipient[]>();
  for (const recipient of recipients) {
    const fitting = routes.filter((candidate) => canAddress(candidate, recipient));
    const isReached = ({ channel }: CompiledRoute): boolean => !strangers.has(`${channel.family} ${recipient.ref}`);
    // Whom nobody knows goes the first route, and is told apart there.
    const route = fitting.find((candidate) => isGroup(candidate) || isReached(candidate)) ?? fitting[0];
    if (!route) continue;
    const own = byRoute.get(route);
    if (own) own.push(recipient);
    else byRoute.set(route, [recipient]);
  }
  return [...byRoute].map(([route, own]) => ({ route, group: isGroup(route), recipients: own }));
}

function all(routes: readonly CompiledRoute[], recipients: readonly ParsedRecipient[]): RouteAssignment[] {
  return routes
    .map((route) => ({
      route,
      group: isGroup(route),
      recipients: recipients.filter((recipient) => canAddress(route, recipient)),
    }))
    .filter((assignment) => assignment.group || assignment.recipients.length > 0);
}

/**
 * Decides which route serves whom: with `first` the first that can address a recipient, with `all` every such route.
 * @param strangers `<family> <ref>` of whom the directory knows no id of a vendor
 */
export function assignRecipients(
  routes: readonly CompiledRoute[],
  strategy: 'first' | 'all',
  recipients: readonly ParsedRecipient[],
  strangers: ReadonlySet<string> = NOBODY,
): { readonly assignments: readonly RouteAssignment[]; readonly faults: readonly Fault[] } {
  const faults = recipients.flatMap((recipient) => {
    const ambiguous = groupRefFault(recipient, routes);
    if (ambiguous) return [ambiguous];
    return routes.some((route) => canAddress(route, recipient)) ? [] : [unreachable(recipient)];
  });
  if (faults.length > 0) return { assignments: [], faults };
  if (recipients.length > 0) {
    return {
      assignments: strategy === 'all' ? all(routes, recipients) : first(routes, recipients, strangers),
      faults: [],
    };
  }
  const groups = routes.filter(mayBeGroup).map((route) => ({ route, group: true, recipients: [] }));
  if (groups.length > 0) return { assignments: strategy === 'all' ? groups : groups.slice(0, 1), faults: [] };
  return {
    assignments: [],
    faults: [{ pointer: '/recipients', code: 'recipients_missing', message: 'at least one recipient is needed' }],
  };
}
