import {
  ConfigError,
  CredentialError,
  DeliveryError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
  type HongyanError,
  type ProviderFault,
} from '#libs/core';

/** Why the last fetch of a token failed, as the row keeps it for everybody who asks during the back-off. */
export interface TokenFailure {
  /** Decides the error that is raised: `credentials` and `config` need a person, the others pass by themselves. */
  readonly kind: 'credentials' | 'config' | 'rate_limited' | 'transient';
  readonly reason: string;
  readonly message: string;
  readonly provider?: ProviderFault;
}

/** The reason of a code that the channel's table does not list: it may be transient, so it pauses nothing. */
const UNLISTED = 'provider_rejected';

function kindOf(error: DeliveryError): TokenFailure['kind'] {
  if (error instanceof CredentialError || error instanceof TokenRejectedError) return 'credentials';
  if (error instanceof PermanentDeliveryError && error.reason !== UNLISTED) return 'credentials';
  return error instanceof RateLimitedError ? 'rate_limited' : 'transient';
}

/** What a failed fetch means. Texts of errors outside the taxonomy are not kept: they might hold an address with a secret. */
export function tokenFailureOf(error: unknown): TokenFailure {
  if (error instanceof ConfigError) return { kind: 'config', reason: error.code, message: error.message };
  if (!(error instanceof DeliveryError)) {
    return { kind: 'transient', reason: 'internal_error', message: 'The access token could not be fetched' };
  }
  return {
    kind: kindOf(error),
    reason: error instanceof TokenRejectedError ? 'secret_wrong' : error.reason,
    message: error.message,
    ...(error.provider && { provider: error.provider }),
  };
}

/** How long the vendor itself asked to wait. */
export const requestedWaitMs = (error: unknown): number =>
  error instanceof RateLimitedError ? (error.retryAfterMs ?? 0) : 0;

/** The error a caller gets: no message was sent, and no attempt is used. */
export function toTokenError(failure: TokenFailure, retryAfterMs: number, cause?: unknown): HongyanError {
  const { reason, message, provider } = failure;
  const details = { cause, ...(provider && { provider }), meta: { retryAfterMs: Math.ceil(retryAfterMs) } };
  switch (failure.kind) {
    case 'credentials':
      return new CredentialError(reason, message, details);
    case 'config':
      return new ConfigError(reason, message, details);
    case 'rate_limited':
      return new RateLimitedError(reason, message, retryAfterMs, 'account', details);
    case 'transient':
      return new RetryableDeliveryError(reason, message, false, details);
  }
}
