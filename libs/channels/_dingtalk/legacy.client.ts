import type { DeliveryError } from '#libs/core';
import type { MultipartBody } from '../multipart.js';
import type { ProviderCall } from '../provider-call.js';
import { toDeliveryError, type ProviderErrorRule } from '../provider-errors.js';
import type { ProviderRequest } from '../provider-http.js';
import { throttleWaitMs, untilChinaMidnightMs } from './china-time.js';
import { faultOf } from './fault-of.js';
import { readLegacyReply, type LegacyReply } from './legacy-reply.js';

/** The part of a provider call that does not depend on the channel. */
export type LegacyAccess = Pick<ProviderCall, 'hosts' | 'http' | 'now' | 'signal'>;

export interface LegacyRequest {
  /** Begins with a slash. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON text or a file; absent: the call is a GET. */
  readonly body?: string | MultipartBody;
  /** What a code means here; some codes need the answer's text to tell. */
  readonly ruleFor: (code: string, message: string) => ProviderErrorRule | undefined;
  /** Masked wherever the vendor echoes them. */
  readonly secrets: readonly string[];
}

/**
 * Makes one call of the legacy API family (`oapi.dingtalk.com`), which answers HTTP 200 for failures too: only errcode 0
 * is a success.
 * @throws the delivery errors of `#libs/core`
 */
export async function callLegacy(access: LegacyAccess, request: LegacyRequest): Promise<LegacyReply> {
  const response = await access.http.send(
    {
      method: request.body === undefined ? 'GET' : 'POST',
      url: `${access.hosts.primary}${request.path}?${new URLSearchParams(request.query).toString()}`,
      ...bodyOf(request.body),
    },
    access.signal,
  );
  const reply = readLegacyReply(response, access.now);
  if (reply.code !== '0') throw refusal(reply, request, access.now);
  return reply;
}

function bodyOf(body: LegacyRequest['body']): Pick<ProviderRequest, 'headers' | 'body'> {
  if (body === undefined) return {};
  if (typeof body === 'string') return { headers: { 'content-type': 'application/json' }, body };
  return { headers: { 'content-type': body.contentType }, body: body.bytes };
}

function refusal(reply: LegacyReply, request: LegacyRequest, now: Date): DeliveryError {
  const rule = request.ruleFor(reply.code, reply.message);
  const waitMs = throttleWaitMs(reply.message, now) ?? quotaWaitMs(rule, now);
  return toDeliveryError(
    rule ? { [reply.code]: rule } : {},
    faultOf(reply.code, reply.message, request.secrets),
    waitMs === undefined ? {} : { waitMs },
  );
}

const quotaWaitMs = (rule: ProviderErrorRule | undefined, now: Date): number | undefined =>
  rule?.reason === 'daily_quota' ? untilChinaMidnightMs(now) : undefined;
