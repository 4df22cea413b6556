import { isIP } from 'node:net';
import { characters, cutText, maskAddresses } from '#libs/core';

const LONGEST = characters(500);

/** A vendor's text made safe to show: our addresses and the given secrets masked, at most 500 characters. */
export function safeText(text: string, secrets: readonly string[]): string {
  const masked = secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return cutText(maskAddresses(masked), LONGEST);
}

/** The text when it is an IP address. */
export const addressIn = (text: string | undefined): string | undefined =>
  text !== undefined && isIP(text) > 0 ? text : undefined;
