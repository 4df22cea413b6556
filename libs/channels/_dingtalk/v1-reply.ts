import { textOf, type JsonObject } from '#libs/core';
import { jsonObjectIn, refuseGatewayStatus, unreadableAnswer } from '../gateway-answer.js';
import type { ProviderResponse } from '../provider-http.js';
import { refuseIpBan } from './ip-ban.js';

/** A readable answer of the newer API family: what was asked for, or the vendor's code and words. */
export type V1Reply =
  | { readonly body: JsonObject }
  | { readonly refusal: { readonly status: number; readonly code: string; readonly message: string } };

/** Answers whose status says enough when they carry no code. */
const TELLING_STATUSES: ReadonlySet<number> = new Set([401, 404, 405]);

/**
 * Reads an answer of `/v1.0`, which has real HTTP statuses: a success has no `code`, and a failure is told by `code`, not
 * by the status (403 is a throttle as well as a missing permission).
 * @throws RateLimitedError on HTTP 429, 503 and the ban of an IP address
 * @throws RetryableDeliveryError `provider_error` on other HTTP 3xx and 4xx without a code: something before the API refused
 * @throws AmbiguousDeliveryError `gateway_error` or `garbled_answer` when the answer proves nothing
 */
export function readV1Reply(response: ProviderResponse, now: Date): V1Reply {
  const { status } = response;
  const body = jsonObjectIn(response.body);
  const code = textOf(body?.['code']);
  // With a code, a 500 is the vendor's own word; any other 5xx comes from something in between.
  if (status !== 500 || !code) refuseGatewayStatus(response, 'DingTalk', now);
  refuseIpBan(body, response.body, 'code');
  if (code) return { refusal: { status, code, message: textOf(body?.['message']) } };
  if (TELLING_STATUSES.has(status)) return { refusal: { status, code: `HTTP ${status}`, message: '' } };
  if (!body || status >= 300 || body['code'] !== undefined) throw unreadableAnswer(response, 'DingTalk');
  return { body };
}
