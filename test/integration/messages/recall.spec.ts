import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClaimedRecallItem, type RecallItemOutcome } from '#libs/messages';
import { CALLER, makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from './books.js';
import {
  claimed,
  deliveryOf,
  failedOutcome,
  holdTransaction,
  messageOf,
  recipientsOf,
  retryOutcome,
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
const board = makeTemplate({ routes: [makeRouteDefinition('board')] });
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

describe('the recall of a message', () => {
  it('cancels what waits, and is over at once when that is everything', async () => {
    const { id } = await heart.accept(['a', 'b', 'c', 'd']);
    await expect(recall(id)).resolves.toMatchObject({
      status: 'finished',
      itemCount: 2,
      openItems: 0,
      counts: { canceled: 2, recalled: 0, failed: 0, uncertain: 0 },
      finishedAt: expect.any(Date),
    });
    await expect(recipientsOf(heart, id)).resolves.toEqual(Array(4).fill('canceled canceled_by_recall'));
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'canceled', reason: 'canceled_by_recall' });
    await expect(recallsOf(id)).resolves.toEqual(Array(4).fill({ status: null, reason: null }));
  });

  it('asks the vendor to take back what was sent', async () => {
    const id = await sent('msg-1');
    const { id: recallId, ...asked } = await recall(id);
    expect(asked).toMatchObject({ status: 'running', openItems: 1, counts: { recalled: 0 } });
    await expect(recallsOf(id)).resolves.toEqual(Array(2).fill({ status: 'requested', reason: null }));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'sent',
      recall: { status: 'requested', recallId },
    });

    const item = await itemOf(recallId, id);
    expect(item).toMatchObject({
      deliveryStatus: 'sent',
      providerMsgIds: ['msg-1'],
      untraceable: 0,
      account: 'letter-1',
    });
    await finish(item, { status: 'recalled' });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'recalled', recall: { status: 'recalled' } });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['recalled', 'recalled']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'recalled', n_sent: 0, n_recalled: 2 });
    await expect(heart.a.recallStore.find(recallId)).resolves.toMatchObject({
      status: 'finished',
      openItems: 0,
      counts: { recalled: 1 },
    });
  });

  it('leaves the state alone where it failed, and says why beside it', async () => {
    const id = await sent();
    const { id: recallId } = await recall(id);
    await finish(await itemOf(recallId, id), { status: 'failed', reason: 'recall_rejected' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['sent', 'sent']);
    await expect(recallsOf(id)).resolves.toEqual(Array(2).fill({ status: 'failed', reason: 'recall_rejected' }));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'sent',
      recall: { status: 'failed', reason: 'recall_rejected' },
    });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'sent' });
  });

  it('does everything at once for a message of many fates', async () => {
    const { id } = await heart.accept(Array.from({ length: 12 }, (_, index) => `u${index}`));
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id, 1)));
    await heart.a.outcomes.write(failedOutcome(await claimed(heart.a, id, 2)));
    const inFlight = await claimed(heart.a, id, 3);
    const { id: recallId, ...asked } = await recall(id);
    expect(asked).toMatchObject({ itemCount: 3, openItems: 2, counts: { canceled: 1 } });
    await heart.a.outcomes.write(retryOutcome(inFlight, 60_000));
    await expect(itemOf(recallId, id, 3)).resolves.toMatchObject({ deliveryStatus: 'canceled' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({
      status: 'partial',
      n_sent: 3,
      n_failed: 3,
      n_canceled: 6,
    });
  });

  it('asked for again is the same recall', async () => {
    const id = await sent();
    const first = await recall(id);
    await expect(recall(id)).resolves.toEqual(first);
    const again = await Promise.all(
      [heart.a, heart.b, heart.a, heart.b].map(({ recalls }) => recalls.recallMessage(id, request)),
    );
    expect(new Set(again.map(({ id: recallId }) => recallId))).toEqual(new Set([first.id]));
    await expect(itemsOf(id)).resolves.toHaveLength(1);
  });

  it('asked for many times at once is one recall', async () => {
    const id = await sent();
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? heart.a : heart.b).recalls.recallMessage(id, request),
      ),
    );
    expect(new Set(all.map(({ id: recallId }) => recallId)).size).toBe(1);
  });

  it('keeps what somebody canceled before out of it', async () => {
    const { id } = await heart.accept(['a', 'b', 'c', 'd']);
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id, 1)));
    await heart.a.cancels.cancelWaiting([id], 'canceled_by_caller');
    await expect(recall(id)).resolves.toMatchObject({ itemCount: 1, counts: { canceled: 0 } });
  });
});

