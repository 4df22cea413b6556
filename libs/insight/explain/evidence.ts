import { describeReason, reasonSentence, type Language } from '#libs/core';
import type { ProviderView } from '#libs/messages';
import type { CompiledTemplate } from '#libs/templates';
import type { Decision } from './decision.js';
import { reasonOf, type Fate, type FateAccount, type FateAttempt, type FateEvent } from './fate.js';
import type { Person } from './person-directory.js';
import { wallClock } from './texts.js';

/** How the reader wants to be told. */
export interface Telling {
  readonly language: Language;
  /** IANA name; times in sentences are of this place. */
  readonly timeZone: string;
}

/** Everything the chain of one message to one person is told from. */
export interface Evidence {
  readonly fate: Fate;
  readonly decision: Decision;
  readonly person?: Person;
  /** Absent: deleted, or the message has none. */
  readonly template?: CompiledTemplate;
  readonly account?: FateAccount;
  readonly attempts: readonly FateAttempt[];
  readonly events: readonly FateEvent[];
  /** Label of the channel. */
  readonly channel: string;
  /** Why the channel tells nothing after "sent". */
  readonly silence?: string;
  /** What the provider said last, when that was no yes. */
  readonly provider?: ProviderView;
  readonly telling: Telling;
}

/** The call that decided: the last one that was made. */
export const lastAttempt = ({ attempts }: Pick<Evidence, 'attempts'>): FateAttempt | undefined => attempts.at(-1);

const labelOf = (reason: string | null | undefined, language: Language): string | undefined =>
  reason === null || reason === undefined ? undefined : (describeReason(reason)?.label[language] ?? reason);

type Values = Readonly<Record<string, string | number | null | undefined>>;

/** What the rules of the template say. */
function rulesOf({ fate, template }: Evidence): Values {
  if (!template) return {};
  const { dedupe, quietHours } = template;
  const rule = fate.reason === 'frequency_limit' ? dedupe.frequency : dedupe.content;
  return {
    ...(quietHours && { from: quietHours.from, to: quietHours.to }),
    ...(rule && { limit: rule.limit, used: rule.limit, window: `${rule.windowSeconds} s` }),
  };
}

const textIn = (data: FateEvent['data'] | undefined, name: string): string | undefined =>
  typeof data?.[name] === 'string' ? data[name] : undefined;

/** Who did it, and with which words: whoever settled the outcome, else whoever paused the account. */
function actorOf({ account, events }: Evidence): Values {
  const data = events.findLast(({ event }) => event === 'resolved')?.data;
  return {
    note: textIn(data, 'note') ?? account?.paused_text,
    who: textIn(data, 'actor') ?? account?.paused_by,
  };
}

function timesOf({ account, fate, telling }: Evidence): Values {
  const at = (date: Date | null | undefined): string | undefined =>
    date ? wallClock(date, telling.timeZone) : undefined;
  return {
    at: at(fate.updated_at),
    expireAt: at(fate.expire_at),
    since: at(account?.paused_at),
    until: at(fate.next_attempt_at),
  };
}

/** What the sentence of a reason is filled with, as far as the rows know. */
function valuesOf(evidence: Evidence): Readonly<Record<string, string | number>> {
  const { account, attempts, fate, person, telling } = evidence;
  const last = lastAttempt(evidence);
  const values: Values = {
    ...rulesOf(evidence),
    ...actorOf(evidence),
    ...timesOf(evidence),
    account: account?.name ?? fate.account,
    cause: labelOf(last?.reason, telling.language),
    n: attempts.length,
    name: person?.name ?? fate.ref,
    original: textIn(fate.detail, 'duplicateOf'),
    ref: fate.ref,
    vendorCode: last?.code,
  };
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string | number] => entry[1] !== null && entry[1] !== undefined,
    ),
  );
}

/** Why it is so, in one sentence. Undefined when the rows give no reason. */
export function sentenceOfReason(evidence: Evidence): string | undefined {
  const reason = reasonOf(evidence.fate);
  if (reason === null) return undefined;
  const entry = describeReason(reason);
  return entry ? reasonSentence(entry, evidence.telling.language, valuesOf(evidence)) : reason;
}
