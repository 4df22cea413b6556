import { textOf, type JsonObject, type JsonValue } from '#libs/core';
import { jsonObjectIn, refuseGatewayStatus, unreadableAnswer } from '../gateway-answer.js';
import type { ProviderResponse } from '../provider-http.js';
import { refuseIpBan } from './ip-ban.js';

/** A readable answer of the legacy API family. */
export interface LegacyReply {
  /** The effective code as text: `0`, or the code inside the gateway's wrapper 88. */
  readonly code: string;
  readonly message: string;
  readonly body: JsonObject;
  /** The answer as received, for numbers beyond the precision of a double. */
  readonly raw: string;
}

/**
 * Reads an answer; whatever its code says, the vendor really gave it.
 * @throws RateLimitedError on HTTP 429, 503 and the ban of an IP address
 * @throws RetryableDeliveryError `provider_error` on HTTP 3xx and 4xx without a code: something before the API refused
 * @throws AmbiguousDeliveryError `gateway_error` or `garbled_answer` when the answer proves nothing
 */
export function readLegacyReply(response: ProviderResponse, now: Date): LegacyReply {
  refuseGatewayStatus(response, 'DingTalk', now);
  const body = jsonObjectIn(response.body);
  refuseIpBan(body, response.body, 'errcode');
  const code = body && codeOf(body);
  if (!body || !code || (code === '0' && response.status >= 300)) throw unreadableAnswer(response, 'DingTalk');
  return { code, message: messageOf(body), body, raw: response.body };
}

/**
 * Official samples write `"errcode":"0"`, live answers a number. A failure is believed in either form; a success only
 * as the number, since a false success loses a message while an unclear one is looked after.
 */
function codeOf(body: JsonObject): string | undefined {
  const code = codeText(body['errcode']);
  if (code === '88') return wrappedCode(body) ?? code;
  return code === '0' && body['errcode'] !== 0 ? undefined : code;
}

function codeText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? value : undefined;
}

/** The code that 88 wraps: `sub_code`, else the digits after `subcode=` in `errmsg`. A wrapped 0 is no success. */
function wrappedCode(body: JsonObject): string | undefined {
  const code = codeText(body['sub_code']) ?? /subcode=(-?\d+)/.exec(textOf(body['errmsg']))?.[1];
  return code === '0' ? undefined : code;
}

const messageOf = (body: JsonObject): string => textOf(body['sub_msg']) || textOf(body['errmsg']);
