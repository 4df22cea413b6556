import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';

export const missing = (name: string): Refusal => new Refusal(40035, `缺少参数 ${name}`);
export const invalidParameter = (): Refusal => new Refusal(400002, '参数错误');

function contentType({ headers }: VendorCall): string {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

export function parseJsonBody(call: VendorCall): JsonObject {
  const body = contentType(call) === 'application/json' ? parsedJson(call.rawBody) : undefined;
  if (!isJsonObject(body)) throw missing('json');
  return body;
}

/** A `/topapi` body: JSON, or form fields whose nested values are JSON text. */
export function parseTopapiBody(call: VendorCall): JsonObject {
  if (contentType(call) !== 'application/x-www-form-urlencoded') return parseJsonBody(call);
  const fields = Object.fromEntries(new URLSearchParams(call.rawBody)) as JsonObject;
  const msg = fields['msg'];
  const all = fields['to_all_user'];
  if (typeof msg === 'string') fields['msg'] = parsedJson(msg) ?? msg;
  if (all === 'true' || all === 'false') fields['to_all_user'] = all === 'true';
  return fields;
}

/** An integer, also as digits in text, as live. */
export function integer(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}
