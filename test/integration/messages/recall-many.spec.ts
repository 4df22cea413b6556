import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/core';
import { CALLER, makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { RecallScanStore } from '../../../libs/messages/recall/recall-scan.store.js';
import { faultsInBooks, faultsInMoves, recordMoves } from './books.js';
import {
  ambiguousOutcome,
  claimed,
  deliveryOf,
  failedOutcome,
  messageOf,
  sentOutcome,
  startHeart,
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

const recall = (id: string) => heart.a.recalls.recallMessage(id, request);

async function sent(providerMsgId?: string): Promise<string> {
  const { id } = await heart.accept(['a', 'b']);
  await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id), providerMsgId));
  return id;
}

describe('a recall of many messages', () => {
  it('has one id, and says of each part what came of it', async () => {
    const waiting = await heart.accept(['a']);
    const delivered = await sent();
    const failed = await heart.accept(['a']);
    await heart.a.outcomes.write(failedOutcome(await claimed(heart.a, failed.id)));
    const messageIds = [waiting.id, delivered, failed.id];
    const { id, ...rest } = await heart.a.rangeRecalls.startNamed(messageIds, {
      ...request,
      selector: { messageIds },
      note: 'why',
    });
    expect(rest).toMatchObject({ itemCount: 2, openItems: 1, counts: { canceled: 1 }, note: 'why' });
    await expect(heart.a.recallStore.list({ callerId: CALLER, limit: 1 })).resolves.toMatchObject([{ id }]);
  });

  it('leaves alone what another recall has already', async () => {
    const id = await sent();
    const first = await recall(id);
    const second = await heart.a.rangeRecalls.startNamed([id], { ...request, selector: { messageIds: [id] } });
    expect(second).toMatchObject({ status: 'finished', itemCount: 0 });
    expect(second.id).not.toBe(first.id);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ recall_id: first.id });
  });

  it('is found and audited in the transaction in which it begins', async () => {
    const { id } = await heart.accept(['a']);
    const alongside = () => Promise.reject(new TypeError('no line'));
    const attempt = heart.a.rangeRecalls.startNamed([id], { ...request, selector: { messageIds: [id] }, alongside });
    await expect(attempt).rejects.toThrow('no line');
    await expect(heart.a.recalls.recallMessage(id, { ...request, alongside })).rejects.toThrow('no line');
    await expect(messageOf(heart, id)).resolves.toMatchObject({ recall_id: null });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'accepted' });
  });

  it('takes messages that are too large for one transaction one after the other', async () => {
    const plans = await Promise.all(Array.from({ length: 3 }, () => heart.accept(['a'])));
    const messageIds = plans.map(({ id }) => id);
    await heart.query('UPDATE message SET row_count = 15000 WHERE id = ANY ($1)', [messageIds]);
    const scans = new RecallScanStore(heart.a.database);
    const page = await scans.page({ messageIds }, 500, heart.a.database);
    expect(page).toEqual({ ids: [messageIds.sort().at(-1)], isLast: false });
    const done = await heart.a.rangeRecalls.startNamed(messageIds, { ...request, selector: { messageIds } });
    expect(done).toMatchObject({ status: 'finished', isSelecting: false, messageCount: 3, counts: { canceled: 3 } });
    await heart.query('UPDATE message SET row_count = 1 WHERE id = ANY ($1)', [messageIds]);
  });

  it('goes on where it stood, in any process, when the first one did not come to its end', async () => {
    const plans = await Promise.all(Array.from({ length: 3 }, () => heart.accept(['a'])));
    const messageIds = plans.map(({ id }) => id);
    const id = newId();
    await heart.a.database.transaction(async (sql) => {
      await heart.a.recallStore.create({ ...request, id, selector: { messageIds } }, sql);
      await new RecallScanStore(heart.a.database).beginNamed(id, messageIds, sql);
    });
    await expect(heart.a.recallStore.get(id)).resolves.toMatchObject({ status: 'running', isSelecting: true });
    while (await heart.b.rangeRecalls.advance());
    await expect(heart.a.recallStore.get(id)).resolves.toMatchObject({ status: 'finished', counts: { canceled: 3 } });
  });

  it('of nothing is over at once', async () => {
    await expect(
      heart.a.rangeRecalls.startNamed([newId()], { ...request, selector: { messageIds: [] } }),
    ).resolves.toMatchObject({ status: 'finished', itemCount: 0 });
  });

  it('can be looked at beforehand without touching anything', async () => {
    const waiting = await heart.accept(['a']);
    const delivered = await sent();
    const onBoard = await heart.accept([], { template: board });
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, onBoard.id)));
    const unclear = await heart.accept(['a']);
    await heart.a.outcomes.write(ambiguousOutcome(await claimed(heart.a, unclear.id)));
    const ids = [waiting.id, delivered, onBoard.id, unclear.id];
    await expect(heart.a.rangeRecalls.previewNamed(ids)).resolves.toEqual({
      messages: 4,
      examined: 4,
      counts: { canceled: 1, recallable: 1, failed: 1, uncertain: 1 },
      reasons: { recall_not_supported: 1, recall_no_provider_id: 1 },
    });
    await expect(deliveryOf(heart, waiting.id)).resolves.toMatchObject({ status: 'accepted' });
  });
});
