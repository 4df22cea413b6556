import {
  AmbiguousDeliveryError,
  CredentialError,
  DeliveryError,
  PermanentDeliveryError,
  RetryableDeliveryError,
  TokenRejectedError,
} from '#libs/core';

/**
 * What a failed fetch of a token means: the message has not left in any case, and what the vendor refuses for good is the
 * account's credentials, also where the same code on another call would speak of the token or the content.
 */
export function asTokenFetchError(error: unknown): unknown {
  if (!(error instanceof DeliveryError)) return error;
  const message = `Fetching a token: ${error.message}`;
  const details = { cause: error, ...(error.provider && { provider: error.provider }) };
  if (error instanceof AmbiguousDeliveryError) {
    return new RetryableDeliveryError('provider_error', message, false, details);
  }
  if (error instanceof RetryableDeliveryError) return new RetryableDeliveryError(error.reason, message, false, details);
  if (error instanceof TokenRejectedError) return new CredentialError('secret_wrong', message, details);
  if (error instanceof PermanentDeliveryError) return new CredentialError(error.reason, message, details);
  return error;
}
