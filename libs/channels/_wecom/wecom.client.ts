import type { DeliveryError, JsonObject } from '#libs/core';
import type { MultipartBody } from '../multipart.js';
import type { ProviderCall } from '../provider-call.js';
import type { ProviderRequest } from '../provider-http.js';
import { toDeliveryError, type ProviderErrorTable } from '../provider-errors.js';
import { faultOf } from './vendor-text.js';
import { readReply, type WecomReply } from './wecom-reply.js';

/** The part of a provider call that does not depend on the channel. */
export type WecomAccess = Pick<ProviderCall, 'hosts' | 'http' | 'now' | 'signal'>;

export interface WecomRequest {
  /** Below `/cgi-bin/`. */
  readonly path: string;
  /** Holds the credential: token, secret or robot key. */
  readonly query: Readonly<Record<string, string>>;
  /** Without body and form the call is a GET. */
  readonly body?: JsonObject;
  /** A file, instead of a body. */
  readonly form?: MultipartBody;
  /** A field whose presence proves success where the vendor may leave `errcode` out. */
  readonly proof?: string;
}

/**
 * Makes one call and hands over what the vendor answered, refusals included. The vendor answers HTTP 200 for failures
 * too: only errcode 0 is a success.
 * @throws the errors of `ProviderHttp` and of `readReply`
 */
export async function callWecom(access: WecomAccess, request: WecomRequest): Promise<WecomReply> {
  const response = await access.http.send(
    {
      method: request.body || request.form ? 'POST' : 'GET',
      url: `${access.hosts.primary}/cgi-bin/${request.path}?${new URLSearchParams(request.query).toString()}`,
      ...bodyOf(request),
    },
    access.signal,
  );
  return readReply(response, { now: access.now, ...(request.proof && { proof: request.proof }) });
}

function bodyOf({ body, form }: WecomRequest): Pick<ProviderRequest, 'headers' | 'body'> {
  if (form) return { headers: { 'content-type': form.contentType }, body: form.bytes };
  return body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {};
}

/** The error that a refusal stands for; everything in `secrets` is masked where the vendor echoes it. */
export const refusalOf = (reply: WecomReply, table: ProviderErrorTable, secrets: readonly string[]): DeliveryError =>
  toDeliveryError(table, faultOf(reply, secrets));
