import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';
import { ClaimStore, type HeldDelivery } from './claim.store.js';
import { LEASE_MS, type ClaimedDelivery } from './claimed-delivery.js';

const HEARTBEAT_MS = 5_000;

/** A claimed delivery with the time left to act on it. */
export interface Lease {
  readonly delivery: ClaimedDelivery;
  /** Aborts when another process has taken the delivery over. */
  readonly lost: AbortSignal;
  /** Time that is certainly left, by this process's monotonic clock. */
  remainingMs(): number;
  /** Ends the heartbeat. */
  release(): void;
}

interface Held extends HeldDelivery {
  untilMs: number;
  readonly abort: AbortController;
}

/** Claims deliveries and keeps their leases alive with one heartbeat statement for all of them. */
@Injectable()
export class LeaseKeeper implements OnApplicationShutdown {
  private readonly logger = new Logger(LeaseKeeper.name);
  private readonly held = new Map<string, Held>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ClaimStore) private readonly claims: ClaimStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The lease, or undefined when the delivery is not to be had. */
  async claim(messageId: string, no: number): Promise<Lease | undefined> {
    const askedMs = this.clock.monotonicMs();
    const delivery = await this.claims.claim(messageId, no);
    if (!delivery) return undefined;
    const key = `${messageId}.${no}`;
    const { fence } = delivery;
    const held: Held = { messageId, no, fence, untilMs: askedMs + LEASE_MS, abort: new AbortController() };
    this.held.set(key, held);
    this.timer ??= setInterval(() => void this.beat(), HEARTBEAT_MS).unref();
    return {
      delivery,
      lost: held.abort.signal,
      remainingMs: () => held.untilMs - this.clock.monotonicMs(),
      release: () => this.held.get(key) === held && this.held.delete(key),
    };
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    const items = [...this.held.values()];
    if (items.length === 0) return;
    const askedMs = this.clock.monotonicMs();
    try {
      const alive = await this.claims.renew(items);
      for (const item of items) {
        if (alive.has(`${item.messageId}.${item.no}`)) item.untilMs = askedMs + LEASE_MS;
        else item.abort.abort(new Error('The lease has ended'));
      }
    } catch (error) {
      // Without PostgreSQL the leases run out by themselves; calls that would outlive them are not made.
      this.logger.warn(`Leases could not be renewed: ${String(error)}`);
    }
  }
}
