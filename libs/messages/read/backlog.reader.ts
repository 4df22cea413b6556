import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry, type ChannelDefinition } from '#libs/channels';
import type { JsonObject } from '#libs/core';
import { Database } from '#libs/database';

/** What of a channel is not finished. */
export interface Backlog {
  readonly channel: string;
  /** Nobody has tried them yet. */
  readonly accepted: number;
  /** Waiting, by reason. */
  readonly scheduled: Readonly<Record<string, number>>;
  readonly sending: number;
  /** Age of the oldest one that does not wait for its own time (`send_at`). */
  readonly oldestAgeMs?: number;
  /** How long the limits of the accounts make it last; absent without a limit that holds it back. */
  readonly etaMs?: number;
}

interface BacklogRow {
  readonly channel: string;
  readonly account: string;
  readonly status: 'accepted' | 'scheduled' | 'sending';
  readonly reason: string | null;
  readonly count: number;
  readonly oldest_ms: number | null;
  readonly limits: JsonObject | null;
}

/**
 * Both halves have a partial index that holds unfinished deliveries only. What a digest carries waits no more: the digest
 * does.
 */
const OPEN = `
  SELECT o.*, a.limits FROM (
    SELECT channel, account, status, reason, count(*)::int AS count,
      (extract(epoch FROM now() - min(created_at) FILTER (WHERE reason IS DISTINCT FROM 'send_at')) * 1000)::float8
        AS oldest_ms
    FROM delivery WHERE status IN ('accepted', 'scheduled') AND merged_into IS NULL GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT channel, account, status, NULL, count(*)::int, (extract(epoch FROM now() - min(created_at)) * 1000)::float8
    FROM delivery WHERE status = 'sending' GROUP BY 1, 2, 3
  ) o LEFT JOIN account a ON a.code = o.account`;

/** What waits, counted now. */
@Injectable()
export class BacklogReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  /** One item per channel, in the order of the registry, also where nothing waits. */
  async read(): Promise<readonly Backlog[]> {
    const rows = await this.database.query<BacklogRow>(OPEN);
    return this.channels.list().map((channel) =>
      backlogOf(
        channel,
        rows.filter((row) => row.channel === channel.name),
      ),
    );
  }
}

function backlogOf(channel: ChannelDefinition, rows: readonly BacklogRow[]): Backlog {
  const countOf = (status: string): number => sum(rows.filter((row) => row.status === status));
  const scheduled: Record<string, number> = {};
  for (const { count, reason, status } of rows) {
    if (status === 'scheduled' && reason !== null) scheduled[reason] = (scheduled[reason] ?? 0) + count;
  }
  const ages = rows.flatMap((row) => row.oldest_ms ?? []);
  const etaMs = longestMs(channel, rows);
  return {
    channel: channel.name,
    accepted: countOf('accepted'),
    scheduled,
    sending: countOf('sending'),
    ...(ages.length > 0 && { oldestAgeMs: Math.round(Math.max(...ages)) }),
    ...(etaMs > 0 && { etaMs }),
  };
}

const sum = (rows: readonly BacklogRow[]): number => rows.reduce((total, { count }) => total + count, 0);

/** The account whose limits take longest decides; what waits for a time of its own is not in its way. */
function longestMs(channel: ChannelDefinition, rows: readonly BacklogRow[]): number {
  const waiting = rows.filter(({ reason, status }) => status !== 'sending' && reason !== 'send_at');
  const accounts = [...new Set(waiting.map(({ account }) => account))];
  const times = accounts.map((account) => {
    const own = waiting.filter((row) => row.account === account);
    return lastsMs(channel, sum(own), own[0]?.limits ?? null);
  });
  return Math.max(0, ...times);
}

function lastsMs({ limits }: ChannelDefinition, calls: number, own: JsonObject | null): number {
  const times = limits
    .filter(({ scope }) => scope === 'account')
    .map(({ key, limit, windowSeconds }) => {
      const set = own?.[key];
      const most = typeof set === 'number' ? set : limit;
      // Null switches the limit off; what fits into one window is not held back.
      return set === null || calls <= most ? 0 : (calls / most) * windowSeconds * 1_000;
    });
  return Math.round(Math.max(0, ...times));
}
