import { isFamilyName, type Mention } from '#libs/channels';
import { describeReason, isJsonObject, type JsonObject } from '#libs/core';
import type { CompiledRoute, CompiledTemplate } from '#libs/templates';
import { asMention, canAddress, mayBeGroup } from '../plan/assign-recipients.js';
import type { ParsedRecipient, RecipientType } from '../recipients.js';
import type { FallbackRoute } from './fallback-route.js';

export type FallbackCause = NonNullable<CompiledTemplate['fallback']>['on'][number];

/** A recipient row that may have to go on to the next route. */
export interface FallbackRow {
  readonly rowNo: number;
  readonly ref: string;
  readonly addresseeType: string;
  readonly addresseeId: string;
  readonly status: string;
  readonly reason?: string;
  readonly detail?: JsonObject;
}

/** How a row is addressed on the route that it goes on to. */
export interface RedirectedRow {
  readonly rowNo: number;
  readonly addresseeType: string;
  readonly addresseeId: string;
  readonly detail?: JsonObject;
}

/** One provider call to be, on a later route. */
export interface FallbackDelivery {
  readonly route: CompiledRoute;
  readonly account: string;
  readonly pool?: readonly string[];
  /** Where it may go on from there. */
  readonly rest: readonly FallbackRoute[];
  readonly rows: readonly RedirectedRow[];
}

/** Reasons that say both: refused, and not to be reached. */
const EITHER: ReadonlySet<string> = new Set(['attempts_exhausted']);

/** What a row that ended without success is a case of. A refusal that is about the person means: not to be reached. */
export function causesOf({ reason, status }: Pick<FallbackRow, 'status' | 'reason'>): readonly FallbackCause[] {
  if (status === 'invalid') return ['unreachable'];
  if (status !== 'failed') return [];
  if (reason !== undefined && EITHER.has(reason)) return ['failed', 'unreachable'];
  return reason !== undefined && describeReason(reason)?.group === 'recipient' ? ['unreachable'] : ['failed'];
}

/**
 * The deliveries that take over, each row on the first later route that can address it. Rows that no route can address
 * are in none of them. Pure.
 */
export function planFallback(
  rows: readonly FallbackRow[],
  template: CompiledTemplate,
  later: readonly FallbackRoute[],
): readonly FallbackDelivery[] {
  const byRoute = new Map<FallbackRoute, Redirection[]>();
  for (const row of rows) {
    const found = firstFor(row, template, later);
    if (!found) continue;
    const own = byRoute.get(found.target);
    if (own) own.push(found);
    else byRoute.set(found.target, [found]);
  }
  return [...byRoute].flatMap(([target, found]) => {
    const rest = later.slice(later.indexOf(target) + 1);
    const { account, pool } = target;
    return cutIntoCalls(found).map(({ route, rows: own }) => ({
      route,
      account,
      ...(pool && { pool }),
      rest,
      rows: own,
    }));
  });
}

interface Redirection {
  readonly target: FallbackRoute;
  readonly route: CompiledRoute;
  readonly row: RedirectedRow;
  /** Rows of different kinds never share a call. */
  readonly kind: string;
}

function firstFor(
  row: FallbackRow,
  template: CompiledTemplate,
  later: readonly FallbackRoute[],
): Redirection | undefined {
  for (const target of later) {
    const route = template.routes.find(({ no }) => no === target.route);
    const redirected = route && redirect(row, route, target.account);
    if (route && redirected) return { target, route, ...redirected };
  }
  return undefined;
}

/** The row as the route addresses it; undefined when it cannot. */
function redirect(
  row: FallbackRow,
  route: CompiledRoute,
  account: string,
): Pick<Redirection, 'row' | 'kind'> | undefined {
  const recipient = recipientOf(row);
  const { rowNo } = row;
  if (!recipient) {
    // A chat group goes on to another group only, with those of its mentions that mean something there.
    if (!mayBeGroup(route)) return undefined;
    const mentions = mentionsIn(row).filter((mention) => mention.type !== 'user');
    const detail: JsonObject = { mentions: mentions.map((mention) => ({ ...mention })) };
    return { row: { rowNo, addresseeType: 'group', addresseeId: account, detail }, kind: `group ${rowNo}` };
  }
  if (!canAddress(route, recipient)) return undefined;
  const { type, id } = recipient;
  const mention = route.channel.addressing.to === 'group' ? asMention(recipient, route) : undefined;
  if (!mention) {
    const isGroup = type === 'department' || type === 'tag' || type === 'all';
    return { row: { rowNo, addresseeType: type, addresseeId: id }, kind: isGroup ? type : 'user' };
  }
  const detail: JsonObject = { mentions: [{ ...mention }], addressee: { type, id } };
  return { row: { rowNo, addresseeType: 'group', addresseeId: account, detail }, kind: 'mention' };
}

const mentionsIn = ({ detail }: FallbackRow): readonly Mention[] => {
  const mentions: unknown = detail?.['mentions'];
  return Array.isArray(mentions) ? (mentions as Mention[]) : [];
};

/** Whom the row stands for; undefined: a chat group as a whole. */
function recipientOf({ addresseeId, addresseeType, detail, ref }: FallbackRow): ParsedRecipient | undefined {
  const [vendor = ''] = ref.split(':', 1);
  const family = isFamilyName(vendor) ? { family: vendor } : {};
  if (addresseeType !== 'group')
    return { type: addresseeType as RecipientType, id: addresseeId, ...family, ref, index: 0 };
  const person = detail?.['addressee'];
  if (!isJsonObject(person) || typeof person['id'] !== 'string') return undefined;
  return { type: person['type'] as RecipientType, id: person['id'], ...family, ref, index: 0 };
}

/** Cuts the rows of one route at the size of the vendor's calls. */
function cutIntoCalls(
  found: readonly Redirection[],
): readonly { readonly route: CompiledRoute; readonly rows: readonly RedirectedRow[] }[] {
  return [...new Set(found.map(({ kind }) => kind))].flatMap((kind) => {
    const same = found.filter((redirection) => redirection.kind === kind);
    const [first] = same;
    if (!first) return [];
    const size = sizeOf(first);
    return Array.from({ length: Math.ceil(same.length / size) }, (_, index) => ({
      route: first.route,
      rows: same.slice(index * size, (index + 1) * size).map(({ row }) => row),
    }));
  });
}

function sizeOf({ kind, route }: Redirection): number {
  const { addressing } = route.channel;
  if (addressing.to === 'group') return Math.max(1, addressing.maxMentions);
  return addressing.perCall[kind as 'user' | 'department' | 'tag' | 'all'] ?? 1;
}
