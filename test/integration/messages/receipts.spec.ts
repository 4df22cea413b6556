import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#libs/core';
import {
  TimelineReader,
  MessageReader,
  ProviderWords,
  RecipientReader,
  type ClaimedPoll,
  type RecipientReceipt,
} from '#libs/messages';
import { makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { testChannels } from '../../../libs/messages/testing/test-channels.js';
import {
  ambiguousOutcome,
  askedOutcome,
  claimed,
  deliveryOf,
  messageOf,
  outcomeOf,
  recipientsOf,
  responseCodes,
  sentOutcome,
  startHeart,
  type Heart,
  type Process,
} from './heart.fixture.js';

const words = new ProviderWords(testChannels());
const PASS = { channels: ['note'], perAccount: 10, total: 10 };
const again = { waitMs: 0, counts: true };

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
}, 60_000);

afterAll(() => heart.stop());

beforeEach(async () => {
  await heart.query('TRUNCATE receipt_poll');
  await heart.query(
    `UPDATE account SET status = 'active', blocked_until = NULL, breaker_opened_at = NULL, breaker_until = NULL`,
  );
});

const noteTemplate = makeTemplate({ routes: [makeRouteDefinition('note')] });

/** Stores a message and sends its first delivery; the vendor may be asked about it at once. */
async function sent(recipients: readonly JsonValue[] = ['a', 'b']): Promise<string> {
  const { id } = await heart.accept(recipients, { template: noteTemplate });
  await heart.a.outcomes.write(askedOutcome(await claimed(heart.a, id)));
  return id;
}

async function take(process: Process = heart.a): Promise<ClaimedPoll> {
  const [poll, ...others] = await process.receipts.takeDue(PASS);
  if (!poll || others.length > 0) throw new TypeError('not exactly one question is due');
  return poll;
}

const tell = (poll: ClaimedPoll, ...recipients: RecipientReceipt[]): Promise<boolean> =>
  heart.a.receipts.finish({ poll, recipients, again });

const polls = (): Promise<object[]> => heart.query('SELECT * FROM receipt_poll');

const read = (rowNo: number): RecipientReceipt => ({ rowNo, status: 'read' });
const delivered = (rowNo: number): RecipientReceipt => ({ rowNo, status: 'delivered' });
const failed = (rowNo: number): RecipientReceipt => ({
  rowNo,
  status: 'failed',
  reason: 'person_daily_limit',
  providerCode: '143105',
});

