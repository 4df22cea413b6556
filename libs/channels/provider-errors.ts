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

/**
 * What to do about a provider's error code.
 * `retry` transient · `token` renew and repeat once · `rate` wait · `credentials` pause the account ·
 * `account` refused for good until somebody changes the account's set-up · `recipient` and `content` refused for good ·
 * `media` names a media id that the provider does not know (any more) · `unclear` may have gone out.
 */
export type ProviderErrorClass =
  'retry' | 'token' | 'rate' | 'credentials' | 'account' | 'recipient' | 'content' | 'media' | 'unclear';

export interface ProviderErrorRule {
  readonly class: ProviderErrorClass;
  /** Code of the reason catalogue. */
  readonly reason: string;
  readonly text: LocalizedText;
  /** What an operator can do about it. */
  readonly remedy?: LocalizedText;
  /** `rate` only: how long the account is blocked when the answer does not say. */
  readonly waitMs?: number;
}

/** A channel's table: the provider's code as text → what it means. */
export type ProviderErrorTable = Readonly<Record<string, ProviderErrorRule>>;

/** What a code that the table does not list means: refused, for a reason we can only quote. */
const UNLISTED: ProviderErrorRule = {
  class: 'content',
  reason: 'provider_rejected',
  text: { zh: '平台拒绝了请求', en: 'The provider refused the request' },
};

/** Turns a provider's error code into the error of the taxonomy that says what happens next. */
export function toDeliveryError(
  table: ProviderErrorTable,
  fault: ProviderFault,
  options: { readonly waitMs?: number } = {},
): DeliveryError {
  // A vendor's word for a code may also be one that every object knows.
  const rule = (Object.hasOwn(table, fault.code) ? table[fault.code] : undefined) ?? UNLISTED;
  const message = `${rule.text.en} (${fault.name} ${fault.code})`;
  const details = { provider: { ...fault, ...(rule.remedy && { hint: fault.hint ?? rule.remedy.en }) } };
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
