import { AmbiguousDeliveryError, type JsonValue } from '#libs/core';
import type { FetchedToken } from '../channel.js';
import { asTokenFetchError } from '../token-fetch-error.js';
import { LEGACY_ERRORS } from './errors/index.js';
import { callLegacy, type LegacyAccess } from './legacy.client.js';
import { callV1, type V1Access } from './v1.client.js';

export interface AppCredentials {
  readonly appKey: string;
  readonly appSecret: string;
}

/** As the vendor documents it, for an answer that does not say. */
const USUAL_LIFETIME_SECONDS = 7_200;

/**
 * Fetches the access token of an app from the legacy API family. While a token is valid the vendor hands out the same one and prolongs it, so an
 * early fetch harms nobody.
 * @param secrets masked wherever the vendor echoes them
 * @throws CredentialError when the vendor refuses key or secret
 * @throws RateLimitedError when it asks to slow down
 * @throws RetryableDeliveryError (uses no attempt) when no readable answer came: fetching again is always safe
 */
export async function fetchAppToken(
  access: LegacyAccess,
  { appKey, appSecret }: AppCredentials,
  secrets: readonly string[],
): Promise<FetchedToken> {
  try {
    const reply = await callLegacy(access, {
      path: '/gettoken',
      query: { appkey: appKey, appsecret: appSecret },
      ruleFor: (code) => LEGACY_ERRORS[code],
      secrets,
    });
    return tokenIn(reply.body['access_token'], reply.body['expires_in']);
  } catch (error) {
    throw asTokenFetchError(error);
  }
}

/** The same token from the newer API family; both families take it. Throws like `fetchAppToken`. */
export async function fetchV1AppToken(
  access: V1Access,
  { appKey, appSecret }: AppCredentials,
  secrets: readonly string[],
): Promise<FetchedToken> {
  try {
    const body = JSON.stringify({ appKey, appSecret });
    const answer = await callV1(access, { path: '/v1.0/oauth2/accessToken', body, secrets });
    return tokenIn(answer['accessToken'], answer['expireIn']);
  } catch (error) {
    throw asTokenFetchError(error);
  }
}

function tokenIn(value: JsonValue | undefined, expiresIn: JsonValue | undefined): FetchedToken {
  const lifetime = Number(expiresIn);
  if (typeof value !== 'string' || value === '') {
    throw new AmbiguousDeliveryError('garbled_answer', 'DingTalk answered without a token');
  }
  return { value, expiresInSeconds: Number.isFinite(lifetime) ? lifetime : USUAL_LIFETIME_SECONDS };
}
