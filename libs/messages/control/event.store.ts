import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#libs/core';
import { Database, type Sql } from '#libs/database';

/** What the rows of a message cannot tell: who asked for something, and in which words. */
export interface MessageEvent {
  readonly messageId: string;
  /** Name of a timeline event. */
  readonly event: string;
  readonly deliveryNo?: number;
  readonly reason?: string;
  readonly data?: object;
}

/** Event rows of the timeline. The happy path writes none. */
@Injectable()
export class EventStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async record({ data, deliveryNo, event, messageId, reason }: MessageEvent, sql: Sql = this.database): Promise<void> {
    await sql.query(
      `INSERT INTO event (message_id, id, at, event, delivery_no, reason, data)
       VALUES ($1, $2, now(), $3, $4, $5, $6)`,
      [messageId, newId(), event, deliveryNo ?? null, reason ?? null, data ? JSON.stringify(data) : null],
    );
  }
}
