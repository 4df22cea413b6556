import {
  AmbiguousDeliveryError,
  DeliveryError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  type HongyanError,
  type ProviderFault,
} from '#libs/core';

/** Why the last upload of a file failed, as the row keeps it for everybody who asks during the back-off. */
export interface MediaFailure {
  /** `refused` is about the file and stays; the others pass by themselves. */
  readonly kind: 'refused' | 'rate_limited' | 'transient';
  readonly reason: string;
  readonly message: string;
  readonly provider?: ProviderFault;
}

const partsOf = ({ message, provider, reason }: DeliveryError): Omit<MediaFailure, 'kind'> => ({
  reason,
  message,
  ...(provider && { provider }),
});

/**
 * What a failed upload means for all who need it; undefined for what is not about the file: refused credentials close
 * the account's gate, and whatever else went wrong is told to nobody else.
 */
export function mediaFailureOf(error: unknown): MediaFailure | undefined {
  if (!(error instanceof DeliveryError)) return undefined;
  if (error instanceof PermanentDeliveryError) return { kind: 'refused', ...partsOf(error), reason: 'media_refused' };
  if (error instanceof RateLimitedError) return { kind: 'rate_limited', ...partsOf(error) };
  const passes = error instanceof RetryableDeliveryError || error instanceof AmbiguousDeliveryError;
  return passes ? { kind: 'transient', ...partsOf(error) } : undefined;
}

/** How long the vendor itself asked to wait. */
export const requestedWaitMs = (error: unknown): number =>
  error instanceof RateLimitedError ? (error.retryAfterMs ?? 0) : 0;

/** The error a caller gets: no message was sent. An upload repeated does no harm, so an unclear one is a plain retry. */
export function toMediaError(failure: MediaFailure, retryAfterMs: number, cause?: unknown): HongyanError {
  const { kind, message, provider, reason } = failure;
  const details = { cause, ...(provider && { provider }), meta: { retryAfterMs: Math.ceil(retryAfterMs) } };
  switch (kind) {
    case 'refused':
      return new PermanentDeliveryError(reason, message, [], details);
    case 'rate_limited':
      return new RateLimitedError(reason, message, retryAfterMs, 'account', details);
    case 'transient':
      return new RetryableDeliveryError(reason, message, false, details);
  }
}
