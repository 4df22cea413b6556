import type { ChannelDefinition, LimitDefinition } from '#libs/channels';
import type { LocalizedText } from '#libs/core';
import type { AccountLimits } from '../sending-account.js';

/** How a window moves: it slides, or begins anew with the vendor's day or month (China time). */
export type LimitPeriod = 'rolling' | 'day' | 'month';

/** A limit as it holds for one account. */
export interface AppliedLimit {
  readonly key: string;
  readonly label: LocalizedText;
  readonly scope: LimitDefinition['scope'];
  readonly period: LimitPeriod;
  readonly windowSeconds: number;
  /** `null`: counted, not enforced. */
  readonly max: number | null;
  /** What only priority `high` may use. */
  readonly reserve: number;
  /** Counts the people of a call instead of calls. */
  readonly countsPeople: boolean;
}

type Ceiling = Pick<AppliedLimit, 'label' | 'period' | 'windowSeconds' | 'countsPeople'>;

const DAY_SECONDS = 86_400;
const MONTH_SECONDS = 31 * DAY_SECONDS;

/** Ceilings that only the customer's contract with the vendor knows: always counted, enforced where an account sets them. */
export const CEILINGS: Readonly<Record<string, Ceiling>> = {
  dailyPersonTimes: {
    label: { zh: '每天人次', en: 'Person-times per day' },
    period: 'day',
    windowSeconds: DAY_SECONDS,
    countsPeople: true,
  },
  monthlyCalls: {
    label: { zh: '每月调用', en: 'Calls per month' },
    period: 'month',
    windowSeconds: MONTH_SECONDS,
    countsPeople: false,
  },
  monthlyWebhookMessages: {
    label: { zh: '每月 Webhook 消息', en: 'Webhook messages per month' },
    period: 'month',
    windowSeconds: MONTH_SECONDS,
    countsPeople: false,
  },
};

/** Key in an account's `limits`: the share of every window of the account that only `high` may use, in percent. */
export const HIGH_RESERVE = 'highReserve';
export const MAX_RESERVE_PERCENT = 90;
const RESERVE_PERCENT = 10;
/** Windows below it have no room to spare. */
const SMALLEST_SHARED = 5;

/** By how much a rolling window is longer here than at the vendor: a second, of short windows a fifth. */
export const MARGIN = { seconds: 1, share: 0.2 } as const;

export const lengthMs = (windowSeconds: number): number =>
  (windowSeconds + Math.min(MARGIN.seconds, MARGIN.share * windowSeconds)) * 1000;

/** Of what a window is longer, this share may pass between a slot and its call; the rest is for the way. */
const FRESH_SHARE = 0.8;

/** How long a slot in all of these windows holds for its call. */
export function slotFreshMs(limits: readonly AppliedLimit[]): number {
  const rolling = limits.filter(({ max, period }) => max !== null && period === 'rolling');
  const spareMs = rolling.map(({ windowSeconds }) => lengthMs(windowSeconds) - windowSeconds * 1000);
  return Math.round(FRESH_SHARE * Math.min(MARGIN.seconds * 1000, ...spareMs));
}

/** Windows up to this size remember each call; larger ones count. */
export const MOST_REMEMBERED = 60;

/** What `high` keeps of a window, the same in SQL. */
export const reserveOf = (max: number, percent: number): number =>
  percent === 0 || max < SMALLEST_SHARED ? 0 : Math.max(1, Math.floor((max * percent) / 100));

export const reserveSql = (max: string, limits: string): string => `CASE
  WHEN ${max} < ${SMALLEST_SHARED} OR ${percentSql(limits)} = 0 THEN 0
  ELSE greatest(1, ${max} * ${percentSql(limits)} / 100) END`;

const percentSql = (limits: string): string =>
  `CASE WHEN ${limits} ? '${HIGH_RESERVE}' THEN coalesce((${limits} ->> '${HIGH_RESERVE}')::int, 0) ELSE ${RESERVE_PERCENT} END`;

/** Whether the window is counted in parts; otherwise the remembered calls say enough. */
export const isCounted = ({ max, period }: Pick<AppliedLimit, 'max' | 'period'>): boolean =>
  period !== 'rolling' || max === null || max > MOST_REMEMBERED;

const periodOf = (windowSeconds: number): LimitPeriod => (windowSeconds === DAY_SECONDS ? 'day' : 'rolling');

/** The limits of a channel and the ceilings, as defaults. */
export function defaultLimits(channel: Pick<ChannelDefinition, 'limits'>): readonly AppliedLimit[] {
  const own = channel.limits.map(({ key, label, limit, scope, windowSeconds }): AppliedLimit => {
    const period = periodOf(windowSeconds);
    return { key, label, scope, period, windowSeconds, max: limit, reserve: 0, countsPeople: false };
  });
  const ceilings = Object.entries(CEILINGS).map(([key, ceiling]): AppliedLimit => ({
    key,
    ...ceiling,
    scope: 'account',
    max: null,
    reserve: 0,
  }));
  return [...own, ...ceilings];
}

/** The limits of one account: the defaults under its own values; those switched off are left out, ceilings stay counted. */
export function appliedLimits(
  channel: Pick<ChannelDefinition, 'limits'>,
  limits: AccountLimits,
): readonly AppliedLimit[] {
  const percent = limits[HIGH_RESERVE] === undefined ? RESERVE_PERCENT : (limits[HIGH_RESERVE] ?? 0);
  return defaultLimits(channel).flatMap((limit): AppliedLimit[] => {
    const own = limits[limit.key];
    const max = own === undefined ? limit.max : own;
    if (max === null && !(limit.key in CEILINGS)) return [];
    const reserve = max === null || limit.scope !== 'account' ? 0 : reserveOf(max, percent);
    return [{ ...limit, max, reserve }];
  });
}
