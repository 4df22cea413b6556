import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { maskMembers, shownHeaders } from './masking.js';
import { parsedJson } from './parse-json.js';
import type { VendorCall } from './vendor-call.js';

/** A request as testers see it: secrets masked. */
export interface ShownRequest {
  readonly method: string;
  readonly path: string;
  readonly query: JsonObject;
  readonly headers: JsonObject;
  /** The parsed body; null when there is none or it is not JSON. */
  readonly body: JsonValue;
  /** Byte for byte; left out when the body carries a secret. */
  readonly rawBody?: string;
}

const carriesSecret = (body: JsonValue, masked: JsonValue): boolean => JSON.stringify(body) !== JSON.stringify(masked);

export function showRequest(call: VendorCall): ShownRequest {
  const body = parsedJson(call.rawBody) ?? null;
  const masked = isJsonObject(body) ? maskMembers(body) : body;
  return {
    method: call.method,
    path: call.path,
    query: maskMembers({ ...call.query }),
    headers: shownHeaders(call.headers),
    body: masked,
    ...(!carriesSecret(body, masked) && { rawBody: call.rawBody }),
  };
}
