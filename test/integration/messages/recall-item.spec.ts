import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#libs/database';
import { EventStore, ResolveService, type ClaimedRecallItem, type RecallItemOutcome } from '#libs/messages';
import { CALLER, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from './books.js';
import {
  ambiguousOutcome,
  claimed,
  deliveryOf,
  holdTransaction,
  lapse,
  messageOf,
  recipientsOf,
  sentOutcome,
  startHeart,
  unknownOutcome,
  untilBlocked,
  type Heart,
} from './heart.fixture.js';

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
  await recordMoves(heart);
}, 60_000);

afterEach(async () => {
  await expect(faultsInBooks(heart)).resolves.toEqual([]);
  await expect(faultsInMoves(heart)).resolves.toEqual([]);
});

afterAll(() => heart.stop());

const request = { callerId: CALLER, keyName: 'test' };
const hold = makeTemplate({ onAmbiguous: 'hold' });

const recall = (id: string) => heart.a.recalls.recallMessage(id, request);

async function sent(providerMsgId?: string): Promise<string> {
  const { id } = await heart.accept(['a', 'b']);
  await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id), providerMsgId));
  return id;
}

async function itemOf(recallId: string, messageId: string, no = 1): Promise<ClaimedRecallItem> {
  const item = await heart.b.recallItems.claim(recallId, messageId, no);
  if (!item) throw new TypeError('the item is not to be had');
  return item;
}

const finish = (item: ClaimedRecallItem, outcome: Omit<RecallItemOutcome, 'item' | 'counts'>) =>
  heart.b.recallItems.finish({ item, counts: true, ...outcome });

const recallsOf = (id: string) =>
  heart.query(
    'SELECT recall_status AS status, recall_reason AS reason FROM recipient WHERE message_id = $1 ORDER BY row_no',
    [id],
  );

const itemsOf = (id: string) =>
  heart.query('SELECT status, reason, attempts FROM recall_item WHERE message_id = $1 ORDER BY delivery_no', [id]);

