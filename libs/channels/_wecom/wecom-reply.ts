import type { JsonObject } from '#libs/core';
import { jsonObjectIn, refuseGatewayStatus, unreadableAnswer } from '../gateway-answer.js';
import type { ProviderResponse } from '../provider-http.js';

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
  refuseGatewayStatus(response, 'WeCom', options.now);
  const fields = jsonObjectIn(response.body);
  const errcode = fields && codeOf(fields, options.proof);
  if (fields && errcode !== undefined && (response.status < 300 || errcode !== 0)) return { errcode, fields };
  throw unreadableAnswer(response, 'WeCom');
}

function codeOf(fields: JsonObject, proof: string | undefined): number | undefined {
  const { errcode } = fields;
  if (errcode === undefined && proof !== undefined && fields[proof] !== undefined) return 0;
  return Number.isInteger(errcode) ? Number(errcode) : undefined;
}
