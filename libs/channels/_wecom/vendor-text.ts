import { textOf, type ProviderFault } from '#libs/core';
import { addressIn, safeText } from '../safe-text.js';
import type { WecomReply } from './wecom-reply.js';

const HINT = /,?\s*hint: \[([^\]]*)\]/;
const CALLER_IP = /,?\s*from ip: ([^,\s]*)/;
const MORE_INFO = /,?\s*more info at \S*/;

/** Read of an `errmsg`, far above any real one; bounds the work on a hostile answer. */
const READ_CHARACTERS = 4096;

/**
 * What the vendor said. Its `errmsg` has the form `<text>, hint: [<id>], from ip: <ours>, more info at <link>` (doc
 * 90313): the text, the hint, which the vendor's support asks for, and the address that has to be trusted are kept apart.
 */
export function faultOf(reply: WecomReply, secrets: readonly string[]): ProviderFault {
  const errmsg = textOf(reply.fields['errmsg']).slice(0, READ_CHARACTERS);
  const hint = HINT.exec(errmsg)?.[1];
  const callerIp = addressIn(CALLER_IP.exec(errmsg)?.[1]);
  const text = errmsg.replace(HINT, '').replace(CALLER_IP, '').replace(MORE_INFO, '').trim();
  return {
    name: 'wecom',
    code: String(reply.errcode),
    message: safeText(text, secrets),
    ...(hint && { supportId: safeText(hint, secrets) }),
    ...(callerIp && { callerIp }),
  };
}
