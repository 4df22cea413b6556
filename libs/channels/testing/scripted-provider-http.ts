import type { JsonValue } from '#libs/core';
import type { ProviderHttp, ProviderRequest, ProviderResponse } from '../provider-http.js';

/** An answer with a JSON body, or with the text as it is. */
export const answer = (
  body: JsonValue | { readonly raw: string },
  status = 200,
  headers: ProviderResponse['headers'] = {},
): ProviderResponse => ({ status, headers, body: isRaw(body) ? body.raw : JSON.stringify(body) });

const isRaw = (body: JsonValue | { readonly raw: string }): body is { readonly raw: string } =>
  typeof body === 'object' && body !== null && 'raw' in body && typeof body.raw === 'string';

/** A provider that gives the arranged answers in turn, throws the arranged errors, and fails when asked for more. */
export class ScriptedProviderHttp implements ProviderHttp {
  readonly requests: ProviderRequest[] = [];
  private readonly script: (ProviderResponse | Error)[];

  constructor(...script: (ProviderResponse | Error)[]) {
    this.script = [...script];
  }

  async send(request: ProviderRequest): Promise<ProviderResponse> {
    this.requests.push(request);
    const next = this.script.shift();
    if (!next) throw new TypeError(`No answer is arranged for ${request.method} ${request.url}`);
    if (next instanceof Error) throw next;
    return next;
  }
}

/** The JSON body of a recorded request. */
export const sentJson = (request: ProviderRequest | undefined): unknown =>
  typeof request?.body === 'string' ? (JSON.parse(request.body) as unknown) : undefined;
