import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import type { AppliedLimit } from './applied-limits.js';
import { EMPTY_ROW, freeAt, type LedgerRow } from './limit-usage.js';
import {
  subjectsOf,
  type RecipientWait,
  type SlotAnswer,
  type SlotRequest,
  type SlotWait,
  type TakenSlots,
} from './slot.js';

interface Verdict {
  readonly verdict: 'missing' | 'waits' | 'goes';
  readonly over: readonly number[];
}

interface State {
  readonly now: Date;
  readonly rows: ReadonlyMap<string, LedgerRow>;
}

interface StateRow extends LedgerRow {
  readonly now: Date;
  readonly account: string | null;
  readonly subject: string | null;
}

const keyOf = (account: string, subject: string): string => `${account} ${subject}`;
const HIGH = 1;

/** Turns verdicts into answers: who has to wait is told until when. Nothing is read while everybody may go. */
@Injectable()
export class SlotEstimate {
  constructor(@Inject(Database) private readonly database: Database) {}

  async answer(
    requests: readonly SlotRequest[],
    verdicts: readonly Verdict[],
    takenBy: (request: SlotRequest, over: ReadonlySet<number>) => TakenSlots | undefined,
  ): Promise<readonly SlotAnswer[]> {
    const waits = await this.waitsOf(requests, verdicts);
    return requests.map((request, index): SlotAnswer => {
      const { over = [], verdict } = verdicts[index] ?? { verdict: 'waits' };
      if (verdict !== 'goes') return { wait: waits.forAccount(request) };
      const taken = takenBy(request, new Set(over));
      return { ...(taken && { taken }), over: over.map((rowNo) => waits.forRecipient(request, rowNo)) };
    });
  }

  private async waitsOf(requests: readonly SlotRequest[], verdicts: readonly Verdict[]): Promise<Waits> {
    const needed = requests.flatMap((request, index) => {
      const { over = [], verdict } = verdicts[index] ?? { verdict: 'waits' };
      if (verdict !== 'goes') return [{ account: request.account, subject: '' }];
      const behind = new Set(over);
      return request.recipients
        .filter(({ rowNo }) => behind.has(rowNo))
        .flatMap((recipient) => subjectsOf(request, recipient))
        .map(({ subject }) => ({ account: request.account, subject }));
    });
    return new Waits(needed.length === 0 ? { now: new Date(), rows: new Map() } : await this.read(needed));
  }

  private async read(keys: readonly { readonly account: string; readonly subject: string }[]): Promise<State> {
    const rows = await this.database.query<StateRow>(
      `SELECT now() AS now, w.account, w.subject, w.calls, w.keys, w.slots, w.counts FROM (SELECT) one
       LEFT JOIN limit_window w ON (w.account, w.subject) IN (
         SELECT account, subject FROM unnest($1::text[], $2::text[]) AS k (account, subject))`,
      [keys.map(({ account }) => account), keys.map(({ subject }) => subject)],
    );
    return {
      now: rows[0]?.now ?? new Date(),
      rows: new Map(rows.map((row) => [keyOf(row.account ?? '', row.subject ?? ''), row])),
    };
  }
}

/** Who waits for what in one batch: those behind the same person come one after the other. */
class Waits {
  private readonly ranks = new Map<string, number>();

  constructor(private readonly state: State) {}

  /** All who wait for an account are due at its next slot; its line decides who takes it. */
  forAccount({ account, limits, people, priority }: SlotRequest): SlotWait {
    const room = (limit: AppliedLimit): number => (limit.max ?? 0) - (priority === HIGH ? 0 : limit.reserve);
    const own = limits.filter(({ max, scope }) => scope === 'account' && max !== null);
    return this.latest(own.map((limit) => this.wait(account, '', limit, room(limit), limit.countsPeople ? people : 1)));
  }

  forRecipient(request: SlotRequest, rowNo: number): RecipientWait {
    const { account, limits, recipients } = request;
    const recipient = recipients.find((candidate) => candidate.rowNo === rowNo);
    const subjects = recipient ? subjectsOf(request, recipient) : [];
    const waits = subjects.flatMap(({ scope, subject }) => {
      const rank = (this.ranks.get(keyOf(account, subject)) ?? 0) + 1;
      this.ranks.set(keyOf(account, subject), rank);
      return limits
        .filter((limit) => limit.scope === scope && limit.max !== null)
        .map((limit) => this.wait(account, subject, limit, limit.max ?? 0, rank));
    });
    return { rowNo, ...this.latest(waits) };
  }

  private wait(account: string, subject: string, limit: AppliedLimit, max: number, rank: number): SlotWait {
    const row = this.state.rows.get(keyOf(account, subject)) ?? EMPTY_ROW;
    const dueAt = freeAt(row, limit, max, this.state.now, rank);
    return { reason: limit.period === 'rolling' ? 'rate_limited' : 'quota', dueAt };
  }

  private latest(waits: readonly SlotWait[]): SlotWait {
    const soonest: SlotWait = { reason: 'rate_limited', dueAt: this.state.now };
    return waits.reduce((last, wait) => (wait.dueAt > last.dueAt ? wait : last), soonest);
  }
}
