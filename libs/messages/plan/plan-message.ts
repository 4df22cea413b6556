import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Content, Mention } from '#libs/channels';
import { canonicalJson, jsonPointer, newId, type Fault, type JsonObject } from '#libs/core';
import { missingVariables, renderRoute, type CompiledRoute } from '#libs/templates';
import { laterRoutes, poolOf, type FallbackRoute } from '../fallback/fallback-route.js';
import { checkParams, type Params } from '../params.js';
import type { ParsedRecipient } from '../recipients.js';
import { asMention, assignRecipients, canAddress, parseRecipients, type RouteAssignment } from './assign-recipients.js';
import type {
  MessagePlan,
  PlannedContent,
  PlannedDelivery,
  PlannedRecipient,
  PlanResult,
  SendRequest,
} from './message-plan.js';
import { checkTimes } from './times.js';

export interface PlanningContext {
  readonly callerId: string;
  readonly now: Date;
  /** May the key address departments, tags and everybody? */
  readonly mayBroadcast: boolean;
  /** `<family> <ref>` of whom the directory knows no id of a vendor. */
  readonly unreachable?: ReadonlySet<string>;
}

/** Distinct contents rendered before the event loop gets a turn. */
const SLICE = 500;

/** Recipients of one route that share their parameters: one content. */
interface ParamsGroup {
  readonly assignment: RouteAssignment;
  readonly params?: Params;
  readonly recipients: readonly ParsedRecipient[];
}

/**
 * Computes everything that can be said about a message before it is stored: who, on which route, how many provider
 * calls, and every fault at once. Touches neither database nor network.
 */
export async function planMessage(request: SendRequest, context: PlanningContext): Promise<PlanResult> {
  const faults: Fault[] = [...checkParams(request.params, ['params']), ...checkTimes(request, context.now)];
  const parsed = parseRecipients(request.recipients);
  const narrowed = narrowRoutes(request);
  faults.push(...parsed.faults, ...narrowed.faults, ...broadcastFaults(parsed.recipients, narrowed.routes, context));
  if (faults.length > 0) return { faults };

  const assigned = assignRecipients(narrowed.routes, request.template.strategy, parsed.recipients, context.unreachable);
  if (assigned.faults.length > 0) return { faults: assigned.faults };

  const params = request.params as Params;
  const groups = assigned.assignments.flatMap(groupByParams);
  const rendered = await renderGroups(groups, params);
  // What could not be sent when it is needed is told now, also of routes that may never be.
  const later = await renderGroups(fallbackGroups(groups, request), params);
  const contentFaults = uniqueFaults([...rendered.faults, ...later.faults]);
  if (contentFaults.length > 0) return { faults: contentFaults };
  return { plan: buildPlan(request, context, params, groups, rendered.contents) };
}

function narrowRoutes({ template, channel, account }: SendRequest): { routes: CompiledRoute[]; faults: Fault[] } {
  const onChannel = template.routes.filter((route) => channel === undefined || route.channel.name === channel);
  if (onChannel.length === 0) {
    return {
      routes: [],
      faults: [{ pointer: '/channel', code: 'no_matching_route', message: 'the template has no such route' }],
    };
  }
  const routes = onChannel.filter((route) => account === undefined || route.accounts.includes(account));
  if (routes.length > 0) return { routes, faults: [] };
  return {
    routes,
    faults: [{ pointer: '/account', code: 'no_matching_route', message: 'no route uses this account' }],
  };
}

function broadcastFaults(
  recipients: readonly ParsedRecipient[],
  routes: readonly CompiledRoute[],
  { mayBroadcast }: PlanningContext,
): Fault[] {
  if (mayBroadcast || !routes.some((route) => route.channel.addressing.to === 'people')) return [];
  return recipients
    .filter(({ type }) => type === 'department' || type === 'tag' || type === 'all')
    .map(({ index }) => ({
      pointer: jsonPointer('recipients', index),
      code: 'broadcast_not_allowed',
      message: 'departments, tags and everybody need the scope messages:broadcast',
    }));
}

function groupByParams(assignment: RouteAssignment): ParamsGroup[] {
  const groups = new Map<string, ParsedRecipient[]>();
  for (const recipient of assignment.recipients) {
    const key = recipient.params ? canonicalJson(recipient.params) : '';
    const group = groups.get(key);
    if (group) group.push(recipient);
    else groups.set(key, [recipient]);
  }
  if (groups.size === 0) return [{ assignment, recipients: [] }];
  return [...groups.values()].map((recipients) => {
    const params = recipients[0]?.params;
    return { assignment, recipients, ...(params && { params }) };
  });
}

/** The same recipients and parameters on the routes that they may fall back to. */
const fallbackGroups = (groups: readonly ParamsGroup[], request: SendRequest): ParamsGroup[] =>
  groups.flatMap((group) =>
    laterRoutes(request, group.assignment.route).flatMap((route): ParamsGroup[] => {
      const recipients = group.recipients.filter((recipient) => canAddress(route, recipient));
      if (recipients.length === 0) return [];
      const isGroup = route.channel.addressing.to === 'group';
      return [{ ...group, recipients, assignment: { route, group: isGroup, recipients } }];
    }),
  );

function mentionsOf({ assignment, recipients }: ParamsGroup): readonly Mention[] {
  if (!assignment.group) return [];
  return recipients.flatMap((recipient) => asMention(recipient, assignment.route) ?? []);
}

