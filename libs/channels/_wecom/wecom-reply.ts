import {
  AmbiguousDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '#libs/core';
import type { ProviderResponse } from '../provider-http.js';
import { retryAfterMs } from '../retry-after.js';

/** A readable answer. `errcode` 0 is a success, anything else the vendor's refusal. */
export interface WecomReply {
  readonly errcode: number;
  readonly fields: JsonObject;
}

export interface ReadOptions {
  readonly now: Date;
  /** A field whose presence proves success where the vendor may leave `errcode` out (doc 90664). */
  readonly proof?: string;
}

/**
 * Reads an answer. A success is believed only as the number 0: a false success loses a message without a trace, while an
 * unclear outcome is looked after.
 * @throws RateLimitedError on HTTP 429 and 503
 * @throws RetryableDeliveryError `provider_error` on HTTP 3xx and 4xx without a code: something before the API refused
 * @throws AmbiguousDeliveryError `gateway_error` or `garbled_answer` when the answer proves nothing
 */
export function readReply(response: ProviderResponse, options: ReadOptions): WecomReply {
  const { status } = response;
  if (status === 429 || status === 503) throw throttled(response, options.now);
  if (status >= 500) throw new AmbiguousDeliveryError('gateway_error', `WeCom answered HTTP ${status}`);
  const fields = parseObject(response.body);
  const errcode = fields && codeOf(fields, options.proof);
  if (fields && errcode !== undefined && (status < 300 || errcode !== 0)) return { errcode, fields };
  throw unreadable(response);
}

function codeOf(fields: JsonObject, proof: string | undefined): number | undefined {
  const { errcode } = fields;
  if (errcode === undefined && proof !== undefined && fields[proof] !== undefined) return 0;
  return Number.isInteger(errcode) ? Number(errcode) : undefined;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function throttled(response: ProviderResponse, now: Date): RateLimitedError {
  const waitMs = retryAfterMs(response.headers, now) ?? withoutRetryAfterMs();
  return new RateLimitedError('provider_throttled', `WeCom answered HTTP ${response.status}`, waitMs, 'account');
}

/** 1–5 s at random, so that the deliveries of many accounts do not come back together. */
const withoutRetryAfterMs = (): number => 1000 + Math.floor(Math.random() * 4000);

function unreadable({ status, body }: ProviderResponse): AmbiguousDeliveryError | RetryableDeliveryError {
  if (status >= 300) return new RetryableDeliveryError('provider_error', `WeCom answered HTTP ${status}`, true);
  if (body.trimStart().startsWith('<')) {
    return new AmbiguousDeliveryError('gateway_error', 'WeCom answered with a page instead of JSON');
  }
  return new AmbiguousDeliveryError('garbled_answer', 'WeCom gave an answer without a readable errcode');
}

/** A text the vendor sent; empty when it is of another type. */
export const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
