import { Inject, Injectable } from '@nestjs/common';
import { Batcher, Database } from '#libs/database';
import {
  CREATE_ROWS,
  GIVE_BACK,
  TAKE,
  askRows,
  limitRows,
  partRows,
  returnRows,
  type LimitRow,
  type PartRow,
} from './ledger.sql.js';
import {
  holdsAccount,
  subjectsOf,
  type CountedRecipient,
  type SlotAnswer,
  type SlotRequest,
  type TakenSlots,
} from './slot.js';
import { SlotEstimate } from './slot-estimate.js';

/** Rounds of making rows that are missing; somebody else may clear them away in between. */
const MAX_ROUNDS = 3;
const MAX_BATCH = 200;
const MAX_WAITING = 20_000;
/** A person's row that was not used for so long says nothing any more. */
const FORGET = `2 days`;
const PURGED_AT_ONCE = 10_000;
const PURGE = `
  WITH gone AS (
    DELETE FROM limit_window WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM limit_window WHERE subject <> '' AND used_at < now() - interval '${FORGET}'
      LIMIT ${PURGED_AT_ONCE})) RETURNING 1)
  SELECT count(*)::int AS count FROM gone`;

interface Verdict {
  readonly n: number;
  readonly verdict: 'missing' | 'waits' | 'goes';
  readonly over: readonly number[];
}

/**
 * Takes slots in the windows of accounts and people: one statement for many deliveries, in every process the same rows.
 * A slot is taken right before the call and never booked ahead; a crash keeps it, since the call may have been made.
 */
@Injectable()
export class SlotStore {
  private readonly asks: Batcher<SlotRequest, SlotAnswer>;
  private readonly returns: Batcher<TakenSlots, void>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SlotEstimate) private readonly estimate: SlotEstimate,
  ) {
    this.asks = new Batcher({
      name: 'slots',
      // Sorted by message id: within a batch older messages come first.
      keyOf: ({ messageId, no }) => `${messageId}.${no}`,
      maxBatch: MAX_BATCH,
      maxWaiting: MAX_WAITING,
      run: (batch) => this.takeAll(batch),
    });
    this.returns = new Batcher({
      name: 'returned slots',
      // A row may be written once in a statement.
      keyOf: ({ request }) => request.account,
      maxBatch: MAX_BATCH,
      maxWaiting: MAX_WAITING,
      run: (batch) => this.returnAll(batch),
    });
  }

  take(request: SlotRequest): Promise<SlotAnswer> {
    return this.asks.add(request);
  }

  /** Of a call that certainly never left. */
  giveBack(taken: TakenSlots): Promise<void> {
    return this.returns.add(taken);
  }

  /** Forgets people who were not sent anything for days; accounts keep their rows. */
  async purge(): Promise<void> {
    let forgotten = PURGED_AT_ONCE;
    while (forgotten === PURGED_AT_ONCE) {
      const [row] = await this.database.query<{ count: number }>(PURGE);
      forgotten = row?.count ?? 0;
    }
  }

  private async takeAll(batch: readonly SlotRequest[]): Promise<readonly SlotAnswer[]> {
    const verdicts = await this.ask(batch, MAX_ROUNDS);
    return this.estimate.answer(batch, verdicts, (request, over) => takenBy(request, over));
  }

  /** Asks; makes the rows that are missing and asks again for whoever missed one. In the order of the requests. */
  private async ask(requests: readonly SlotRequest[], rounds: number): Promise<readonly Verdict[]> {
    const verdicts = await this.database.query<Verdict>(TAKE, valuesOf(requests));
    const lacking = verdicts.filter(({ verdict }) => verdict === 'missing').map(({ n }) => n);
    if (lacking.length === 0) return verdicts;
    if (rounds === 0)
      return verdicts.map((item) => (item.verdict === 'missing' ? { ...item, verdict: 'waits' } : item));
    const again = lacking.flatMap((n) => requests[n] ?? []);
    await this.createRows(again);
    const answers = await this.ask(again, rounds - 1);
    const later = new Map(lacking.map((n, index) => [n, answers[index]]));
    return verdicts.map((item) => ({ ...(later.get(item.n) ?? item), n: item.n }));
  }

  private async createRows(requests: readonly SlotRequest[]): Promise<void> {
    const rows = requests.flatMap((request) =>
      rowsOf(request, request.recipients).map(({ subject }) => ({ account: request.account, subject })),
    );
    await this.database.query(CREATE_ROWS, [rows.map(({ account }) => account), rows.map(({ subject }) => subject)]);
  }

  private async returnAll(batch: readonly TakenSlots[]): Promise<readonly void[]> {
    const rows = batch.flatMap(({ people, request: { account, messageId }, subjects }) =>
      subjects.map((subject) => ({ ...subject, account, messageId, people })),
    );
    const limits = limitsOf(batch.map(({ request }) => request));
    await this.database.query(GIVE_BACK, [...returnRows.values(rows), ...limitRows.values(limits)]);
    return batch.map(() => undefined);
  }
}

function rowsOf(request: SlotRequest, recipients: readonly CountedRecipient[]): TakenSlots['subjects'] {
  const own = holdsAccount(request.limits) ? [{ scope: 'account' as const, subject: '' }] : [];
  return [...own, ...recipients.flatMap((recipient) => subjectsOf(request, recipient))];
}

function takenBy(request: SlotRequest, over: ReadonlySet<number>): TakenSlots | undefined {
  const left = request.recipients.filter(({ rowNo }) => !over.has(rowNo));
  const people = request.people - over.size;
  if (over.size > 0 && people === 0) return undefined;
  return { request, subjects: rowsOf(request, left), people };
}

/** Each account's limits once; the account's own only where one of them holds calls back. */
function limitsOf(requests: readonly SlotRequest[]): readonly LimitRow[] {
  const byAccount = new Map(requests.map((request) => [request.account, request.limits]));
  return [...byAccount].flatMap(([account, limits]) => {
    const own = holdsAccount(limits);
    return limits.filter(({ scope }) => own || scope !== 'account').map((limit) => ({ account, limit }));
  });
}

function valuesOf(requests: readonly SlotRequest[]): unknown[] {
  const asks = requests.map((request, n) => ({ ...request, n }));
  const parts = asks.flatMap((request) =>
    request.recipients.flatMap((recipient) =>
      subjectsOf(request, recipient).map((row): PartRow => ({ n: request.n, rowNo: recipient.rowNo, ...row })),
    ),
  );
  return [...askRows.values(asks), ...partRows.values(parts), ...limitRows.values(limitsOf(requests))];
}
