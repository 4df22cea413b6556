import { describeReason, type ReasonGroup } from '#libs/core';
import { reasonOf, type Fate } from './fate.js';

export type StationResult = 'pass' | 'wait' | 'stop' | 'fail' | 'unknown' | 'skipped';

/** The twelve stations of every message, always in this order. */
export const STATION_NAMES = [
  'request',
  'template',
  'recipient',
  'identity',
  'time',
  'rules',
  'route',
  'limits',
  'credentials',
  'provider',
  'receipt',
  'device',
] as const;

export type StationName = (typeof STATION_NAMES)[number];

/** Where the way of a message to a person ended or rests. */
export interface Decision {
  readonly station: StationName;
  readonly result: StationResult;
  readonly reason?: string;
}

/** Stations of reasons that a group does not tell. */
const BY_REASON: Readonly<Record<string, StationName>> = {
  send_at: 'time',
  quiet_hours: 'time',
  quiet_hours_drop: 'time',
  expired: 'time',
  rate_limited: 'limits',
  rate_slot: 'limits',
  member_rate: 'limits',
  quota: 'limits',
  daily_quota: 'limits',
  provider_throttled: 'limits',
  provider_blocked: 'limits',
  would_be_dropped: 'limits',
  person_daily_limit: 'limits',
  over_vendor_limit: 'limits',
  quota_exhausted: 'limits',
  monthly_quota: 'limits',
  merged: 'limits',
  merged_into_digest: 'limits',
  queue_paused: 'route',
  no_route: 'route',
  account_missing: 'route',
  account_paused: 'credentials',
  credentials_blocked: 'credentials',
  secret_wrong: 'credentials',
  token_rejected: 'credentials',
  receipt_pending: 'receipt',
  waiting_confirmation: 'receipt',
  waiting_fallback: 'receipt',
  not_delivered: 'receipt',
  canceled_by_caller: 'request',
  canceled_by_operator: 'request',
  canceled_by_recall: 'request',
  recall_requested: 'request',
  template_disabled: 'template',
  no_identity: 'identity',
  identity_conflict: 'identity',
  identity_stale: 'identity',
  not_in_directory: 'recipient',
  person_inactive: 'recipient',
};

const BY_GROUP: Readonly<Record<ReasonGroup, readonly [called: StationName, notCalled: StationName]>> = {
  waiting: ['provider', 'provider'],
  stopped: ['rules', 'rules'],
  recipient: ['provider', 'recipient'],
  content: ['provider', 'template'],
  account: ['provider', 'credentials'],
  transport: ['provider', 'provider'],
  unclear: ['provider', 'provider'],
  recall: ['device', 'request'],
};

/** The station at which a reason decides. */
export function stationOf(reason: string | null, wasCalled: boolean): StationName {
  if (reason === null) return 'provider';
  const known = BY_REASON[reason];
  if (known) return known;
  const group = describeReason(reason)?.group;
  return group ? BY_GROUP[group][wasCalled ? 0 : 1] : 'provider';
}

const RESULTS: Readonly<Record<string, StationResult>> = {
  pending: 'wait',
  invalid: 'fail',
  failed: 'fail',
  unknown: 'unknown',
  suppressed: 'stop',
  canceled: 'stop',
  expired: 'stop',
};

const isAwaited = (reason: string): boolean => describeReason(reason)?.group === 'waiting';

/** Where the way ended or rests, out of the rows alone. */
export function decide(fate: Fate): Decision {
  if (fate.status === 'recalled') return { station: 'device', result: 'stop' };
  if (fate.status === 'read' || fate.status === 'delivered') return { station: 'receipt', result: 'pass' };
  const reason = reasonOf(fate);
  if (fate.status === 'sent') {
    // The vendor has taken it, and somebody has to do something before it arrives.
    if (reason !== null && isAwaited(reason)) return { station: 'receipt', result: 'wait', reason };
    return { station: 'receipt', result: 'skipped' };
  }
  const result = RESULTS[fate.status] ?? 'unknown';
  return { station: stationOf(reason, fate.attempts > 0), result, ...(reason !== null && { reason }) };
}
