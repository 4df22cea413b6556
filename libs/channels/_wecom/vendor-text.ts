import { characters, cutText, type ProviderFault } from '#libs/core';
import { textOf, type WecomReply } from './wecom-reply.js';

const HINT = /,?\s*hint: \[([^\]]*)\]/;
const CALLER_IP = /,?\s*from ip: [^,\s]*/;
const MORE_INFO = /,?\s*more info at \S*/;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const IPV6 = /\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b/gi;

/** Read of an `errmsg`, far above any real one; bounds the work on a hostile answer. */
const READ_CHARACTERS = 4096;
const LONGEST = characters(500);

/** A vendor's text made safe to show: our addresses and the given secrets masked, at most 500 characters. */
function safeText(text: string, secrets: readonly string[]): string {
  const masked = secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return cutText(masked.replace(IPV4, '*.*.*.*').replace(IPV6, '*:*'), LONGEST);
}

/**
 * What the vendor said, safe to show. Its `errmsg` has the form `<text>, hint: [<id>], from ip: <ours>, more info at
 * <link>` (doc 90313): the text and the hint, which the vendor's support asks for, are kept.
 */
export function faultOf(reply: WecomReply, secrets: readonly string[]): ProviderFault {
  const errmsg = textOf(reply.fields['errmsg']).slice(0, READ_CHARACTERS);
  const hint = HINT.exec(errmsg)?.[1];
  const text = errmsg.replace(HINT, '').replace(CALLER_IP, '').replace(MORE_INFO, '').trim();
  return {
    name: 'wecom',
    code: String(reply.errcode),
    message: safeText(text, secrets),
    ...(hint && { hint: safeText(hint, secrets) }),
  };
}
