import type { ChannelDefinition, Content, Mention } from '#libs/channels';
import type { ClassOf, Fault, JsonValue } from '#libs/core';
import type { Params } from './placeholders.js';
import type {
  AmbiguityRule,
  DedupeRules,
  FallbackRule,
  OverflowRule,
  QuietHours,
  Strategy,
  UnknownUserRule,
  VariableDefinition,
} from './template-definition.js';

/** A variable of a template: found in its content, or only listed. */
export interface VariableSpec extends VariableDefinition {
  /** Numbers of the routes whose content uses it. */
  readonly routes: readonly number[];
}

/** One way a template can travel: a channel, the accounts to send through, and content ready to take values. */
export interface CompiledRoute {
  /** 1, 2, … in the order of the template. */
  readonly no: number;
  readonly channel: ChannelDefinition;
  /** One account, or a pool. */
  readonly accounts: readonly string[];
  readonly kind: string;
  readonly contentClass: ClassOf<object>;
  /** The channel's own options, exactly those that the author gave. */
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly onOverlong: 'refuse' | 'cut';
  /** Group channels: people mentioned in every message. */
  readonly mentions: readonly Mention[];
  /** Names of the placeholders in the content, each once. Empty: the content never changes. */
  readonly placeholders: readonly string[];
  /** Placeholders without which nothing can be sent. */
  readonly required: readonly string[];
  /** Whether the content may name uploaded files, by itself or by its values. */
  readonly mayNameAssets: boolean;
  /** Assets that the author named; those of values are the sender's. */
  readonly ownAssets: ReadonlySet<string>;
  /** Pure: equal values, equal content. Missing values are empty. Treat the result as read-only. */
  render(params: Params): Content;
  /** Values that would make a link of a scheme that is not permitted. */
  linkFaults(params: Params, base: readonly (string | number)[]): Fault[];
}

/** A template version made ready for planning and sending; immutable. */
export interface CompiledTemplate {
  /** `null`: the content of a message without a template. */
  readonly code: string | null;
  readonly version: number | null;
  readonly name: string;
  readonly strategy: Strategy;
  readonly fallback: FallbackRule | null;
  readonly dedupe: DedupeRules;
  readonly quietHours: QuietHours | null;
  readonly onAmbiguous: AmbiguityRule;
  readonly overflow: OverflowRule;
  readonly ttlSeconds: number;
  readonly unknownUser: UnknownUserRule;
  readonly variables: readonly VariableSpec[];
  /** In order of preference; never empty. */
  readonly routes: readonly CompiledRoute[];
}
