import { describe, expect, it } from '@jest/globals';
import type { Limiter, RecipientWait, SlotAnswer, SlotRequest, TakenSlots } from '#libs/accounts';
import type { Split, SplitStore } from '#libs/messages';
import { makeClaimed, makePrepared, makeRecipient } from '../testing/factories.js';
import type { EquippedDelivery } from './prepared-delivery.js';
import { SlotsStep } from './slots.step.js';

const clock = { now: () => new Date(), monotonicMs: () => 7_000 };
const dueAt = new Date('2026-11-22T02:01:00.000Z');
const taken = { people: 1, subjects: [] } as unknown as TakenSlots;
const over = (rowNo: number, changes: Partial<RecipientWait> = {}): RecipientWait => ({
  rowNo,
  reason: 'rate_limited',
  dueAt,
  ...changes,
});

function gateWith(answer: SlotAnswer, sibling: number | undefined = 2) {
  const asked: SlotRequest[] = [];
  const splits: Split[] = [];
  const limiter = { take: (request: SlotRequest) => (asked.push(request), Promise.resolve(answer)) };
  const store = { split: (split: Split) => (splits.push(split), Promise.resolve(sibling)) };
  const parts = [limiter as unknown as Limiter, store as unknown as SplitStore] as const;
  return { asked, splits, gate: new SlotsStep(...parts, clock) };
}

function routed(count = 2): EquippedDelivery {
  const recipients = Array.from({ length: count }, (_, index) => makeRecipient(index + 1));
  const prepared = makePrepared(makeClaimed({ recipients }));
  const targets = recipients.map((recipient) => ({
    recipient,
    addressee: { type: 'user' as const, id: recipient.addresseeId.toUpperCase() },
  }));
  return { ...prepared, admitted: recipients, targets, outgoing: prepared.content, media: [] };
}

describe('the slots step', () => {
  it('lets a delivery pass that has a slot, and remembers what it took', async () => {
    const { asked, gate } = gateWith({ taken, over: [] });
    const delivery = routed();
    await expect(gate.run(delivery)).resolves.toEqual({ next: delivery });
    expect(delivery.run.slots).toBe(taken);
    expect(delivery.run.slotsAtMs).toBe(7_000);
    expect(asked).toMatchObject([{ people: 2, recipients: [{ person: 'u1' }, { person: 'u2' }], inLine: false }]);
  });

  it('lets a delivery wait in line for its account', async () => {
    const { gate } = gateWith({ wait: { reason: 'quota', dueAt } });
    const stop = { status: 'scheduled', reason: 'quota', dueAt, inLine: true };
    await expect(gate.run(routed())).resolves.toEqual({ stop });
  });

  it('moves who is over to a sibling with their claims, and lets the others pass', async () => {
    const { gate, splits } = gateWith({ taken, over: [over(1)] });
    const delivery = routed();
    const key = Buffer.from('key');
    delivery.run.claims.push({ key, rowNo: 1, windowSeconds: 1 }, { key, rowNo: 2, windowSeconds: 1 });
    await expect(gate.run(delivery)).resolves.toMatchObject({ next: { targets: [{ recipient: { rowNo: 2 } }] } });
    expect(splits).toMatchObject([{ rowNos: [1], reason: 'rate_limited', dueAt }]);
    expect(delivery.run.claims).toMatchObject([{ rowNo: 2 }]);
  });

  it('sends nothing when the delivery cannot be split any more', async () => {
    const lost = new SlotsStep(
      { take: () => Promise.resolve({ taken, over: [over(1)] }) } as unknown as Limiter,
      { split: () => Promise.resolve(undefined) } as unknown as SplitStore,
      clock,
    );
    await expect(lost.run(routed())).resolves.toMatchObject({ stop: { status: 'accepted', waitMs: 0 } });
  });

  it('lets the whole delivery wait for the first of its people when all are over', async () => {
    const later = new Date(dueAt.getTime() + 1000);
    const { gate, splits } = gateWith({ over: [over(1, { dueAt: later }), over(2)] });
    const stop = { status: 'scheduled', reason: 'rate_limited', dueAt };
    await expect(gate.run(routed())).resolves.toEqual({ stop });
    expect(splits).toEqual([]);
  });

  it('tells who would have to wait for longer than the message lives', async () => {
    const tooLate = new Date('2026-11-24T00:00:00.000Z');
    const { gate } = gateWith({ over: [over(1, { dueAt: tooLate, reason: 'quota' })] });
    const delivery = routed(1);
    await expect(gate.run(delivery)).resolves.toEqual({
      stop: { status: 'suppressed', reason: 'would_be_dropped' },
    });
    expect(delivery.run.settled).toEqual([{ rowNo: 1, status: 'suppressed', reason: 'would_be_dropped' }]);
  });
});
