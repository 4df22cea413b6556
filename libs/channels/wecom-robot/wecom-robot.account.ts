import type { Fault } from '#libs/core';
import { credential } from '../credential.js';
import { FAMILIES } from '../families.js';
import { TextField } from '../fields.js';

/** One robot of a group. */
export class WecomRobotAccount {
  @TextField({
    label: { zh: 'Webhook 地址或 key', en: 'Webhook address or key' },
    hint: { zh: '群机器人 → 复制 Webhook 地址', en: 'Group robot → copy the webhook address' },
    secret: true,
    pattern: credential,
  })
  webhook!: string;
}

const VENDOR_ORIGIN = new URL(FAMILIES.wecom.hosts.primary.defaultUrl).origin;

const fault = (message: string): Fault => ({ pointer: '/webhook', code: 'invalid_value', message });

/** Keeps the key of a pasted address; an origin that is not the vendor's becomes the account's base address. */
export function normalizeRobotAccount(config: WecomRobotAccount): {
  readonly config: WecomRobotAccount;
  readonly baseUrl?: string;
  readonly faults: readonly Fault[];
} {
  const webhook = config.webhook;
  if (!/^https?:\/\//i.test(webhook)) return { config, faults: [] };
  if (!URL.canParse(webhook)) return { config, faults: [fault('is not a valid address')] };
  const url = new URL(webhook);
  const key = url.searchParams.get('key');
  if (!key || !credential.test(key)) return { config, faults: [fault('the address must hold the key of the robot')] };
  const baseUrl = url.origin === VENDOR_ORIGIN ? undefined : url.origin;
  return { config: { ...config, webhook: key }, ...(baseUrl && { baseUrl }), faults: [] };
}
