import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lowestIdAt, type JsonObject } from '#libs/core';
import { createPartitions, listMonths } from '#libs/database';
import { ContentPurgeStore, MonthDropStore, type MessagePlan } from '#libs/messages';
import { CALLER, makePlan, makeRequest } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks } from './books.js';
import { claimed, messageOf, sentOutcome, startHeart, type Heart } from './heart.fixture.js';

let heart: Heart;
let contents: ContentPurgeStore;
let months: MonthDropStore;

const MAY = new Date('2025-05-15T12:00:00.000Z');
const JUNE = new Date('2025-06-15T12:00:00.000Z');
const JULY_BEGINS = new Date('2025-07-01T00:00:00.000Z');

beforeAll(async () => {
  heart = await startHeart();
  await heart.query(`UPDATE account SET created_at = '2025-01-01'`);
  await createPartitions((sql) => heart.query(sql), JUNE);
  contents = new ContentPurgeStore(heart.a.database);
  months = new MonthDropStore(heart.a.database);
}, 60_000);

beforeEach(async () => {
  // Messages are made in months that are over.
  await heart.query('DELETE FROM content_purge');
});

afterEach(async () => {
  await expect(faultsInBooks(heart)).resolves.toEqual([]);
});

afterAll(() => heart.stop());

let last = 0;
/** Ids are minted in order of time; here they go back to it. */
const idAt = (instant: Date): string => lowestIdAt(instant).slice(0, -12) + String((last += 1)).padStart(12, '0');

/** Accepted at the given time; open. */
async function accepted(now: Date): Promise<MessagePlan> {
  const params = { secret: 'the code is 4711' };
  const request = makeRequest(['a'], { params, metadata: { system: 'erp' }, expireAt: new Date(Date.now() + 60_000) });
  const plan = { ...(await makePlan(request, { now })), id: idAt(now) };
  await heart.a.accept.insert([{ plan, published: false }]);
  return plan;
}

/** Sent at the given time, with what the vendor was sent and answered. */
async function sent(now: Date): Promise<MessagePlan> {
  const plan = await accepted(now);
  const outcome = sentOutcome(await claimed(heart.a, plan.id), 'msg-1');
  const exchange = { request: 'the code is 4711' };
  await heart.a.outcomes.write({ ...outcome, ...(outcome.attempt && { attempt: { ...outcome.attempt, exchange } }) });
  return plan;
}

const exchangesOf = async (id: string): Promise<(JsonObject | null)[]> =>
  (await heart.query<{ exchange: JsonObject | null }>('SELECT exchange FROM attempt WHERE message_id = $1', [id])).map(
    ({ exchange }) => exchange,
  );

async function purge(before: Date): Promise<void> {
  while ((await contents.purgePage(before)) > 0);
}

const monthNames = async (): Promise<string[]> => (await listMonths(heart.a.database)).map(({ name }) => name);

const month = async (name: string) => {
  const found = (await listMonths(heart.a.database)).find((candidate) => candidate.name === name);
  if (!found) throw new TypeError(`There is no month ${name}`);
  return found;
};

