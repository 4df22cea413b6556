import { Inject, Injectable } from '@nestjs/common';
import type { Sql } from '#libs/database';
import { PRIORITIES } from '../plan/message-plan.js';
import { DigestGatherer } from '../digest/digest-gatherer.js';
import { DigestStore } from '../digest/digest.store.js';
import { PoolStore } from './pool.store.js';
import type { PoolRoom } from './relieve-pools.js';

/** What the sweep does about digests. */
@Injectable()
export class SweepDigests {
  constructor(
    @Inject(PoolStore) private readonly accounts: PoolStore,
    @Inject(DigestGatherer) private readonly gatherer: DigestGatherer,
    @Inject(DigestStore) private readonly store: DigestStore,
  ) {}

  /**
   * As late as possible: until its account has room, what waits can be canceled one by one, and what comes meanwhile
   * joins the same digest. One pass at a time may do it: the caller holds the lock under which slots are given away.
   */
  async gather(sql: Sql, againMs: number): Promise<void> {
    const lines = await this.gatherer.listLines(sql);
    if (lines.length === 0) return;
    const accounts = [...new Set(lines.map(({ account }) => account))];
    const rooms = (await this.accounts.roomsOf(accounts, sql, againMs)).filter(({ isOpen }) => isOpen);
    const byAccount = new Map(rooms.map((room) => [room.account, room]));
    for (const line of lines) {
      const room = byAccount.get(line.account);
      if (room) await this.gatherer.gather(line, (priority) => slotsOf(room, priority) > 0, sql);
    }
    const full = rooms.filter((room) => slotsOf(room, PRIORITIES.high) <= 0);
    const fullButForHigh = rooms.filter((room) => slotsOf(room, PRIORITIES.normal) <= 0 && !full.includes(room));
    await this.gatherer.lineUp(full.map(codeOf), fullButForHigh.map(codeOf), sql);
  }

  releaseOutlived(limit: number): Promise<void> {
    return this.store.releaseOutlived(limit);
  }

  follow(limit: number): Promise<number> {
    return this.store.follow(limit);
  }
}

const codeOf = ({ account }: PoolRoom): string => account;

const slotsOf = ({ high = Infinity, others = Infinity }: PoolRoom, priority: number): number =>
  priority === PRIORITIES.high ? high : others;
