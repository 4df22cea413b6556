import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, ValidationError } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import type { FinalRecipientStatus } from '../states.js';
import { EventStore } from './event.store.js';
import {
  ADD_DELIVERIES,
  MOVE_ROWS,
  OLD_CHANNELS,
  OLD_DELIVERIES,
  selectionValues,
  type ReplaySelection,
} from './replay.sql.js';

export interface ReplayRequest {
  readonly messageId: string;
  /** Also send again to people who may have it already. */
  readonly includeUnknown: boolean;
  readonly deliveryNo?: number;
  /** Canonical refs; absent: everybody who did not get it. */
  readonly recipients?: readonly string[];
  readonly statuses?: readonly string[];
  readonly reasons?: readonly string[];
  /** Rules that do not hold back what is sent again; whom they held back before gets it too. */
  readonly ignore?: readonly IgnorableRule[];
  /** The account that sends instead of the one before, of the same channel. */
  readonly to?: { readonly account: string; readonly channel: string };
  readonly actor: string;
}

/** What a replay would do. */
export interface ReplayPreview {
  readonly recipients: number;
  /** Provider calls, at least. */
  readonly deliveries: number;
}

/** Recipients in these states can be sent to again. */
export const REPLAYABLE: readonly FinalRecipientStatus[] = ['failed', 'expired', 'canceled'];
const DEFAULT_TTL_SECONDS = 86_400;

/** Rules of the template that a person may decide to pass over, and what they end rows with. */
export const IGNORABLE = {
  dedupe: ['duplicate_content'],
  frequency: ['frequency_limit'],
  quiet_hours: ['quiet_hours_drop'],
} as const satisfies Record<string, readonly string[]>;

export type IgnorableRule = keyof typeof IGNORABLE;
export const IGNORABLE_RULES = Object.keys(IGNORABLE) as readonly IgnorableRule[];

/** Sends again to those who did not get a message. A replay never reopens a delivery, it adds one. */
@Injectable()
export class ReplayService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventStore) private readonly events: EventStore,
  ) {}

  /**
   * Answers how many recipients are on their way again.
   * @throws ConflictError `not_replayable` when nobody is left to send to, `recalled` after a recall
   * @throws ValidationError `channel_mismatch` when the account to send through is of another channel
   */
  async replay(request: ReplayRequest): Promise<number> {
    return this.database.transaction((sql) => this.replayIn(request, sql));
  }

  /**
   * Changes nothing.
   * @throws ConflictError `recalled`, `not_replayable` when the content is gone
   */
  async preview(request: ReplayRequest): Promise<ReplayPreview> {
    return this.database.transaction(async (sql) => {
      await this.lock(request.messageId, sql);
      await requireSameChannel(request, sql);
      const old = await sql.query<OldDelivery>(OLD_DELIVERIES, selectionValues(selectionOf(request)));
      return { recipients: old.reduce((total, { recipients }) => total + recipients, 0), deliveries: old.length };
    });
  }

  async replayIn(request: ReplayRequest, sql: Sql): Promise<number> {
    const { actor, ignore, messageId, to } = request;
    const selected = selectionValues(selectionOf(request));
    const ttlSeconds = await this.lock(messageId, sql);
    await requireSameChannel(request, sql);
    const old = await sql.query<OldDelivery>(OLD_DELIVERIES, selected);
    if (old.length === 0) throw new ConflictError('not_replayable', 'The message has nobody left to send to');
    const added = await sql.query<{ no: number }>(ADD_DELIVERIES, [
      ...selected,
      ttlSeconds,
      ignore ?? null,
      to?.account ?? null,
    ]);
    const oldNos = old.map((row) => row.no);
    const newNos = added.map((row) => row.no).sort((a, b) => a - b);
    const [moved] = await sql.query<{ total: number }>(MOVE_ROWS, [...selected, oldNos, newNos, to?.account ?? null]);
    const data = { actor, deliveries: newNos, ...(ignore && { ignore }), ...(to && { account: to.account }) };
    await this.events.record({ messageId, event: 'replayed', data }, sql);
    return moved?.total ?? 0;
  }

  /** Locks the message; answers its original time to live. */
  private async lock(messageId: string, sql: Sql): Promise<number> {
    const [row] = await sql.query<{ recalled: boolean; purged: boolean; digest: boolean; ttl: number }>(
      `SELECT recall_requested_at IS NOT NULL AS recalled, content_purged_at IS NOT NULL AS purged,
              EXISTS (SELECT FROM delivery WHERE message_id = $1 AND kind = 'digest') AS digest,
              extract(epoch FROM expire_at - coalesce(send_at, created_at))::int AS ttl
       FROM message WHERE id = $1 FOR UPDATE`,
      [messageId],
    );
    if (row?.recalled) throw new ConflictError('recalled', 'A recalled message is not sent again');
    if (row?.digest) throw new ConflictError('not_replayable', 'Send the messages again that the digest carried');
    if (row?.purged) throw new ConflictError('not_replayable', 'The content of the message is not kept any more');
    return Math.max(row?.ttl ?? DEFAULT_TTL_SECONDS, 60);
  }
}

/** The content was written for a channel: another account of it can carry it, another channel cannot. */
async function requireSameChannel(request: ReplayRequest, sql: Sql): Promise<void> {
  const { to } = request;
  if (!to) return;
  const rows = await sql.query<{ channel: string }>(OLD_CHANNELS, selectionValues(selectionOf(request)));
  if (rows.every(({ channel }) => channel === to.channel)) return;
  const message = 'the account is of another channel than what is sent again';
  throw new ValidationError([{ pointer: '/account', code: 'channel_mismatch', message }]);
}

interface OldDelivery {
  readonly no: number;
  readonly recipients: number;
}

function selectionOf({ ignore = [], includeUnknown, statuses, ...request }: ReplayRequest): ReplaySelection {
  const replayable = includeUnknown ? [...REPLAYABLE, 'unknown'] : [...REPLAYABLE];
  const isSuppressedWanted = !statuses || statuses.includes('suppressed');
  return {
    ...request,
    statuses: replayable.filter((status) => !statuses || statuses.includes(status)),
    ignoredReasons: isSuppressedWanted ? ignore.flatMap((rule) => [...IGNORABLE[rule]]) : [],
  };
}
