import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import type { Sql } from '#libs/database';
import { MOVE_POOLED, POOLED_WAITS, POOL_ROOMS, moveRows } from './pool.sql.js';
import { limitValues } from './publish.sql.js';
import { relievePools, type PoolRoom, type PooledWait } from './relieve-pools.js';

interface WaitRow extends Omit<PooledWait, 'messageId'> {
  readonly message_id: string;
}

interface RoomRow {
  readonly account: string;
  readonly is_open: boolean;
  readonly high: number | null;
  readonly others: number | null;
  readonly due: number;
}

/** Hands deliveries that wait for their account over to one of its pool that could send them now. */
@Injectable()
export class PoolStore {
  constructor(@Inject(ChannelRegistry) private readonly channels: ChannelRegistry) {}

  /** What each account can let go now; `againMs` as in `relieve`. */
  async roomsOf(accounts: readonly string[], sql: Sql, againMs: number): Promise<readonly PoolRoom[]> {
    const rows = await sql.query<RoomRow>(POOL_ROOMS, [accounts, againMs, ...limitValues(this.channels.list())]);
    return rows.map(toRoom);
  }

  /**
   * One pass at a time may do it: the caller holds the lock under which slots are given away.
   * @param againMs how long ago a delivery that no worker has taken up may have been let go
   * @returns how many have moved
   */
  async relieve(sql: Sql, againMs: number): Promise<number> {
    const rows = await sql.query<WaitRow>(POOLED_WAITS);
    if (rows.length === 0) return 0;
    const waits = rows.map(({ message_id: messageId, ...row }): PooledWait => ({ ...row, messageId }));
    const accounts = [...new Set(waits.flatMap(({ account, pool }) => [account, ...pool]))];
    const moves = relievePools(waits, await this.roomsOf(accounts, sql, againMs));
    if (moves.length === 0) return 0;
    return (await sql.query(MOVE_POOLED, moveRows.values(moves))).length;
  }
}

const toRoom = ({ account, due, high, is_open: isOpen, others }: RoomRow): PoolRoom => ({
  account,
  isOpen,
  due,
  ...(high !== null && { high }),
  ...(others !== null && { others }),
});
