import { createHmac } from 'node:crypto';
import type { Fault } from '#libs/core';
import { credential } from '../credential.js';
import { FAMILIES } from '../families.js';
import type { DingtalkRobotAccount } from './dingtalk-robot.account.js';

export const SEND_PATH = '/robot/send';

export interface NormalizedAccount {
  readonly config: DingtalkRobotAccount;
  readonly baseUrl?: string;
  readonly faults: readonly Fault[];
}

/**
 * Keeps of a pasted webhook address only its access_token: a `timestamp` and `sign` in it are stale by the time of the
 * first message. Another origin than the vendor's becomes the account's base address.
 */
export function normalizeRobotAccount(config: DingtalkRobotAccount): NormalizedAccount {
  if (!/^https?:/i.test(config.webhook)) return { config, faults: [] };
  const url = URL.canParse(config.webhook) ? new URL(config.webhook) : undefined;
  const token = url?.searchParams.get('access_token');
  if (!url?.pathname.endsWith(SEND_PATH) || !token || !credential.test(token)) return { config, faults: [BAD_WEBHOOK] };
  const base = `${url.origin}${url.pathname.slice(0, -SEND_PATH.length)}`;
  const isVendors = base === FAMILIES.dingtalk.hosts.primary.defaultUrl;
  return { config: { ...config, webhook: token }, ...(!isVendors && { baseUrl: base }), faults: [] };
}

const BAD_WEBHOOK: Fault = {
  pointer: '/webhook',
  code: 'invalid_value',
  message: `must be an access_token or an address ending in ${SEND_PATH}?access_token=…`,
};

/** The query of a send: the token, and for robots with a signing secret the instant and its signature. */
export function webhookQuery(account: DingtalkRobotAccount, now: Date): Record<string, string> {
  if (account.secret === undefined) return { access_token: account.webhook };
  const timestamp = String(now.getTime());
  return { access_token: account.webhook, timestamp, sign: signature(timestamp, account.secret) };
}

/**
 * Base64 of HMAC-SHA256 over timestamp, LF and secret, with the secret as key; the caller percent-encodes it once.
 * The vendor takes it while `timestamp` (ms) is within one hour of its own clock.
 */
export const signature = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