describe('a recall is refused, and changes nothing,', () => {
  const refused = async (id: string, code: string): Promise<void> => {
    const before = await messageOf(heart, id);
    await expect(recall(id)).rejects.toMatchObject({ code });
    await expect(messageOf(heart, id)).resolves.toEqual(before);
    await expect(itemsOf(id)).resolves.toEqual([]);
  };

  it('when the channel cannot take back', async () => {
    const { id } = await heart.accept([], { template: board });
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)));
    await refused(id, 'recall_not_supported');
  });

  it("when the vendor's window is over for every part", async () => {
    const id = await sent();
    await heart.query(`UPDATE delivery SET sent_at = now() - interval '25 hours' WHERE message_id = $1`, [id]);
    await refused(id, 'recall_window_closed');
  });

  it('when the account that sent it is gone, also when another took its code', async () => {
    const id = await sent();
    await heart.query(`UPDATE delivery SET account = 'letter-0' WHERE message_id = $1`, [id]);
    await refused(id, 'recall_account_gone');
    await heart.query(`INSERT INTO account (code, name, channel, config) VALUES ('letter-0', 'x', 'letter', '{}')`);
    await refused(id, 'recall_account_gone');
  });

  it('when nothing of it was sent', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(failedOutcome(await claimed(heart.a, id)));
    await refused(id, 'nothing_to_recall');
  });

  it('but not when a part of it can still be canceled', async () => {
    const own = (user: string) => ({ user, params: { name: user } });
    const template = makeTemplate({
      strategy: 'all',
      routes: [makeRouteDefinition('board'), makeRouteDefinition('letter')],
    });
    const { id } = await heart.accept([own('a')], { template });
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id, 1)));
    await expect(recall(id)).resolves.toMatchObject({ status: 'finished', counts: { canceled: 1, failed: 1 } });
    await expect(recallsOf(id)).resolves.toEqual([
      { status: 'failed', reason: 'recall_not_supported' },
      { status: null, reason: null },
    ]);
    await expect(deliveryOf(heart, id, 1)).resolves.toMatchObject({
      recall: { status: 'failed', reason: 'recall_not_supported' },
    });
  });
});

describe('after the recall of a message', () => {
  it('nothing of it is claimed, sent again or resent', async () => {
    const { id } = await heart.accept(['a', 'b', 'c', 'd'], { template: hold });
    await heart.a.outcomes.write(unknownOutcome(await claimed(heart.a, id, 1)));
    await recall(id);
    await expect(heart.a.claims.claim(id, 2)).resolves.toBeUndefined();
    await expect(heart.a.replays.replay({ messageId: id, includeUnknown: true, actor: 'x' })).rejects.toMatchObject({
      code: 'recalled',
    });
    await expect(
      heart.a.resolves.resolve({ messageId: id, as: 'resend', actor: 'x', note: 'x' }),
    ).rejects.toMatchObject({ code: 'recalled' });
  });

  it('a delivery that was claimed at the same moment is stopped as well', async () => {
    const { id } = await heart.accept(['a']);
    const held = await holdTransaction(heart.b, (sql) =>
      sql.query(
        `UPDATE delivery SET status = 'sending', fence = 1, lease_until = now() + interval '15 s' WHERE message_id = $1`,
        [id],
      ),
    );
    const recalled = recall(id);
    await untilBlocked(heart);
    await held.commit();
    await expect(recalled).resolves.toMatchObject({ openItems: 1, counts: { canceled: 0 } });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'sending',
      recall_requested_at: expect.any(Date),
    });
  });

  it('a delivery that went back to waiting at the same moment is canceled', async () => {
    const { id } = await heart.accept(['a']);
    await claimed(heart.a, id);
    const held = await holdTransaction(heart.b, (sql) =>
      sql.query(
        `UPDATE delivery SET status = 'scheduled', reason = 'retry', next_attempt_at = now() WHERE message_id = $1`,
        [id],
      ),
    );
    const recalled = recall(id);
    await untilBlocked(heart);
    await held.commit();
    await expect(recalled).resolves.toMatchObject({ status: 'finished', counts: { canceled: 1 } });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'canceled' });
  });
});
