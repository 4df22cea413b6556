import {
  AmbiguousDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  isJsonObject,
  type DeliveryError,
  type JsonObject,
} from '#libs/core';
import type { ProviderResponse } from './provider-http.js';
import { retryAfterMs } from './retry-after.js';

/**
 * Refuses the HTTP statuses with which a gateway answers in the vendor's place.
 * @throws RateLimitedError on 429 and 503
 * @throws AmbiguousDeliveryError `gateway_error` on any other 5xx: the request may have been forwarded
 */
export function refuseGatewayStatus(response: ProviderResponse, vendor: string, now: Date): void {
  const { status, headers } = response;
  const message = `${vendor} answered HTTP ${status}`;
  if (status === 429 || status === 503) {
    throw new RateLimitedError('provider_throttled', message, retryAfterMs(headers, now), 'account');
  }
  if (status >= 500) throw new AmbiguousDeliveryError('gateway_error', message);
}

/** What an answer without a code stands for: not accepted by its HTTP status, else unclear. */
export function unreadableAnswer({ status, body }: ProviderResponse, vendor: string): DeliveryError {
  if (status >= 300) return new RetryableDeliveryError('provider_error', `${vendor} answered HTTP ${status}`, true);
  if (body.trimStart().startsWith('<')) {
    return new AmbiguousDeliveryError('gateway_error', `${vendor} answered with a page instead of JSON`);
  }
  return new AmbiguousDeliveryError('garbled_answer', `${vendor} gave an answer without a readable code`);
}

/** The JSON object that an answer is; undefined when it is anything else. */
export function jsonObjectIn(text: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
