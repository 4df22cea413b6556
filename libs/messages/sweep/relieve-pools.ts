import { PRIORITIES } from '../plan/message-plan.js';

/** A delivery that waits, though another account of its pool may send it as well. */
export interface PooledWait {
  readonly messageId: string;
  readonly no: number;
  readonly fence: number;
  readonly account: string;
  readonly priority: number;
  readonly pool: readonly string[];
}

/** What an account of a pool can let go now. */
export interface PoolRoom {
  readonly account: string;
  /** Neither paused nor blocked, its vendor within reach. */
  readonly isOpen: boolean;
  /** Free slots for priority `high`, less what was let go already; absent: any number. */
  readonly high?: number;
  /** The same for the other priorities. */
  readonly others?: number;
  /** Deliveries that are due there already. */
  readonly due: number;
}

export interface PoolMove extends Pick<PooledWait, 'messageId' | 'no' | 'fence'> {
  readonly from: string;
  readonly to: string;
}

/** The slots of an account that this pass may still give away. */
interface Slots {
  high: number;
  others: number;
}

interface Stock {
  /** For those in the account's own line. */
  readonly own: Slots;
  /** For those who come from elsewhere: what its own line leaves. */
  readonly spare: Slots;
}

/**
 * Which deliveries leave their account's line for another account of their pool: those that their own has no slot for,
 * in the order given, each to the account with most slots to spare. Who stands in that account's line goes first. Pure.
 */
export function relievePools(waits: readonly PooledWait[], rooms: readonly PoolRoom[]): readonly PoolMove[] {
  const stocks = new Map(rooms.filter(({ isOpen }) => isOpen).map((room) => [room.account, stockOf(room)]));
  return waits.flatMap((wait): PoolMove[] => {
    const { account: from, fence, messageId, no, priority } = wait;
    const own = stocks.get(from)?.own;
    if (own && slotsFor(own, priority) > 0) {
      use(own);
      return [];
    }
    const to = roomiest(wait, stocks);
    if (to === undefined) return [];
    return [{ messageId, no, fence, from, to }];
  });
}

/** The account to go to, its slot used; undefined when there is none. */
function roomiest({ account, pool, priority }: PooledWait, stocks: ReadonlyMap<string, Stock>): string | undefined {
  const free = pool.flatMap((code) => {
    const spare = code === account ? undefined : stocks.get(code)?.spare;
    return spare && slotsFor(spare, priority) > 0 ? [{ code, spare, slots: slotsFor(spare, priority) }] : [];
  });
  const [first, ...rest] = free;
  if (!first) return undefined;
  const best = rest.reduce((most, candidate) => (candidate.slots > most.slots ? candidate : most), first);
  use(best.spare);
  return best.code;
}

function stockOf({ due, high = Infinity, others = Infinity }: PoolRoom): Stock {
  return { own: { high, others }, spare: { high: high - due, others: others - due } };
}

const slotsFor = ({ high, others }: Slots, priority: number): number => (priority === PRIORITIES.high ? high : others);

function use(slots: Slots): void {
  slots.high -= 1;
  slots.others -= 1;
}
