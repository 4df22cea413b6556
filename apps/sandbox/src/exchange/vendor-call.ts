import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';

/** One request to a fake vendor, as it came in. */
export interface VendorCall {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** Of a repeated parameter the first value. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The body byte for byte, decoded as UTF-8; empty when there is none. */
  readonly rawBody: string;
  /** The body of a `multipart/form-data` request, which is no text: `rawBody` is empty then. */
  readonly bytes?: Buffer;
  readonly ip: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function firstValues(query: Readonly<Record<string, unknown>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'string') values[name] = first;
  }
  return values;
}

export function toVendorCall(request: FastifyRequest): VendorCall {
  const path = request.url.split('?', 1)[0] ?? '/';
  return {
    method: request.method,
    path,
    query: firstValues(isRecord(request.query) ? request.query : {}),
    headers: request.headers,
    rawBody: typeof request.body === 'string' ? request.body : '',
    ...(Buffer.isBuffer(request.body) && { bytes: request.body }),
    ip: request.ip,
  };
}