describe('a sent delivery', () => {
  it('is asked about where the channel tells receipts, and nowhere else', async () => {
    const { id } = await heart.accept(['a'], { template: noteTemplate });
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)));
    await expect(polls()).resolves.toEqual([]);
    const asked = await sent();
    await expect(polls()).resolves.toMatchObject([{ message_id: asked, delivery_no: 1, account: 'note-1', tries: 0 }]);
  });

  it('is asked about when the answer that it was sent came late', async () => {
    const { id } = await heart.accept(['a'], { template: noteTemplate });
    const late = await claimed(heart.a, id);
    await heart.query(`UPDATE delivery SET lease_until = now() - interval '1 s' WHERE message_id = $1`, [id]);
    await heart.a.sweep.endLapsedLeases(10);
    await heart.a.outcomes.write(askedOutcome(late));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent', reason: 'late_answer' });
    await expect(polls()).resolves.toMatchObject([{ message_id: id }]);
  });

  it('is held by one process at a time, and by the next one when that dies', async () => {
    await sent();
    const first = await take();
    await expect(heart.b.receipts.takeDue(PASS)).resolves.toEqual([]);
    await heart.query(`UPDATE receipt_poll SET due_at = now()`);
    const second = await take(heart.b);
    expect(second.fence).toBe(first.fence + 1);
    await expect(tell(first, read(1))).resolves.toBe(false);
    await expect(tell(second, read(1))).resolves.toBe(true);
  });

  it('is not asked about behind a closed gate', async () => {
    await sent();
    await heart.query(`UPDATE account SET status = 'paused'`);
    await expect(heart.a.receipts.takeDue(PASS)).resolves.toEqual([]);
    await heart.query(`UPDATE account SET status = 'active', blocked_until = now() + interval '1 minute'`);
    await expect(heart.a.receipts.takeDue(PASS)).resolves.toEqual([]);
  });

  it('is asked about by one at a time behind an open breaker', async () => {
    for (let count = 0; count < 3; count += 1) await sent();
    const open = (until: string) =>
      heart.query(`UPDATE account SET blocked_until = NULL, breaker_opened_at = now(), breaker_until = ${until}`);
    await open(`now() + interval '1 minute'`);
    await expect(heart.a.receipts.takeDue(PASS)).resolves.toEqual([]);
    await open('now()');
    await expect(heart.a.receipts.takeDue(PASS)).resolves.toHaveLength(1);
  });

  it('leaves room for other accounts', async () => {
    for (let count = 0; count < 3; count += 1) await sent();
    await expect(heart.a.receipts.takeDue({ ...PASS, perAccount: 2 })).resolves.toHaveLength(2);
  });

  it('comes with the ids that the vendor knows and with what is known already', async () => {
    const id = await sent([{ dingtalk: 'a' }, 'b']);
    await heart.query(`UPDATE recipient SET provider_user_id = 'B-1' WHERE message_id = $1 AND row_no = 2`, [id]);
    const poll = await take();
    expect(poll).toMatchObject({ messageId: id, channel: 'note', tries: 0, sent: { providerMsgId: 'id-1' } });
    expect(poll.recipients).toEqual([
      { rowNo: 1, type: 'native', id: 'a', status: 'sent' },
      { rowNo: 2, type: 'user', id: 'B-1', status: 'sent' },
    ]);
  });

  it('has nothing left to ask about when its window is closed', async () => {
    const { id } = await heart.accept(['a'], { template: noteTemplate });
    await heart.a.outcomes.write(askedOutcome(await claimed(heart.a, id), 0));
    expect((await take()).sent).toBeUndefined();
    await heart.a.receipts.purge();
    await expect(polls()).resolves.toEqual([]);
  });
});