describe('the purge of content', () => {
  it('removes what was written and answered, and leaves the record of who got it', async () => {
    const { id } = await sent(MAY);
    await purge(JUNE);
    await expect(messageOf(heart, id)).resolves.toMatchObject({
      status: 'sent',
      params: {},
      metadata: null,
      content_purged_at: expect.any(Date),
    });
    await expect(exchangesOf(id)).resolves.toEqual([null]);
    await expect(heart.query('SELECT ref, status FROM recipient WHERE message_id = $1', [id])).resolves.toEqual([
      { ref: 'user:a', status: 'sent' },
    ]);
  });

  it('spares what is younger and what is open', async () => {
    const young = await sent(JUNE);
    const open = await accepted(MAY);
    await purge(JUNE);
    for (const { id } of [young, open]) {
      await expect(messageOf(heart, id)).resolves.toMatchObject({
        params: { secret: 'the code is 4711' },
        content_purged_at: null,
      });
    }
    await heart.a.cancels.cancelWaiting([open.id], 'canceled_by_caller');
  });

  it('comes back for what was open when it passed', async () => {
    const open = await accepted(MAY);
    await purge(JULY_BEGINS);
    await heart.a.cancels.cancelWaiting([open.id], 'canceled_by_caller');
    await purge(JULY_BEGINS);
    await expect(messageOf(heart, open.id)).resolves.toMatchObject({ content_purged_at: null });
    await heart.query(`UPDATE content_purge SET again_at = now() WHERE again_at < 'infinity'`);
    await purge(JULY_BEGINS);
    await expect(messageOf(heart, open.id)).resolves.toMatchObject({ content_purged_at: expect.any(Date) });
  });

  it('takes few large messages at a time, however many small ones fit into a page', async () => {
    const ids = [(await sent(MAY)).id, (await sent(MAY)).id, (await sent(MAY)).id];
    await heart.query('UPDATE message SET row_count = 15000 WHERE id = ANY ($1)', [ids]);
    const purged = async (): Promise<number> => {
      const rows = await heart.query('SELECT FROM message WHERE id = ANY ($1) AND content_purged_at IS NOT NULL', [
        ids,
      ]);
      return rows.length;
    };
    await contents.purgePage(JULY_BEGINS);
    await expect(purged()).resolves.toBe(2);
    await contents.purgePage(JULY_BEGINS);
    await expect(purged()).resolves.toBe(3);
    await heart.query('UPDATE message SET row_count = 1 WHERE id = ANY ($1)', [ids]);
  });

  it('takes along what a recall was to send afterwards, once it is over', async () => {
    const correction = JSON.stringify({ template: 'sorry', params: { secret: '4711' }, mayBroadcast: false });
    const [young, open, over] = [lowestIdAt(JUNE), lowestIdAt(MAY), idAt(MAY)];
    await heart.query(
      `INSERT INTO recall (id, caller_id, key_name, selector, status, correction)
       SELECT id, $2, 'test', '{}', status, $3 FROM unnest($1::uuid[], $4::text[]) r (id, status)`,
      [[young, open, over], CALLER, correction, ['finished', 'running', 'finished']],
    );
    await expect(contents.purgeCorrections(JUNE)).resolves.toBe(1);
    await expect(contents.purgeCorrections(JUNE)).resolves.toBe(0);
    await expect(heart.query('SELECT correction FROM recall WHERE id = $1', [over])).resolves.toEqual([
      { correction: { template: 'sorry', params: {}, mayBroadcast: false } },
    ]);
    await heart.query('DELETE FROM recall WHERE id = ANY ($1)', [[young, open, over]]);
  });

  it('leaves nothing that could be sent again', async () => {
    const { id } = await accepted(MAY);
    await heart.a.cancels.cancelWaiting([id], 'canceled_by_caller');
    await purge(JULY_BEGINS);
    const request = { messageId: id, includeUnknown: false, actor: 'test' };
    await expect(heart.a.replays.replay(request)).rejects.toMatchObject({ code: 'not_replayable' });
  });
});

describe('the end of a month', () => {
  it('waits until nothing in it is open', async () => {
    const open = await accepted(JUNE);
    await expect(months.drop(await month('2025_06'))).resolves.toBe('open');
    await heart.a.cancels.cancelWaiting([open.id], 'canceled_by_caller');
    await expect(months.drop(await month('2025_06'))).resolves.toBe('dropped');
    await expect(monthNames()).resolves.not.toContain('2025_06');
    await expect(messageOf(heart, open.id)).rejects.toThrow('no such message');
  });

  it('takes along what is kept about its messages elsewhere', async () => {
    const { id } = await sent(MAY);
    const recall = await heart.a.rangeRecalls.startNamed([id], {
      callerId: CALLER,
      keyName: 'test',
      selector: { messageIds: [id] },
    });
    await expect(months.drop(await month('2025_05'))).resolves.toBe('open');
    const item = await heart.a.recallItems.claim(recall.id, id, 1);
    if (!item) throw new TypeError('the item is not to be had');
    await heart.a.recallItems.finish({ item, status: 'recalled', counts: true });
    await expect(months.drop(await month('2025_05'))).resolves.toBe('dropped');
    await expect(heart.query('SELECT FROM recall_item WHERE message_id = $1', [id])).resolves.toEqual([]);
  });

  it('takes its lock only when what other tables hold is gone', async () => {
    await createPartitions((sql) => heart.query(sql), MAY);
    const { id } = await sent(MAY);
    const recall = idAt(MAY);
    await heart.query(
      `INSERT INTO recall (id, caller_id, key_name, selector, status) VALUES ($1, $2, 'test', '{}', 'finished')`,
      [recall, CALLER],
    );
    await heart.query(
      `INSERT INTO recall_item (recall_id, message_id, delivery_no, status)
       SELECT $2, $1, no, 'failed' FROM generate_series(1, 12000) no`,
      [id, recall],
    );
    const holder = heart.b.database.transaction(async (sql) => {
      await sql.query('LOCK TABLE message_2025_05 IN ACCESS SHARE MODE');
      await expect(months.drop(await month('2025_05'))).resolves.toBe('busy');
      await expect(heart.query('SELECT FROM recall_item WHERE message_id = $1', [id])).resolves.toEqual([]);
    });
    await holder;
    await expect(months.drop(await month('2025_05'))).resolves.toBe('dropped');
    await expect(heart.query('SELECT FROM recall WHERE id = $1', [recall])).resolves.toEqual([]);
  });

  it('is none of the months that still count', async () => {
    const expired = await months.listExpired(JULY_BEGINS);
    expect(expired.every(({ endsAt }) => endsAt <= JULY_BEGINS)).toBe(true);
    await expect(months.listExpired(new Date('2020-01-01T00:00:00.000Z'))).resolves.toEqual([]);
  });
});
