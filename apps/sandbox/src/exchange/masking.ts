import type { JsonObject, JsonValue } from '#libs/core';

const SECRETS = new Set([
  'access_token',
  'accessToken',
  'corpsecret',
  'appsecret',
  'appSecret',
  'client_secret',
  'clientSecret',
  'key',
  'sign',
  'x-acs-dingtalk-access-token',
]);
const SHOWN_HEADERS = ['content-type', 'content-length', 'user-agent', 'x-acs-dingtalk-access-token'];

/** Keeps the last four characters, enough to tell two robots apart. */
export const maskSecret = (secret: string): string => (secret.length > 8 ? `***${secret.slice(-4)}` : '***');

const maskValue = (name: string, value: JsonValue): JsonValue =>
  SECRETS.has(name) && typeof value === 'string' ? maskSecret(value) : value;

/** Masks the secret members of a query or of the top level of a body. */
export const maskMembers = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, maskValue(name, value)]));

export function shownHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): JsonObject {
  const shown: JsonObject = {};
  for (const name of SHOWN_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') shown[name] = maskValue(name, value);
  }
  return shown;
}
