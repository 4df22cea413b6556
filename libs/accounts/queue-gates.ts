import { Inject, Injectable } from '@nestjs/common';
import { Database, type Sql } from '#libs/database';

/** The queue of a channel that a person holds back. */
export interface PausedQueue {
  readonly channel: string;
  readonly reason?: string;
  /** Name of the key that paused it. */
  readonly actor?: string;
  readonly pausedAt: Date;
}

interface GateRow {
  readonly channel: string;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly updated_at: Date;
}

/** Holds the deliveries of whole channels back. All processes obey within two seconds; nothing is lost meanwhile. */
@Injectable()
export class QueueGates {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Paused again, the first pause stands. */
  async pause(channel: string, reason: string | undefined, actor: string, sql: Sql = this.database): Promise<void> {
    await sql.query(
      `INSERT INTO queue_gate AS g (channel, paused, reason, actor) VALUES ($1, true, $2, $3)
       ON CONFLICT (channel) DO UPDATE SET paused = true, reason = excluded.reason, actor = excluded.actor,
         updated_at = now()
       WHERE NOT g.paused`,
      [channel, reason ?? null, actor],
    );
  }

  async resume(channel: string, sql: Sql = this.database): Promise<void> {
    await sql.query(`UPDATE queue_gate SET paused = false, updated_at = now() WHERE channel = $1 AND paused`, [
      channel,
    ]);
  }

  async listPaused(): Promise<readonly PausedQueue[]> {
    const rows = await this.database.query<GateRow>(
      'SELECT channel, reason, actor, updated_at FROM queue_gate WHERE paused ORDER BY channel',
    );
    return rows.map(({ actor, channel, reason, updated_at: pausedAt }) => ({
      channel,
      pausedAt,
      ...(reason !== null && { reason }),
      ...(actor !== null && { actor }),
    }));
  }
}
