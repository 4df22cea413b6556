import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { LeaseKeeper } from './lease-keeper.js';
import type { ClaimStore, HeldDelivery } from './claim.store.js';
import type { ClaimedDelivery } from './claimed-delivery.js';

Logger.overrideLogger(false);

const ID = '0197c2f4-7a00-7000-8000-000000000001';

/** Claims what is free; renews what it is told to, or fails. */
class FakeClaims {
  readonly renewals: (readonly HeldDelivery[])[] = [];
  isFree = true;
  alive: ReadonlySet<string> | Error = new Set();

  claim(messageId: string, no: number): Promise<ClaimedDelivery | undefined> {
    return Promise.resolve(this.isFree ? ({ messageId, no, fence: 4 } as ClaimedDelivery) : undefined);
  }

  renew(deliveries: readonly HeldDelivery[]): Promise<ReadonlySet<string>> {
    this.renewals.push(deliveries);
    return this.alive instanceof Error ? Promise.reject(this.alive) : Promise.resolve(this.alive);
  }
}

describe('a lease', () => {
  let claims: FakeClaims;
  let keeper: LeaseKeeper;
  let nowMs = 0;

  const passes = async (ms: number): Promise<void> => {
    nowMs += ms;
    await jest.advanceTimersByTimeAsync(ms);
  };

  const claim = async () => {
    const lease = await keeper.claim(ID, 1);
    if (!lease) throw new TypeError('not claimed');
    return lease;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    nowMs = 1_000;
    claims = new FakeClaims();
    keeper = new LeaseKeeper(claims as unknown as ClaimStore, { now: () => new Date(), monotonicMs: () => nowMs });
  });

  afterEach(() => {
    keeper.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('is not to be had of a delivery that nobody may claim', async () => {
    claims.isFree = false;
    await expect(keeper.claim(ID, 1)).resolves.toBeUndefined();
  });

  it('lasts fifteen seconds from when it was asked for', async () => {
    const lease = await claim();
    expect(lease.remainingMs()).toBe(15_000);
    nowMs += 6_000;
    expect(lease.remainingMs()).toBe(9_000);
  });

  it('is renewed every five seconds, from when the renewal was asked for', async () => {
    const lease = await claim();
    claims.alive = new Set([`${ID}.1`]);
    await passes(5_000);
    expect(claims.renewals).toEqual([[expect.objectContaining({ messageId: ID, no: 1, fence: 4 })]]);
    expect(lease.remainingMs()).toBe(15_000);
    expect(lease.lost.aborted).toBe(false);
  });

  it('ends when another process has taken the delivery over', async () => {
    const lease = await claim();
    await passes(5_000);
    expect(lease.lost.aborted).toBe(true);
    expect(lease.remainingMs()).toBe(10_000);
  });

  it('runs out by itself while the database is away, without ending the call', async () => {
    const lease = await claim();
    claims.alive = new Error('away');
    await passes(5_000);
    await passes(5_000);
    expect(lease.lost.aborted).toBe(false);
    expect(lease.remainingMs()).toBe(5_000);
  });

  it('is not renewed after its release', async () => {
    const lease = await claim();
    lease.release();
    await passes(20_000);
    expect(claims.renewals).toEqual([]);
  });

  it('that is released late does not release the next one of the same delivery', async () => {
    const first = await claim();
    const second = await claim();
    first.release();
    claims.alive = new Set([`${ID}.1`]);
    await passes(5_000);
    expect(claims.renewals).toHaveLength(1);
    expect(second.remainingMs()).toBe(15_000);
  });
});
