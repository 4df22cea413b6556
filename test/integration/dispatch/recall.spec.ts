import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, PermanentDeliveryError, RateLimitedError } from '#libs/core';
import type { MessagePlan } from '#libs/messages';
import { faultsInBooks, faultsInMoves, recordMoves } from '../messages/books.js';
import { DispatchSystem } from './dispatch.fixture.js';

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start();
  await recordMoves(system);
}, 60_000);

afterEach(async () => {
  system.vendor.onSend = undefined;
  await expect(faultsInBooks(system)).resolves.toEqual([]);
  await expect(faultsInMoves(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

const receipt = (providerMsgId: string) => ({ refused: [], providerCode: '0', providerMsgId });

async function sent(providerMsgId: string): Promise<MessagePlan> {
  const plan = await system.accept(['a']);
  system.vendor.arrange(receipt(providerMsgId));
  await system.dispatch(plan);
  return plan;
}

const itemOf = async ({ id }: MessagePlan) =>
  (await system.query('SELECT status, reason, attempts FROM recall_item WHERE message_id = $1', [id]))[0];

describe('the recall of a sent message', () => {
  it('takes it back at the vendor, and says so everywhere', async () => {
    const plan = await sent('take-me-back');
    const recall = await system.recall(plan);
    await system.dispatchRecall(recall, plan);
    expect(system.vendor.recalled.at(-1)).toBe('take-me-back');
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'recalled',
      counts: { recalled: 1 },
      recall: { id: recall.id },
      deliveries: [{ status: 'recalled', recall: { status: 'recalled' } }],
    });
  });

  it('asked of the vendor by many jobs at once is asked once', async () => {
    const other = await system.addProcess();
    const plan = await sent('only-once');
    const recall = await system.recall(plan);
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => system.dispatchRecall(recall, plan, 1, index % 2 === 0 ? 0 : other)),
    );
    expect(system.vendor.recalled.filter((id) => id === 'only-once')).toHaveLength(1);
  });

  it('that the vendor refuses leaves it sent, with the reason', async () => {
    const plan = await sent('refused');
    system.vendor.arrangeRecall(new PermanentDeliveryError('recall_rejected', 'x'));
    await system.dispatchRecall(await system.recall(plan), plan);
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'sent',
      deliveries: [{ status: 'sent', recall: { status: 'failed', reason: 'recall_rejected' } }],
    });
  });

  it('without an answer is asked again: taking back twice does no harm', async () => {
    const plan = await sent('again');
    const recall = await system.recall(plan);
    system.vendor.arrangeRecall(new AmbiguousDeliveryError('connection_lost', 'x'));
    await system.dispatchRecall(recall, plan);
    await expect(itemOf(plan)).resolves.toEqual({ status: 'waiting', reason: 'recall_unconfirmed', attempts: 1 });
    await system.dispatchRecall(recall, plan);
    await expect(itemOf(plan)).resolves.toMatchObject({ status: 'recalled' });
  });

  it('waits as long as the vendor asks for, at no attempt', async () => {
    const plan = await sent('slowly');
    const recall = await system.recall(plan);
    system.vendor.arrangeRecall(new RateLimitedError('provider_throttled', 'x', 5_000, 'account'));
    await system.dispatchRecall(recall, plan);
    await expect(itemOf(plan)).resolves.toEqual({ status: 'waiting', reason: null, attempts: 0 });
    await system.openGates();
  });

  it('by an attempt that left no id is uncertain, though the other one was taken back', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(new AmbiguousDeliveryError('connection_lost', 'x'), receipt('second'));
    await system.dispatch(plan);
    await system.skipWait(plan);
    await system.dispatch(plan);
    await system.dispatchRecall(await system.recall(plan), plan);
    expect(system.vendor.recalled.at(-1)).toBe('second');
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'sent',
      deliveries: [{ recall: { status: 'uncertain' } }],
    });
  });
});

describe('the recall of a message that is being sent', () => {
  it('waits for the answer, then takes it back', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(receipt('in-flight'));
    let recallId = '';
    system.vendor.onSend = async () => {
      const recall = await system.recall(plan);
      recallId = recall.id;
      await system.dispatchRecall(recall, plan);
      await expect(itemOf(plan)).resolves.toMatchObject({ status: 'waiting' });
    };
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
    await system.dispatchRecall({ id: recallId }, plan);
    await expect(system.fates(plan)).resolves.toEqual(['recalled']);
  });

  it('ends it when the vendor did not take it: it is not tried again', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(new RateLimitedError('provider_throttled', 'x', 10, 'channel'));
    system.vendor.onSend = async () => void (await system.recall(plan));
    await system.dispatch(plan);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'canceled', reason: 'canceled_by_recall' });
  });

  it('a hundred times at the same moment never leaves a message both recalled and visible', async () => {
    const processes = [0, await system.addProcess()];
    const before = system.vendor.sent.length;
    const plans: MessagePlan[] = [];
    for (let wave = 0; wave < 5; wave += 1) {
      const own = await Promise.all(Array.from({ length: 20 }, () => system.accept(['a'])));
      await Promise.all(
        own.map(async (plan, index) => {
          const sending = system.dispatch(plan, 1, processes[index % 2]);
          const [recall] = await Promise.all([system.recall(plan), sending]);
          await system.dispatchRecall(recall, plan);
        }),
      );
      plans.push(...own);
    }

    const shown = system.vendor.sent.slice(before).map(({ deliveryId }) => deliveryId.slice(0, 36));
    expect(new Set(shown).size).toBe(shown.length);
    for (const plan of plans) {
      const { status } = await system.read(plan);
      expect([plan.id, status]).toEqual([plan.id, shown.includes(plan.id) ? 'recalled' : 'canceled']);
    }
  }, 60_000);
});
