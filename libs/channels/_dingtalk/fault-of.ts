import type { ProviderFault } from '#libs/core';
import { addressIn, safeText } from '../safe-text.js';

/** `request ip=203.0.113.9 appKey(…)`, `ip 203.0.113.9 not in whitelist`. */
const CALLER_IP = /\bip\s?[=:]?\s?([0-9a-f.:]{3,45})/i;

/** What the vendor said; the address that it would have to trust is kept apart from its words. */
export function faultOf(code: string, message: string, secrets: readonly string[]): ProviderFault {
  const callerIp = addressIn(CALLER_IP.exec(message)?.[1]);
  return { name: 'dingtalk', code, message: safeText(message, secrets), ...(callerIp && { callerIp }) };
}