describe('an item of a recall', () => {
  it('knows every id that an attempt was given, and counts those that left none', async () => {
    const { id } = await heart.accept(['a']);
    const late = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.a.sweep.endLapsedLeases(10);
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id), 'second'));
    const { id: recallId } = await recall(id);
    await expect(itemOf(recallId, id)).resolves.toMatchObject({ providerMsgIds: ['second'], untraceable: 1 });
    await heart.a.outcomes.write(sentOutcome(late, 'first'));
    await heart.query('UPDATE recall_item SET lease_until = now() WHERE message_id = $1', [id]);
    const { providerMsgIds, untraceable } = await itemOf(recallId, id);
    expect([...providerMsgIds].sort()).toEqual(['first', 'second']);
    expect(untraceable).toBe(0);
  });

  it('is uncertain from the start when the outcome is unknown and left no id', async () => {
    const { id } = await heart.accept(['a'], { template: hold });
    await heart.a.outcomes.write(unknownOutcome(await claimed(heart.a, id)));
    await expect(recall(id)).resolves.toMatchObject({ status: 'finished', counts: { uncertain: 1 } });
    await expect(recallsOf(id)).resolves.toEqual([{ status: 'uncertain', reason: 'recall_no_provider_id' }]);
    await expect(recipientsOf(heart, id)).resolves.toEqual(['unknown connection_lost']);
  });

  it('is uncertain, not canceled, when the delivery waits for a repetition and may have arrived', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(ambiguousOutcome(await claimed(heart.a, id), 60_000));
    await expect(recall(id)).resolves.toMatchObject({ status: 'finished', counts: { canceled: 0, uncertain: 1 } });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown' });
  });

  it('leaves the message with those who have it for good, and takes it from the others', async () => {
    const id = await sent();
    await heart.query(`UPDATE recipient SET reason = 'waiting_confirmation' WHERE message_id = $1`, [id]);
    const item = await itemOf((await recall(id)).id, id);
    await finish(item, { status: 'failed', reason: 'already_delivered', kept: ['user a'] });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['delivered', 'recalled']);
    await expect(recallsOf(id)).resolves.toEqual([
      { status: 'failed', reason: 'already_delivered' },
      { status: 'recalled', reason: null },
    ]);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'delivered' });
  });

  it('that nobody keeps says no more what it waited for', async () => {
    const id = await sent();
    await heart.query(`UPDATE recipient SET reason = 'waiting_confirmation' WHERE message_id = $1`, [id]);
    await finish(await itemOf((await recall(id)).id, id), { status: 'recalled', kept: [] });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['recalled', 'recalled']);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'recalled' });
  });

  it('is claimed by one process at a time, and again when its lease has ended', async () => {
    const id = await sent();
    const { id: recallId } = await recall(id);
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? heart.a : heart.b).recallItems.claim(recallId, id, 1),
      ),
    );
    const [item] = claims.filter((claim) => claim !== undefined);
    expect(claims.filter(Boolean)).toHaveLength(1);
    await heart.query('UPDATE recall_item SET lease_until = now() WHERE message_id = $1', [id]);
    await expect(itemOf(recallId, id)).resolves.toMatchObject({ fence: 2 });
    // The former holder writes nothing any more.
    if (item) await finish(item, { status: 'failed', reason: 'recall_rejected' });
    await expect(itemsOf(id)).resolves.toMatchObject([{ status: 'running' }]);
  });

  it('waits between its tries, and is published when it is due or lost', async () => {
    const id = await sent();
    const { id: recallId } = await recall(id);
    const due = async () => (await heart.a.recallStore.takeDue(100)).filter(({ messageId }) => messageId === id);
    await expect(due()).resolves.toEqual([
      { recallId, messageId: id, deliveryNo: 1, fence: 0, publishNo: 1, priority: 'high' },
    ]);
    await expect(due()).resolves.toEqual([]);
    const item = await itemOf(recallId, id);
    await finish(item, { status: 'waiting', waitMs: 60_000, reason: 'recall_unconfirmed' });
    await expect(due()).resolves.toEqual([]);
    await expect(itemsOf(id)).resolves.toEqual([{ status: 'waiting', reason: 'recall_unconfirmed', attempts: 1 }]);
    await expect(recallsOf(id)).resolves.toMatchObject([{ status: 'requested' }, { status: 'requested' }]);
    await heart.query('UPDATE recall_item SET publish_at = now() WHERE message_id = $1', [id]);
    await expect(due()).resolves.toMatchObject([{ publishNo: 2, fence: 1 }]);
  });

  it('that was dropped by a dead worker is published once per wait, not in every pass', async () => {
    const id = await sent();
    const { id: recallId } = await recall(id);
    await itemOf(recallId, id);
    await heart.query('UPDATE recall_item SET lease_until = now(), publish_at = now() WHERE message_id = $1', [id]);
    const due = async () => (await heart.a.recallStore.takeDue(100)).filter(({ messageId }) => messageId === id);
    await expect(due()).resolves.toHaveLength(1);
    await expect(due()).resolves.toHaveLength(0);
  });

  it('does not undo what a person has decided meanwhile', async () => {
    const { id } = await heart.accept(['a'], { template: hold });
    const outcome = unknownOutcome(await claimed(heart.a, id));
    await heart.a.outcomes.write({ ...outcome, providerMsgId: 'msg-1' });
    const { id: recallId } = await recall(id);
    const item = await itemOf(recallId, id);
    await heart.a.resolves.resolve({ messageId: id, as: 'failed', actor: 'x', note: 'x' });
    await finish(item, { status: 'recalled' });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'failed' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['failed resolved_by_operator']);
  });

  it('keeps the books also when a person decides at the same moment', async () => {
    const { id } = await heart.accept(['a'], { template: hold });
    const outcome = unknownOutcome(await claimed(heart.a, id));
    await heart.a.outcomes.write({ ...outcome, providerMsgId: 'msg-1' });
    const { id: recallId } = await recall(id);
    const item = await itemOf(recallId, id);
    const held = await holdTransaction(heart.a, (sql) => {
      const inside = { transaction: (work: (own: typeof sql) => Promise<unknown>) => work(sql) } as unknown as Database;
      const resolves = new ResolveService(inside, heart.a.replays, new EventStore(heart.a.database));
      return resolves.resolve({ messageId: id, as: 'sent', actor: 'x', note: 'x' });
    });
    const finished = finish(item, { status: 'recalled' });
    await untilBlocked(heart);
    await held.commit();
    await finished;
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'recalled', n_recalled: 1, n_sent: 0 });
  });
});
