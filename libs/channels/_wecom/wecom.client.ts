import type { DeliveryError, JsonObject } from '#libs/core';
import type { ProviderCall } from '../provider-call.js';
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
  /** Absent: the call is a GET. */
  readonly body?: JsonObject;
  /** A field whose presence proves success where the vendor may leave `errcode` out. */
  readonly proof?: string;
}

/**
 * Makes one call and hands over what the vendor answered, refusals included. The vendor answers HTTP 200 for failures
 * too: only errcode 0 is a success.
 * @throws the errors of `ProviderHttp` and of `readReply`
 */
export async function callWecom(access: WecomAccess, request: WecomRequest): Promise<WecomReply> {
  const { body } = request;
  const response = await access.http.send(
    {
      method: body ? 'POST' : 'GET',
      url: `${access.hosts.primary}/cgi-bin/${request.path}?${new URLSearchParams(request.query).toString()}`,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    },
    access.signal,
  );
  return readReply(response, { now: access.now, ...(request.proof && { proof: request.proof }) });
}

/** The error that a refusal stands for; everything in `secrets` is masked where the vendor echoes it. */
export const refusalOf = (reply: WecomReply, table: ProviderErrorTable, secrets: readonly string[]): DeliveryError =>
  toDeliveryError(table, faultOf(reply, secrets));
