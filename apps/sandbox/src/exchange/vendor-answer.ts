import type { JsonObject } from '#libs/core';

/** What a fake vendor answers: JSON as an object, a download as bytes, anything else as text. */
export interface VendorAnswer {
  readonly status: number;
  readonly body: JsonObject | string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (body: JsonObject, status = 200): VendorAnswer => ({ status, body });

/** The body as it goes on the wire. */
export function bodyBytes({ body }: VendorAnswer): Buffer | string {
  return Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
}