async function renderGroups(
  groups: readonly ParamsGroup[],
  shared: Params,
): Promise<{ contents: PlannedContent[]; faults: Fault[] }> {
  const contents: PlannedContent[] = [];
  const faults: Fault[] = [];
  for (const [index, group] of groups.entries()) {
    if (index > 0 && index % SLICE === 0) await nextTurn();
    const rendered = renderGroup(group, shared);
    if ('faults' in rendered) faults.push(...rendered.faults);
    else contents.push(rendered);
  }
  return { contents, faults: uniqueFaults(faults) };
}

function renderGroup(group: ParamsGroup, shared: Params): PlannedContent | { readonly faults: readonly Fault[] } {
  const { route } = group.assignment;
  const params = group.params ? { ...shared, ...group.params } : shared;
  const missing = missingVariables(route, params).map((fault) => personalPointer(fault, group));
  if (missing.length > 0) return { faults: missing };
  const { content, mentions, faults: contentFaults, notes } = renderRoute(route, params, mentionsOf(group));
  const faults = [...contentFaults, ...addresseeFaults(group, content)];
  if (faults.length > 0) return { faults: faults.map((fault) => personalPointer(fault, group)) };
  return { route, params, mentions, content, notes };
}

function addresseeFaults({ assignment, recipients }: ParamsGroup, content: Content): readonly Fault[] {
  if (assignment.group) return [];
  const addressees = recipients.map((recipient) => ({ type: batchType(recipient) }));
  return assignment.route.channel.checkAddressees?.(content, addressees) ?? [];
}

/** A fault that only some recipients' params cause points to the first of them. */
function personalPointer(fault: Fault, { params, recipients }: ParamsGroup): Fault {
  const first = recipients[0];
  if (!params || !first || !fault.pointer?.startsWith('/params/')) return fault;
  return { ...fault, pointer: jsonPointer('recipients', first.index) + fault.pointer };
}

const uniqueFaults = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.pointer ?? ''} ${fault.code}`, fault])).values(),
];

function buildPlan(
  request: SendRequest,
  context: PlanningContext,
  params: Params,
  groups: readonly ParamsGroup[],
  contents: readonly PlannedContent[],
): MessagePlan {
  const id = newId(context.now.getTime());
  const numbering = { delivery: 0, row: 0 };
  const pick = Number.parseInt(id.slice(-6), 16);
  const deliveries = groups.flatMap((group) => deliveriesOf(group, request, pick, numbering));
  const sendAt = request.sendAt && request.sendAt > context.now ? request.sendAt : undefined;
  const base = sendAt ?? context.now;
  return {
    id,
    callerId: context.callerId,
    request,
    params,
    createdAt: context.now,
    expireAt: request.expireAt ?? new Date(base.getTime() + request.template.ttlSeconds * 1000),
    ...(sendAt && { sendAt }),
    deliveries,
    contents,
    recipientCount: new Set(deliveries.flatMap((delivery) => delivery.recipients.map((r) => r.ref))).size,
  };
}

interface Numbering {
  delivery: number;
  row: number;
}

function deliveriesOf(group: ParamsGroup, request: SendRequest, pick: number, numbering: Numbering): PlannedDelivery[] {
  const { route } = group.assignment;
  const accountOf = ({ accounts }: CompiledRoute): string => request.account ?? accounts[pick % accounts.length] ?? '';
  const account = accountOf(route);
  const fallback = laterRoutes(request, route).map((later): FallbackRoute => ({
    route: later.no,
    account: accountOf(later),
    ...(poolOf(request, later).length > 0 && { pool: poolOf(request, later) }),
  }));
  const batches = group.assignment.group ? [[groupRow(group, account)]] : batchesOf(group);
  return batches.map((rows) => ({
    no: (numbering.delivery += 1),
    route,
    account,
    pool: poolOf(request, route),
    ...(group.params && { params: group.params }),
    recipients: rows.map((row) => ({ ...row, rowNo: (numbering.row += 1) })),
    fallback,
  }));
}

type Row = Omit<PlannedRecipient, 'rowNo'>;

/** A chat group is one addressee, the account itself; the people to mention are kept with it. */
function groupRow(group: ParamsGroup, account: string): Row {
  const mentions = mentionsOf(group).map((mention): JsonObject => ({ ...mention }));
  return {
    ref: `group:${account}`,
    addresseeType: 'group',
    addresseeId: account,
    ...(mentions.length > 0 && { detail: { mentions } }),
  };
}

/** Cuts recipients into calls: persons together up to the vendor's limit, each kind of group on its own. */
function batchesOf({ assignment, recipients }: ParamsGroup): Row[][] {
  const { addressing } = assignment.route.channel;
  if (addressing.to !== 'people') return [];
  const types = ['user', 'department', 'tag', 'all'] as const;
  return types.flatMap((type) => {
    const own = recipients.filter((recipient) => batchType(recipient) === type).map(personRow);
    const size = addressing.perCall[type] ?? 1;
    return Array.from({ length: Math.ceil(own.length / size) }, (_, index) =>
      own.slice(index * size, (index + 1) * size),
    );
  });
}

function batchType({ type }: ParsedRecipient): 'user' | 'department' | 'tag' | 'all' {
  return type === 'department' || type === 'tag' || type === 'all' ? type : 'user';
}

const personRow = ({ ref, type, id }: ParsedRecipient): Row => ({ ref, addresseeType: type, addresseeId: id });
