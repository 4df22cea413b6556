import {
  AmbiguousDeliveryError,
  CredentialError,
  MediaRejectedError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
  type DeliveryError,
  type LocalizedText,
  type ProviderFault,
} from '#libs/core';

/** What to do about a provider's error code. */
export const PROVIDER_ERROR_CLASSES = [
  // Certainly not sent, and may work by itself: tried again, after a wait, with a new token, once the account is mended.
  'retry',
  'rate',
  'token',
  'credentials',
  // Refused for good, because of the account's set-up, whom, or what.
  'account',
  'recipient',
  'content',
  // The message names a media id that the provider does not know (any more).
  'media',
  // May have gone out.
  'unclear',
] as const;

export type ProviderErrorClass = (typeof PROVIDER_ERROR_CLASSES)[number];

/** Calls on which some codes mean something else than on a send. */
export type ProviderErrorCall = 'token' | 'recall' | 'receipts';

interface ProviderErrorMeaning {
  readonly class: ProviderErrorClass;
  /** Code of the reason catalogue. */
  readonly reason: string;
  readonly text: LocalizedText;
  /** What an operator can do about it. */
  readonly remedy?: LocalizedText;
  /** `rate` only: how long the account is blocked when the answer does not say. */
  readonly waitMs?: number;
}

/** Another meaning of the same code, and what tells it apart: the call that was answered, or words of the answer. */
export interface ProviderErrorCase extends ProviderErrorMeaning {
  readonly on?: ProviderErrorCall;
  /** Any of them in the provider's text. Only for codes that the provider itself shares among several causes. */
  readonly says?: readonly string[];
}

export interface ProviderErrorRule extends ProviderErrorMeaning {
  /** The first one that fits decides; without one, the rule itself. */
  readonly cases?: readonly ProviderErrorCase[];
}

/** A channel's table: the provider's code as text → what it means. `x.*` stands for every code that begins with `x.`. */
export type ProviderErrorTable = Readonly<Record<string, ProviderErrorRule>>;

/** What a code that the table does not list means: refused, for a reason we can only quote. */
const UNLISTED: ProviderErrorRule = {
  class: 'content',
  reason: 'provider_rejected',
  text: { zh: '平台拒绝了请求', en: 'The provider refused the request' },
};

// A vendor's word for a code may also be one that every object knows.
const entryOf = (table: ProviderErrorTable, code: string): ProviderErrorRule | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** The table's entry for a code: its own, else that of its longest listed beginning. */
function entryFor(table: ProviderErrorTable, code: string): ProviderErrorRule | undefined {
  const own = entryOf(table, code);
  if (own) return own;
  for (let end = code.lastIndexOf('.'); end > 0; end = code.lastIndexOf('.', end - 1)) {
    const entry = entryOf(table, `${code.slice(0, end)}.*`);
    if (entry) return entry;
  }
  return undefined;
}

/** What a code in an answer to a send means; `message` decides only where the table says that the code does not. */
export function ruleFor(table: ProviderErrorTable, code: string, message = ''): ProviderErrorRule | undefined {
  const entry = entryFor(table, code);
  return entry?.cases?.find(({ on, says }) => !on && says?.some((words) => message.includes(words))) ?? entry;
}

/** The table as it reads for answers to another call. */
export const errorsOn = (call: ProviderErrorCall, table: ProviderErrorTable): ProviderErrorTable =>
  Object.fromEntries(
    Object.entries(table).map(([code, rule]) => [code, rule.cases?.find(({ on }) => on === call) ?? rule]),
  );

/** What was once judged as `reason`, explained: of several meanings of the code the one with this reason. */
export function explanationOf(
  table: ProviderErrorTable,
  code: string,
  reason: string | undefined,
): ProviderErrorRule | undefined {
  const entry = entryFor(table, code);
  if (!entry || entry.reason === reason) return entry;
  return entry.cases?.find((other) => other.reason === reason) ?? entry;
}

/** Turns a provider's error code into the error of the taxonomy that says what happens next. */
export function toDeliveryError(
  table: ProviderErrorTable,
  fault: ProviderFault,
  options: { readonly waitMs?: number } = {},
): DeliveryError {
  const rule = ruleFor(table, fault.code, fault.message) ?? UNLISTED;
  const message = `${rule.text.en} (${fault.name} ${fault.code})`;
  const details = { provider: { ...fault, text: rule.text, ...(rule.remedy && { hint: rule.remedy }) } };
  switch (rule.class) {
    case 'retry':
      return new RetryableDeliveryError(rule.reason, message, true, details);
    case 'token':
      return new TokenRejectedError(message, details);
    case 'rate':
      return new RateLimitedError(rule.reason, message, options.waitMs ?? rule.waitMs ?? 60_000, 'account', details);
    case 'credentials':
      return new CredentialError(rule.reason, message, details);
    case 'media':
      return new MediaRejectedError(rule.reason, message, [], details);
    case 'unclear':
      return new AmbiguousDeliveryError(rule.reason, message, details);
    case 'account':
    case 'recipient':
    case 'content':
      return new PermanentDeliveryError(rule.reason, message, [], details);
  }
}
