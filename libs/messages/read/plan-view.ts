import type { JsonObject, JsonValue } from '#libs/core';
import { contentHash } from '#libs/templates';
import { dedupeKey } from '../dedupe/dedupe-key.js';
import type { ResolvedView } from '../plan/directory-view.js';
import type { MessagePlan, PlannedContent, PlannedDelivery } from '../plan/message-plan.js';
import { quietUntil } from '../quiet-hours.js';
import { canonicalRecipient } from '../recipients.js';
import { MAX_SHOWN_DELIVERIES, instant } from './message-rows.js';
import type { DeliveryView, MessageView } from './message-view.js';

/** The message as it stands right after its acceptance, without asking the database. */
export function viewOfAccepted(plan: MessagePlan): MessageView {
  const { batchId, businessKey, inlineContent, metadata, priority, template } = plan.request;
  const rows = plan.deliveries.reduce((total, delivery) => total + delivery.recipients.length, 0);
  const deliveries = plan.deliveries.slice(0, MAX_SHOWN_DELIVERIES).map((delivery) => deliveryView(plan, delivery));
  return {
    id: plan.id,
    template: inlineContent ? null : template.code,
    templateVersion: inlineContent ? null : template.version,
    status: plan.sendAt ? 'scheduled' : 'accepted',
    channels: [...new Set(plan.deliveries.map(({ route }) => route.channel.name))].sort(),
    priority,
    ...(businessKey !== undefined && { businessKey }),
    ...(batchId !== undefined && { batchId }),
    recipientCount: plan.recipientCount,
    counts: { pending: rows },
    deliveryCount: plan.deliveries.length,
    deliveriesTruncated: plan.deliveries.length > MAX_SHOWN_DELIVERIES,
    duplicate: false,
    ...(plan.sendAt && { sendAt: instant(plan.sendAt) }),
    expireAt: instant(plan.expireAt),
    createdAt: instant(plan.createdAt),
    updatedAt: instant(plan.createdAt),
    ...(metadata && { metadata }),
    deliveries,
  };
}

function deliveryView(plan: MessagePlan, { account, no, route }: PlannedDelivery): DeliveryView {
  const waits = plan.sendAt && { reason: 'send_at', nextAttemptAt: instant(plan.sendAt) };
  const base = { no, kind: 'first', routeNo: route.no, channel: route.channel.name, account, attempts: 0 };
  return { ...base, status: waits ? 'scheduled' : 'accepted', ...waits };
}

/** Whether the calls of an account would find room in its limits. Nothing is booked ahead: it may change. */
export interface DryRunLimit {
  readonly account: string;
  readonly providerCalls: number;
  readonly verdict: 'goes' | 'waits';
  /** Deliveries that wait there already. */
  readonly waiting: number;
  /** The limit that has not enough room. */
  readonly limit?: string;
  readonly nextFreeAt?: string;
}

/** What a request would do, for a dry run. */
export interface DryRunView {
  readonly recipientCount: number;
  /** Provider calls that the message would cost. */
  readonly providerCalls: number;
  readonly deliveries: readonly {
    readonly no: number;
    readonly channel: string;
    readonly account: string;
    readonly recipients: readonly string[];
    /** Recipients who have had this content or template lately, and would be left out. */
    readonly duplicates: readonly string[];
  }[];
  readonly contents: readonly {
    readonly routeNo: number;
    readonly channel: string;
    readonly content: JsonObject;
    readonly notes: readonly JsonValue[];
  }[];
  readonly limits: readonly DryRunLimit[];
  /** Who is meant by whom, where the directory is asked. */
  readonly people?: readonly ResolvedView[];
  /** End of the quiet hours it would wait for. */
  readonly quietUntil?: string;
  readonly sendAt?: string;
  readonly expireAt: string;
}

/** The dedupe keys of a planned delivery's recipients, and how many owners each may have. */
export function dedupeKeysOf(
  plan: MessagePlan,
  delivery: PlannedDelivery,
): readonly { readonly ref: string; readonly key: Buffer; readonly limit: number }[] {
  const { content, frequency } = plan.request.template.dedupe;
  const planned = contentOf(plan, delivery);
  const { channel } = delivery.route;
  const base = { template: plan.request.template.code ?? '', channel: channel.name };
  return delivery.recipients.flatMap((row) => {
    const recipient = canonicalRecipient(row, channel.family);
    const keys = [];
    if (content && planned) {
      const hash = contentHash(planned.content, planned.mentions);
      keys.push({
        ref: row.ref,
        limit: content.limit,
        key: dedupeKey({ ...base, rule: 'content', recipient, contentHash: hash }),
      });
    }
    if (frequency)
      keys.push({ ref: row.ref, limit: frequency.limit, key: dedupeKey({ ...base, rule: 'frequency', recipient }) });
    return keys;
  });
}

function contentOf(plan: MessagePlan, { params, route }: PlannedDelivery): PlannedContent | undefined {
  const merged = params ? { ...plan.params, ...params } : plan.params;
  return plan.contents.find((item) => item.route === route && sameParams(item.params, merged));
}

function sameParams(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** @param liveOwners live owners by key in hex */
export function viewOfDryRun(
  plan: MessagePlan,
  liveOwners: ReadonlyMap<string, number>,
  now: Date,
): Omit<DryRunView, 'limits'> {
  const { quietHours } = plan.request.template;
  const bypasses = quietHours?.highBypasses && plan.request.priority === 'high';
  const until = quietHours && !bypasses ? quietUntil(quietHours, plan.sendAt ?? now) : undefined;
  return {
    recipientCount: plan.recipientCount,
    providerCalls: plan.deliveries.length,
    deliveries: plan.deliveries.map((delivery) => ({
      no: delivery.no,
      channel: delivery.route.channel.name,
      account: delivery.account,
      recipients: delivery.recipients.map(({ ref }) => ref),
      duplicates: [
        ...new Set(
          dedupeKeysOf(plan, delivery)
            .filter(({ key, limit }) => (liveOwners.get(key.toString('hex')) ?? 0) >= limit)
            .map(({ ref }) => ref),
        ),
      ],
    })),
    contents: plan.contents.map(({ content, notes, route }) => ({
      routeNo: route.no,
      channel: route.channel.name,
      content,
      notes: notes.map((note) => ({ ...note })),
    })),
    ...(until && { quietUntil: instant(until) }),
    ...(plan.sendAt && { sendAt: instant(plan.sendAt) }),
    expireAt: instant(plan.expireAt),
  };
}