describe('a receipt', () => {
  it('moves recipients from delivered to read, with the times, and the message with them', async () => {
    const id = await sent();
    await tell(await take(), delivered(1), delivered(2));
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'delivered', n_delivered: 2, n_sent: 0 });
    await tell(await take(), read(1));
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'delivered', n_delivered: 1, n_read: 1 });
    await tell(await take(), read(2));
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'read', n_read: 2, reason: null });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent' });
    const views = await new RecipientReader(heart.a.database, words).list(id, { limit: 10 }, 'en');
    for (const { view } of views) {
      expect(view).toMatchObject({ status: 'read', deliveredAt: expect.any(String), readAt: expect.any(String) });
    }
  });

  it('tells the timeline only what is new', async () => {
    const id = await sent();
    await tell(await take(), delivered(1), failed(2));
    await tell(await take(), delivered(1));
    await heart.a.receipts.finish({ poll: await take(), recipients: [], unavailable: 'result_unavailable' });
    const row = await new MessageReader(heart.a.database, words, responseCodes).getRow(id, {});
    const timeline = (language: 'zh' | 'en') => new TimelineReader(heart.a.database, words).read(row, { language });
    const receiptsIn = async (language: 'zh' | 'en'): Promise<string[]> =>
      (await timeline(language)).filter(({ event }) => event === 'receipt').map(({ text }) => text);
    await expect(receiptsIn('en')).resolves.toEqual([
      'Receipt: 1 delivered, 1 not delivered',
      'Receipt: Result out of reach',
    ]);
    await expect(receiptsIn('zh')).resolves.toEqual(['平台回执：送达 1 位，未送达 1 位', '平台回执：结果查不到']);
    await expect(polls()).resolves.toEqual([]);
  });

  it('makes a delivery partial that missed some, and failed when everybody was missed', async () => {
    const id = await sent();
    await tell(await take(), failed(1));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'partial' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'partial', reason: 'person_daily_limit' });
    await tell(await take(), failed(2));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'failed', reason: 'person_daily_limit' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'failed', n_failed: 2, n_sent: 0 });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['failed person_daily_limit', 'failed person_daily_limit']);
  });

  it('never takes anybody back who was reached', async () => {
    const id = await sent();
    await tell(await take(), read(1), delivered(2));
    await tell(await take(), failed(1), { rowNo: 2, status: 'invalid', reason: 'recipient_unknown' }, delivered(1));
    await expect(recipientsOf(heart, id)).resolves.toEqual(['read', 'delivered']);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent' });
  });

  it('changes nothing of a message that was recalled in between', async () => {
    const id = await sent();
    const poll = await take();
    await heart.b.recalls.recallMessage(id, { callerId: id, keyName: 'test' });
    const [item] = await heart.query<{ recall_id: string }>('SELECT recall_id FROM recall_item WHERE message_id = $1', [
      id,
    ]);
    const held = await heart.b.recallItems.claim(item?.recall_id ?? '', id, 1);
    if (!held) throw new TypeError('the recall is not to be had');
    await heart.b.recallItems.finish({ item: held, status: 'recalled', counts: true });
    await tell(poll, read(1), failed(2));
    await expect(recipientsOf(heart, id)).resolves.toEqual(['recalled', 'recalled']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'recalled', n_recalled: 2 });
    expect((await take()).sent).toBeUndefined();
  });

  it('lets those be sent to again whom it missed, and goes on for the others', async () => {
    const id = await sent();
    await tell(await take(), failed(1));
    await heart.a.replays.replay({ messageId: id, includeUnknown: false, actor: 'test' });
    const poll = await take();
    expect(poll).toMatchObject({ no: 1, recipients: [{ rowNo: 2 }] });
    await tell(poll, failed(1), read(2));
    await expect(recipientsOf(heart, id)).resolves.toEqual(['pending', 'read']);
    await heart.a.outcomes.write(askedOutcome(await claimed(heart.a, id, 2)));
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'sent', n_sent: 1, n_read: 1 });
    await expect(polls()).resolves.toHaveLength(2);
  });

  it('that says "seen before" confirms an attempt of unclear outcome', async () => {
    const { id } = await heart.accept(['a', 'b'], { template: noteTemplate });
    const unclear = ambiguousOutcome(await claimed(heart.a, id));
    await heart.a.outcomes.write({ ...unclear, attempt: { ...unclear.attempt, addressees: ['a'] } as never });
    await heart.a.outcomes.write(askedOutcome(await claimed(heart.a, id)));
    const repeated = (rowNo: number, repeatedFor: string): RecipientReceipt => ({
      rowNo,
      status: 'failed',
      reason: 'same_content_today',
      repeatedFor,
    });
    await tell(await take(), repeated(1, 'a'), repeated(2, 'b'));
    await expect(recipientsOf(heart, id)).resolves.toEqual([
      'sent confirmed_by_duplicate',
      'failed same_content_today',
    ]);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'partial' });
  });

  it('of somebody who was left out at once counts with those it misses', async () => {
    const { id } = await heart.accept(['a', 'b'], { template: noteTemplate });
    const delivery = await claimed(heart.a, id);
    const exceptions = [{ rowNo: 1, status: 'invalid', reason: 'recipient_unknown' }] as const;
    await heart.a.outcomes.write(outcomeOf(delivery, { ...askedOutcome(delivery), status: 'partial', exceptions }));
    await tell(await take(), { rowNo: 2, status: 'invalid', reason: 'recipient_unknown' });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'failed', reason: 'all_invalid' });
  });
});
