import type { Content, Mention } from '#libs/channels';
import type { Fault, JsonObject, JsonValue } from '#libs/core';
import type { CompiledRoute, CompiledTemplate, RenderNote } from '#libs/templates';
import type { FallbackRoute } from '../fallback/fallback-route.js';
import type { Params } from '../params.js';

export const PRIORITIES = { high: 1, normal: 10, low: 20 } as const;
export type Priority = keyof typeof PRIORITIES;

export const priorityName = (value: number): Priority =>
  value === PRIORITIES.high ? 'high' : value === PRIORITIES.low ? 'low' : 'normal';

/** A request to send, its outer shape already checked; recipients and params are checked by the planner. */
export interface SendRequest {
  readonly template: CompiledTemplate;
  readonly recipients: readonly JsonValue[];
  readonly params: JsonValue;
  readonly businessKey?: string;
  /** Narrow the template's routes. */
  readonly channel?: string;
  readonly account?: string;
  readonly sendAt?: Date;
  readonly expireAt?: Date;
  readonly priority: Priority;
  readonly metadata?: JsonObject;
  readonly batchId?: string;
  /** A trial by a person: neither deduplicated nor held back by quiet hours. */
  readonly isTest?: boolean;
  /** Stored instead of a template reference, for messages without a template. */
  readonly inlineContent?: JsonObject;
}

export interface PlannedRecipient {
  readonly rowNo: number;
  readonly ref: string;
  readonly addresseeType: string;
  readonly addresseeId: string;
  /** Vendor family where the caller named it; mentions of a group row. */
  readonly detail?: JsonObject;
}

/** One provider call to be: a batch of recipients that share route and content. */
export interface PlannedDelivery {
  readonly no: number;
  readonly route: CompiledRoute;
  readonly account: string;
  /** The accounts of which any may send it instead; empty where route or request name one. */
  readonly pool: readonly string[];
  /** Personal parameters; absent: the message's own. */
  readonly params?: Params;
  readonly recipients: readonly PlannedRecipient[];
  /** Where its recipients may go on to; empty without a fallback rule. */
  readonly fallback: readonly FallbackRoute[];
}

/** What one route sends for one set of parameters. */
export interface PlannedContent {
  readonly route: CompiledRoute;
  readonly params: Params;
  readonly mentions: readonly Mention[];
  readonly content: Content;
  /** Remarks for the timeline, e.g. a field that was cut. */
  readonly notes: readonly RenderNote[];
}

/** Everything about a message that can be said before it is stored. */
export interface MessagePlan {
  readonly id: string;
  readonly callerId: string;
  readonly request: SendRequest;
  readonly params: Params;
  readonly createdAt: Date;
  readonly expireAt: Date;
  /** Set when the message waits; an instant in the past means now. */
  readonly sendAt?: Date;
  readonly deliveries: readonly PlannedDelivery[];
  readonly contents: readonly PlannedContent[];
  readonly recipientCount: number;
}

export type PlanResult = { readonly plan: MessagePlan } | { readonly faults: readonly Fault[] };
