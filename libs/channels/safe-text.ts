import { characters, cutText } from '#libs/core';

const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const IPV6 = /\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b/gi;
const LONGEST = characters(500);

/** A vendor's text made safe to show: our addresses and the given secrets masked, at most 500 characters. */
export function safeText(text: string, secrets: readonly string[]): string {
  const masked = secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return cutText(masked.replace(IPV4, '*.*.*.*').replace(IPV6, '*:*'), LONGEST);
}
