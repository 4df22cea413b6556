import { AmbiguousDeliveryError, textOf } from '#libs/core';
import type { FetchedToken } from '../channel.js';
import { asTokenFetchError } from '../token-fetch-error.js';
import type { WecomReply } from './wecom-reply.js';
import { WECOM_TOKEN_ERRORS } from './errors/index.js';
import { callWecom, refusalOf, type WecomAccess } from './wecom.client.js';

export interface AppCredentials {
  readonly corpId: string;
  readonly corpSecret: string;
}

/** As the vendor documents it, for an answer that does not say. */
const USUAL_LIFETIME_SECONDS = 7200;

/**
 * Fetches the access token of an app (doc 91039). While a token is valid the vendor hands out the same one, so an early
 * fetch harms nobody. `secrets` are masked in errors.
 * @throws CredentialError when the vendor refuses corp id or secret
 * @throws RateLimitedError when it asks to slow down
 * @throws RetryableDeliveryError (uses no attempt) when no readable answer came: fetching again is always safe
 */
export async function fetchAppToken(
  access: WecomAccess,
  credentials: AppCredentials,
  secrets: readonly string[] = [credentials.corpSecret],
): Promise<FetchedToken> {
  try {
    const reply = await callWecom(access, {
      path: 'gettoken',
      query: { corpid: credentials.corpId, corpsecret: credentials.corpSecret },
      proof: 'access_token',
    });
    if (reply.errcode !== 0) throw refusalOf(reply, WECOM_TOKEN_ERRORS, secrets);
    return tokenIn(reply);
  } catch (error) {
    throw asTokenFetchError(error);
  }
}

function tokenIn({ fields }: WecomReply): FetchedToken {
  const value = textOf(fields['access_token']);
  const lifetime = Number(fields['expires_in']);
  if (!value) throw new AmbiguousDeliveryError('garbled_answer', 'WeCom answered without a token');
  return { value, expiresInSeconds: Number.isFinite(lifetime) ? lifetime : USUAL_LIFETIME_SECONDS };
}
