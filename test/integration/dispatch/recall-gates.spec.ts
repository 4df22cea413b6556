import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, CredentialError, PermanentDeliveryError, RetryableDeliveryError } from '#libs/core';
import type { MessagePlan, Recall } from '#libs/messages';
import { faultsInBooks } from '../messages/books.js';
import { DispatchSystem } from './dispatch.fixture.js';

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start();
}, 60_000);

afterEach(async () => {
  await expect(faultsInBooks(system)).resolves.toEqual([]);
  await system.openGates();
  await system.query(`UPDATE recall_item SET status = 'failed' WHERE status IN ('waiting', 'running')`);
});

afterAll(() => system.stop());

async function sent(): Promise<MessagePlan> {
  const plan = await system.accept(['a']);
  await system.dispatch(plan);
  return plan;
}

const itemOf = async ({ id }: MessagePlan) =>
  (await system.query('SELECT status, reason, attempts FROM recall_item WHERE message_id = $1', [id]))[0];
const dueAgain = (plans: readonly MessagePlan[]) =>
  system.query(`UPDATE recall_item SET publish_at = now() - interval '1 minute' WHERE message_id = ANY ($1::uuid[])`, [
    plans.map(({ id }) => id),
  ]);
const taken = async () => (await system.recalls.takeDue(100)).map(({ messageId }) => messageId);
const setAccount = async (changes: string) => {
  await system.query(`UPDATE account SET ${changes} WHERE code = 'letter-1'`);
  system.forgetAccounts();
};
const accountOf = async () =>
  (
    await system.query(`SELECT status, breaker_opened_at AS opened, breaker_failures AS failures FROM account
     WHERE code = 'letter-1'`)
  )[0];

describe('a recall through an account', () => {
  it('whose credentials are refused waits, and goes on when they are mended', async () => {
    const plan = await sent();
    const recall = await system.recall(plan);
    system.vendor.arrangeRecall(new CredentialError('permission_missing', 'x'));
    await system.dispatchRecall(recall, plan);
    await expect(itemOf(plan)).resolves.toEqual({ status: 'waiting', reason: 'account_paused', attempts: 0 });
    await expect(accountOf()).resolves.toMatchObject({ status: 'active' });
    await setAccount(`status = 'paused', paused_by = 'credentials'`);
    await dueAgain([plan]);
    await expect(taken()).resolves.toEqual([]);
    await system.openGates();
    await expect(taken()).resolves.toEqual([plan.id]);
    await system.dispatchRecall(recall, plan);
    await expect(itemOf(plan)).resolves.toMatchObject({ status: 'recalled' });
  });

  it('behind an open breaker is made by one probe at a time, whose answer closes it', async () => {
    const plans = [await sent(), await sent(), await sent()];
    const recalls: Recall[] = [];
    for (const plan of plans) recalls.push(await system.recall(plan));
    await setAccount(`breaker_opened_at = now(), breaker_until = now() + interval '1 hour', breaker_failures = 5`);
    await expect(taken()).resolves.toEqual([]);
    const dispatch = async (id: string | undefined) => {
      const index = plans.findIndex((plan) => plan.id === id);
      const [recall, plan] = [recalls[index], plans[index]];
      if (!recall || !plan) throw new TypeError('nothing was taken');
      await system.dispatchRecall(recall, plan);
      return itemOf(plan);
    };
    const calls = system.vendor.recalled.length;
    const waits = { status: 'waiting', reason: 'breaker_open', attempts: 0 };
    await expect(dispatch(plans[0]?.id)).resolves.toMatchObject(waits);
    expect(system.vendor.recalled).toHaveLength(calls);
    await setAccount(`breaker_until = now()`);
    await dueAgain(plans);
    const probes = await taken();
    expect(probes).toHaveLength(1);
    await expect(dispatch(probes[0])).resolves.toMatchObject({ status: 'recalled' });
    await expect(accountOf()).resolves.toMatchObject({ opened: null, failures: 0 });
    await expect(taken()).resolves.toHaveLength(2);
  });

  it('that cannot be reached counts for the breaker', async () => {
    const plan = await sent();
    system.vendor.arrangeRecall(new RetryableDeliveryError('connect_failed', 'x', false));
    await system.dispatchRecall(await system.recall(plan), plan);
    await expect(itemOf(plan)).resolves.toMatchObject({ status: 'waiting', attempts: 0 });
    await expect(accountOf()).resolves.toMatchObject({ failures: 1 });
  });

  it('is one of ten at a time, however many wait there', async () => {
    const plans: MessagePlan[] = [];
    for (let index = 0; index < 12; index += 1) plans.push(await sent());
    for (const plan of plans) await system.recall(plan);
    await expect(taken()).resolves.toHaveLength(10);
    await expect(taken()).resolves.toEqual([]);
  });
});

describe('a message that the refusal of its replay has confirmed', () => {
  it('is sent, and its recall claims nothing', async () => {
    const plan = await system.accept(['a'], { onAmbiguous: 'hold' });
    system.vendor.arrange(
      new AmbiguousDeliveryError('connection_lost', 'x'),
      new PermanentDeliveryError('same_content_today', 'x'),
    );
    await system.dispatch(plan);
    await system.replay(plan);
    await system.dispatch(plan, 2);
    await expect(system.fates(plan)).resolves.toEqual(['sent confirmed_by_duplicate']);
    const recall = await system.recall(plan);
    expect(recall.counts).toMatchObject({ failed: 0, recalled: 0 });
    await expect(system.fates(plan)).resolves.toEqual(['sent confirmed_by_duplicate']);
    await expect(system.read(plan)).resolves.toMatchObject({
      deliveries: [{ status: 'unknown' }, { status: 'sent', recall: { status: 'uncertain' } }],
    });
  });
});
