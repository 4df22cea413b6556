import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { NotFoundError, type LocalizedText } from '#libs/core';
import { Database } from '#libs/database';
import type { AccountLimits } from '../sending-account.js';
import { appliedLimits, type AppliedLimit, type LimitPeriod } from './applied-limits.js';
import { firstSlotSql, limitRows, sinceSql, usedSql } from './ledger.sql.js';
import { exhaustedAt, freeAt, usedIn, type LedgerRow } from './limit-usage.js';

/** How far a limit is used up. */
export interface LimitUsage {
  readonly key: string;
  readonly label: LocalizedText;
  readonly scope: AppliedLimit['scope'];
  readonly period: LimitPeriod;
  readonly windowSeconds: number;
  /** `null`: counted, not enforced. */
  readonly limit: number | null;
  /** Of the account; for limits per person that of the person with most, where one account is asked for. */
  readonly used?: number;
  /** What only `high` may use. */
  readonly reserved: number;
  /** Absent where nothing is enforced. */
  readonly left?: number;
  /** When there is room again; present while there is none. */
  readonly nextFreeAt?: Date;
  /** When it is used up at the pace of the period so far; absent when it lasts to the period's end. */
  readonly exhaustedAt?: Date;
}

export interface AccountQuota {
  readonly account: string;
  readonly channel: string;
  /** Deliveries that wait for room, counted up to 10,000. */
  readonly waiting: number;
  readonly limits: readonly LimitUsage[];
}

interface QuotaRow extends LedgerRow {
  readonly now: Date;
  readonly code: string;
  readonly channel: string;
  readonly limits: AccountLimits;
  readonly waiting: number;
}

const MAX_WAITING = 10_000;

const READ = `
  SELECT now() AS now, a.code, a.channel, a.limits, coalesce(w.calls, '{}') AS calls, coalesce(w.keys, '{}') AS keys,
    coalesce(w.slots, '{}') AS slots, coalesce(w.counts, '{}') AS counts,
    (SELECT count(*)::int FROM (
       SELECT FROM delivery d WHERE d.account = a.code AND d.status IN ('accepted', 'scheduled')
         AND d.reason IN ('rate_limited', 'quota') LIMIT ${MAX_WAITING}) waiting) AS waiting
  FROM account a LEFT JOIN limit_window w ON w.account = a.code AND w.subject = ''
  WHERE $1::text[] IS NULL OR a.code = ANY ($1::text[]) ORDER BY a.code`;

/** Of every limit per person, the person with most. Looks at every person of the ledger: for one account at a time. */
const BUSIEST = `
  SELECT s.key, max(${usedSql('w', 's', sinceSql('s'), firstSlotSql('s'))})::int AS used
  FROM ${limitRows.from(1)}
  JOIN limit_window w ON w.account = s.account AND w.used_at >= ${sinceSql('s')}
    AND starts_with(w.subject, CASE s.scope WHEN 'person' THEN 'p ' ELSE 'c ' END)
  GROUP BY s.key`;

/** Reads the ledger: what of each limit is used, reserved and left, and when it is free again or runs out. */
@Injectable()
export class LimitLedger {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  /** @throws NotFoundError */
  async get(account: string): Promise<AccountQuota> {
    const [row] = await this.read([account]);
    if (!row) throw new NotFoundError('There is no such account');
    return this.describe(row, await this.busiest(account, this.limitsOf(row)));
  }

  /** Of these accounts, or of all; by code. Accounts of a channel that is gone have no limits. */
  async list(accounts?: readonly string[]): Promise<readonly AccountQuota[]> {
    return (await this.read(accounts ?? null)).map((row) => this.describe(row));
  }

  private read(accounts: readonly string[] | null): Promise<readonly QuotaRow[]> {
    return this.database.query<QuotaRow>(READ, [accounts]);
  }

  private describe(row: QuotaRow, busiest?: ReadonlyMap<string, number>): AccountQuota {
    const limits = this.limitsOf(row).map((limit) =>
      limit.scope === 'account' ? describeOwn(row, limit) : describePersonal(limit, busiest?.get(limit.key)),
    );
    return { account: row.code, channel: row.channel, waiting: row.waiting, limits };
  }

  private limitsOf({ channel, limits }: QuotaRow): readonly AppliedLimit[] {
    const definition = this.channels.find(channel);
    return definition ? appliedLimits(definition, limits) : [];
  }

  /** By key. */
  private async busiest(account: string, limits: readonly AppliedLimit[]): Promise<ReadonlyMap<string, number>> {
    const wanted = limits.filter(({ scope }) => scope !== 'account').map((limit) => ({ account, limit }));
    if (wanted.length === 0) return new Map();
    const rows = await this.database.query<{ key: string; used: number }>(BUSIEST, limitRows.values(wanted));
    return new Map(wanted.map(({ limit: { key } }) => [key, rows.find((row) => row.key === key)?.used ?? 0]));
  }
}

const definitionOf = ({ key, label, max, period, reserve, scope, windowSeconds }: AppliedLimit) => ({
  key,
  label,
  scope,
  period,
  windowSeconds,
  limit: max,
  reserved: reserve,
});

const leftOf = (max: number | null, used: number) => (max === null ? {} : { left: Math.max(0, max - used) });

function describePersonal(limit: AppliedLimit, used: number | undefined): LimitUsage {
  return { ...definitionOf(limit), ...(used !== undefined && { used, ...leftOf(limit.max, used) }) };
}

function describeOwn(row: QuotaRow, limit: AppliedLimit): LimitUsage {
  const used = usedIn(row, limit, row.now);
  const exhausted = exhaustedAt(row, limit, row.now);
  const free = limit.max !== null && used >= limit.max ? freeAt(row, limit, limit.max, row.now) : undefined;
  return {
    ...definitionOf(limit),
    used,
    ...leftOf(limit.max, used),
    ...(free && { nextFreeAt: free }),
    ...(exhausted && { exhaustedAt: exhausted }),
  };
}

/** Whether calls could leave at once: what a dry run says about the account. */
export function roomFor(quota: AccountQuota, calls: number, people: number, isHigh: boolean): LimitUsage | undefined {
  return quota.limits.find(({ key, left, reserved, scope }) => {
    const wanted = key === 'dailyPersonTimes' ? people : calls;
    return scope === 'account' && left !== undefined && left - (isHigh ? 0 : reserved) < wanted;
  });
}
