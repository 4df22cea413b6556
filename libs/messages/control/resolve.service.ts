import { Inject, Injectable } from '@nestjs/common';
import { ConflictError } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { FOLLOW_ONE } from '../digest/digest.sql.js';
import { messageDeltaSql } from '../message-status.js';
import type { FinalRecipientStatus } from '../states.js';
import { EventStore } from './event.store.js';
import { ReplayService } from './replay.service.js';

export const RESOLUTIONS = ['sent', 'failed', 'resend'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export interface ResolveRequest {
  readonly messageId: string;
  /** Absent: every delivery of unknown outcome. */
  readonly deliveryNo?: number;
  readonly as: Resolution;
  readonly note: string;
  readonly actor: string;
}

type Settled = 'sent' | 'failed';

/** How the counters move when unknown rows become `as`. */
const change =
  (as: Settled) =>
  (status: FinalRecipientStatus): string =>
    status === as ? 'delta.n' : status === 'unknown' ? '-delta.n' : '0';

const settleSql = (as: Settled): string => `
  WITH settled AS (
    UPDATE delivery d SET status = '${as}', reason = 'resolved_by_operator', updated_at = now(),
      sent_at = CASE WHEN '${as}' = 'sent' THEN coalesce(d.sent_at, d.updated_at) END
    WHERE d.message_id = $1 AND d.status = 'unknown' AND ($2::int IS NULL OR d.no = $2)
    RETURNING d.message_id, d.no
  ), rows AS (
    UPDATE recipient r SET status = '${as}', reason = 'resolved_by_operator', updated_at = now()
    FROM settled s WHERE r.message_id = s.message_id AND r.delivery_no = s.no AND r.status = 'unknown'
    RETURNING r.message_id
  ), delta AS (SELECT message_id, count(*)::int AS n FROM rows GROUP BY message_id),
  counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', change(as), '0', "'resolved_by_operator'")}
    FROM delta WHERE m.id = delta.message_id
  )
  SELECT no FROM settled`;

const SETTLE = { sent: settleSql('sent'), failed: settleSql('failed') } as const;

/** A person settles what nobody could know: whether a message arrived. */
@Injectable()
export class ResolveService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ReplayService) private readonly replays: ReplayService,
    @Inject(EventStore) private readonly events: EventStore,
  ) {}

  /** @throws ConflictError `not_resolvable` when nothing of the message is unknown; `recalled` on resend after a recall */
  async resolve(request: ResolveRequest): Promise<void> {
    await this.database.transaction((sql) => this.resolveIn(request, sql));
  }

  async resolveIn(request: ResolveRequest, sql: Sql): Promise<void> {
    const settled =
      request.as === 'resend' ? await this.resend(request, sql) : await this.settle(request, request.as, sql);
    if (settled === 0) throw new ConflictError('not_resolvable', 'Nothing of the message has an unknown outcome');
    const { actor, as, deliveryNo, messageId, note } = request;
    const where = deliveryNo === undefined ? {} : { deliveryNo };
    await this.events.record({ messageId, event: 'resolved', reason: as, data: { actor, note }, ...where }, sql);
  }

  private async settle({ deliveryNo, messageId }: ResolveRequest, as: Settled, sql: Sql): Promise<number> {
    const rows = await sql.query<{ no: number }>(SETTLE[as], [messageId, deliveryNo ?? null]);
    await sql.query(FOLLOW_ONE, [messageId]);
    return rows.length;
  }

  private async resend({ actor, deliveryNo, messageId }: ResolveRequest, sql: Sql): Promise<number> {
    const open = await sql.query<{ no: number }>(
      `SELECT d.no FROM delivery d
       WHERE d.message_id = $1 AND d.status = 'unknown' AND ($2::int IS NULL OR d.no = $2)
         AND EXISTS (SELECT FROM recipient r
                     WHERE r.message_id = d.message_id AND r.delivery_no = d.no AND r.status = 'unknown')`,
      [messageId, deliveryNo ?? null],
    );
    let moved = 0;
    for (const { no } of open) {
      moved += await this.replays.replayIn({ messageId, includeUnknown: true, deliveryNo: no, actor }, sql);
    }
    return moved;
  }
}
