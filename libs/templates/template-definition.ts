import type { Content } from '#libs/channels';
import type { JsonValue } from '#libs/core';

/** At most `limit` in any window of `windowSeconds`. */
export interface WindowRule {
  readonly windowSeconds: number;
  readonly limit: number;
}

export const STRATEGIES = ['first', 'all'] as const;
export const FALLBACK_CAUSES = ['failed', 'unreachable', 'timeout', 'unread'] as const;
export const QUIET_ACTIONS = ['delay', 'drop'] as const;
export const AMBIGUITY_RULES = ['resend', 'hold'] as const;
export const OVERFLOW_RULES = ['delay', 'merge'] as const;
export const UNKNOWN_USER_RULES = ['refuse', 'as_is'] as const;

export type Strategy = (typeof STRATEGIES)[number];
export type AmbiguityRule = (typeof AMBIGUITY_RULES)[number];
export type OverflowRule = (typeof OVERFLOW_RULES)[number];
export type UnknownUserRule = (typeof UNKNOWN_USER_RULES)[number];

export interface FallbackRule {
  readonly on: readonly (typeof FALLBACK_CAUSES)[number][];
  /** How long `timeout` and `unread` wait. */
  readonly afterSeconds: number;
}

/** Content: same rendered content to one person; frequency: anything of this template to one person. `null` is off. */
export interface DedupeRules {
  readonly content: WindowRule | null;
  readonly frequency: WindowRule | null;
}

/** From `from` (included) to `to` (excluded), `HH:mm` on the wall clock of an IANA time zone; may pass midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly action: (typeof QUIET_ACTIONS)[number];
  /** Messages of high priority are sent all the same. */
  readonly highBypasses: boolean;
}

export interface VariableDefinition {
  readonly name: string;
  /** Not required: a missing value is written as nothing. */
  readonly required: boolean;
  readonly example?: string | number | boolean;
  readonly description?: string;
}

export interface RouteDefinition {
  readonly channel: string;
  /** One account, or a pool of which each delivery takes one. */
  readonly accounts: readonly string[];
  readonly content: Content;
  /** The channel's own options, `onOverlong`, and on group channels `mentions`, as the author wrote them. */
  readonly options: Readonly<Record<string, JsonValue>>;
}

/** What a template version holds: everything but its code and whether it is enabled. Defaults are filled in. */
export interface TemplateDefinition {
  readonly name: string;
  readonly description: string;
  readonly variables: readonly VariableDefinition[];
  readonly routes: readonly RouteDefinition[];
  readonly strategy: Strategy;
  readonly fallback: FallbackRule | null;
  readonly dedupe: DedupeRules;
  readonly quietHours: QuietHours | null;
  readonly onAmbiguous: AmbiguityRule;
  readonly overflow: OverflowRule;
  readonly ttlSeconds: number;
  readonly unknownUser: UnknownUserRule;
}

/** The content of a message without a template: final text, nothing in it is a placeholder. */
export interface InlineContent {
  readonly channel: string;
  readonly account: string;
  readonly content: Content;
  readonly options?: Readonly<Record<string, JsonValue>>;
  readonly dedupe?: DedupeRules;
  readonly onAmbiguous?: AmbiguityRule;
  readonly overflow?: OverflowRule;
  readonly ttlSeconds?: number;
  readonly unknownUser?: UnknownUserRule;
}

export const DEFAULT_CONTENT_DEDUPE: WindowRule = { windowSeconds: 300, limit: 1 };
export const DEFAULT_TTL_SECONDS = 86_400;
export const DEFAULT_FALLBACK_SECONDS = 600;
export const DEFAULT_TIME_ZONE = 'Asia/Shanghai';

export const TEMPLATE_CODE = /^[a-z0-9_.-]{1,64}$/;
export const VARIABLE_NAME = /^[A-Za-z0-9_.]{1,64}$/;
