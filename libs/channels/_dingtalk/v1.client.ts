import { AmbiguousDeliveryError, type DeliveryError, type JsonObject } from '#libs/core';
import type { ProviderCall } from '../provider-call.js';
import { toDeliveryError } from '../provider-errors.js';
import { throttleWaitMs, untilNextMinuteMs } from './china-time.js';
import { v1Rule } from './errors/v1-errors.js';
import { faultOf } from './fault-of.js';
import { readV1Reply } from './v1-reply.js';

/** The part of a provider call that does not depend on the channel. */
export type V1Access = Pick<ProviderCall, 'hosts' | 'http' | 'now' | 'signal'>;

export interface V1Request {
  /** Begins with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON text; absent: the call is a GET. */
  readonly body?: string;
  /** Absent: the call that fetches one. */
  readonly token?: string;
  /** Masked wherever the vendor echoes them. */
  readonly secrets: readonly string[];
}

/**
 * Makes one call of the newer API family (`api.dingtalk.com/v1.0`), with the token in a header: in the query it would
 * count as missing.
 * @throws the delivery errors of `#libs/core`
 */
export async function callV1(access: V1Access, request: V1Request): Promise<JsonObject> {
  const query = request.query ? `?${new URLSearchParams(request.query).toString()}` : '';
  const response = await access.http.send(
    {
      method: request.body === undefined ? 'GET' : 'POST',
      url: `${access.hosts.v1}${request.path}${query}`,
      headers: {
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...(request.token !== undefined && { 'x-acs-dingtalk-access-token': request.token }),
      },
      ...(request.body !== undefined && { body: request.body }),
    },
    access.signal,
  );
  const reply = readV1Reply(response, access.now);
  if ('refusal' in reply) throw refusalError(reply.refusal, request.secrets, access.now);
  return reply.body;
}

function refusalError(
  { code, message, status }: { readonly code: string; readonly message: string; readonly status: number },
  secrets: readonly string[],
  now: Date,
): DeliveryError {
  const rule = v1Rule(code, status);
  const waitMs = throttleWaitMs(message, now) ?? (/\.QpmLimitFor/.test(code) ? untilNextMinuteMs(now) : undefined);
  return toDeliveryError(
    rule ? { [code]: rule } : {},
    faultOf(code, message, secrets),
    waitMs === undefined ? {} : { waitMs },
  );
}

/** The text that a successful answer must hold. @throws AmbiguousDeliveryError `garbled_answer` without it */
export function requiredText(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AmbiguousDeliveryError('garbled_answer', `DingTalk answered without ${name}`);
}
