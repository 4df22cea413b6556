import { canonicalJson, type JsonObject } from '#libs/core';
import type { CheckedAccount } from './account-validator.js';
import type { AccountEntity } from './account.entity.js';

/** Whether an account sends, and why not. */
export type Gate = Pick<AccountEntity, 'status' | 'pausedBy' | 'pausedReason' | 'pausedText' | 'pausedAt'>;

const OPEN: Gate = { status: 'active', pausedBy: null, pausedReason: null, pausedText: null, pausedAt: null };

const PLAIN_FIELDS = ['name', 'limits', 'baseUrl', 'proxyUrl', 'compat'] as const;

/** A change of an account: its row with the secrets opened, and what it is to become. */
export interface PlannedChange {
  readonly account: AccountEntity;
  readonly config: JsonObject;
  readonly wanted: CheckedAccount;
}

const differs = (a: unknown, b: unknown): boolean => canonicalJson(a) !== canonicalJson(b);

/** Names of the fields that differ, those of the config as `config.<name>`; never their values. */
export function changedFields({ account, config, wanted }: PlannedChange): readonly string[] {
  const plain = PLAIN_FIELDS.filter((field) => differs(account[field], wanted[field]));
  const names = [...new Set([...Object.keys(config), ...Object.keys(wanted.config)])];
  return [
    ...plain,
    ...names.filter((name) => differs(config[name], wanted.config[name])).map((name) => `config.${name}`),
  ];
}

/** Calls go somewhere else or with other credentials: what is known about the old connection no longer counts. */
export const isReconnected = (changed: readonly string[]): boolean =>
  changed.some((field) => field === 'baseUrl' || field.startsWith('config.'));

export function gateOf({ status, pausedReason }: CheckedAccount, now: Date): Gate {
  if (status !== 'paused') return OPEN;
  return { status, pausedBy: 'operator', pausedReason: pausedReason ?? null, pausedText: null, pausedAt: now };
}

/** A new connection ends a pause for credentials; else a status that is absent or unchanged leaves the gate as it is. */
export function gateAfter({ account, wanted }: PlannedChange, changed: readonly string[], now: Date): Gate {
  if (account.pausedBy === 'credentials' && isReconnected(changed)) return OPEN;
  if (wanted.status !== undefined && wanted.status !== account.status) return gateOf(wanted, now);
  const { status, pausedBy, pausedReason, pausedText, pausedAt } = account;
  return { status, pausedBy, pausedReason, pausedText, pausedAt };
}
