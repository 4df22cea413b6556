import type { JsonValue } from './json.js';
import type { LocalizedText, SizeUnit } from './text.js';

/** One fault in a request, named by a JSON pointer into the body or by a query parameter. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  /** Stable code, e.g. `unknown_field`, `missing_variable`, `content_too_long`. */
  readonly code: string;
  readonly message: string;
  readonly limit?: number;
  readonly actual?: number;
  readonly unit?: SizeUnit | 'items' | 'entries';
}

/** What a provider answered: free of secrets. */
export interface ProviderFault {
  readonly name: string;
  readonly code: string;
  /** The provider's own words, our addresses masked. */
  readonly message: string;
  /** What the code means, by the channel's error table. */
  readonly text?: LocalizedText;
  /** What an operator can do about it. */
  readonly hint?: LocalizedText;
  /** The number that the provider's support asks for. */
  readonly supportId?: string;
  /** The address that we called from, as the provider saw it. Only for those who may read accounts. */
  readonly callerIp?: string;
}

export interface ErrorDetails {
  readonly cause?: unknown;
  readonly provider?: ProviderFault;
  readonly meta?: Readonly<Record<string, JsonValue>>;
}

/** The root of everything the domain throws. `code` is stable and listed in the error catalogue. */
export abstract class HongyanError extends Error {
  readonly provider?: ProviderFault;
  readonly meta?: Readonly<Record<string, JsonValue>>;

  constructor(
    readonly code: string,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    if (details.provider) this.provider = details.provider;
    if (details.meta) this.meta = details.meta;
  }
}

/** The request is well-formed but says something that cannot be done; carries every fault found. HTTP 422. */
export class ValidationError extends HongyanError {
  constructor(
    readonly faults: readonly Fault[],
    code: string = faults.length === 1 ? (faults[0]?.code ?? 'validation_failed') : 'validation_failed',
  ) {
    super(code, faults.map((fault) => `${fault.pointer ?? fault.parameter ?? ''} ${fault.message}`.trim()).join('; '));
  }
}

/** The resource named in the path does not exist for this caller. HTTP 404. */
export class NotFoundError extends HongyanError {
  constructor(message: string, code = 'not_found') {
    super(code, message);
  }
}

/** The resource exists but its state forbids the action. HTTP 409 (412 for `precondition_failed`). */
export class ConflictError extends HongyanError {}

/** PostgreSQL is away or back-pressure refuses more. HTTP 503 with `Retry-After`. */
export class UnavailableError extends HongyanError {
  constructor(
    message: string,
    readonly retryAfterMs = 1000,
    details: ErrorDetails = {},
  ) {
    super('unavailable', message, details);
  }
}

/** Set-up that only a person can mend (environment, account fields, templates). */
export class ConfigError extends HongyanError {}

/** A promise of the code itself is broken: a bug. */
export class InvariantError extends HongyanError {
  constructor(message: string, details: ErrorDetails = {}) {
    super('internal_error', message, details);
  }
}

/** What a delivery error says about one addressee of the call. */
export interface RefusedAddressee {
  readonly type: 'user' | 'department' | 'tag' | 'all' | 'group';
  readonly id: string;
  readonly reason: string;
  readonly providerCode?: string;
}

/** Base of the errors a provider call can end in. `reason` is a code of the reason catalogue. */
export abstract class DeliveryError extends HongyanError {
  constructor(
    readonly reason: string,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(reason, message, details);
  }
}

/**
 * Certainly not sent, worth another try.
 * `usesAttempt` is false when the provider was never reached (refused, DNS, connect time-out).
 */
export class RetryableDeliveryError extends DeliveryError {
  constructor(
    reason: string,
    message: string,
    readonly usesAttempt: boolean,
    details: ErrorDetails = {},
  ) {
    super(reason, message, details);
  }
}

/**
 * Certainly not sent: the provider asked to slow down. Uses no attempt; the scope is blocked for `retryAfterMs`.
 * Undefined: the provider did not say for how long; the account is blocked a little longer each time in a row.
 */
export class RateLimitedError extends DeliveryError {
  constructor(
    reason: string,
    message: string,
    readonly retryAfterMs: number | undefined,
    readonly scope: 'account' | 'channel',
    details: ErrorDetails = {},
  ) {
    super(reason, message, details);
  }
}

/** Certainly not sent and never will be: content, recipient or set-up is refused. */
export class PermanentDeliveryError extends DeliveryError {
  constructor(
    reason: string,
    message: string,
    readonly refused: readonly RefusedAddressee[] = [],
    details: ErrorDetails = {},
  ) {
    super(reason, message, details);
  }
}

/**
 * The provider does not know (any more) a media id that the call named.
 * Certainly not sent; a caller that can upload the file anew may repeat the call, everyone else lets the delivery fail.
 */
export class MediaRejectedError extends PermanentDeliveryError {}

/** The account's credentials or rights are refused: the account is paused, its deliveries wait. */
export class CredentialError extends DeliveryError {}

/** The provider refused the access token that was used; the deliver step renews it once and repeats. */
export class TokenRejectedError extends DeliveryError {
  constructor(message: string, details: ErrorDetails = {}) {
    super('token_rejected', message, details);
  }
}

/** Nobody knows whether the provider took the request: it left, and no reliable answer came. */
export class AmbiguousDeliveryError extends DeliveryError {}
