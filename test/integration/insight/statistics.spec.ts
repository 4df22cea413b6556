import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#libs/core';
import { ReasonsReader, RecountStore, SeriesReader, StatsReader, type StatFilter } from '#libs/insight';
import { ProviderWords, type ClaimedDelivery } from '#libs/messages';
import { testConfig } from '#libs/testing';
import { CALLER, makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { testChannels } from '../../../libs/messages/testing/test-channels.js';
import { claimed, failedOutcome, outcomeOf, sentOutcome, startHeart, type Heart } from '../messages/heart.fixture.js';
import { faultsInFigures, foldStore, recount } from './figures.js';

const TABLES = ['message', 'delivery', 'recipient', 'attempt', 'event', 'recall', 'recall_item', 'receipt_poll'];
const STATS = ['stat_delta', 'stat_minute', 'stat_hour', 'stat_day', 'stat_recount'];
const DAY_MS = 86_400_000;

const config = testConfig();
let heart: Heart;
let stats: StatsReader;
let series: SeriesReader;
let reasons: ReasonsReader;

beforeAll(async () => {
  heart = await startHeart();
  const { database } = heart.a;
  stats = new StatsReader(database, config, systemClock);
  series = new SeriesReader(database, stats);
  reasons = new ReasonsReader(database, stats, new ProviderWords(testChannels()));
  await heart.query(`INSERT INTO caller (id, code, name) VALUES ($1, 'shop', 'Shop')`, [CALLER]);
}, 60_000);

afterEach(() => heart.query(`TRUNCATE ${[...TABLES, ...STATS].join(', ')}`));
afterAll(() => heart.stop());

const lately = (changes: Partial<StatFilter> = {}): StatFilter => ({
  createdAfter: new Date(Date.now() - 3_600_000),
  createdBefore: new Date(Date.now() + 60_000),
  ...changes,
});

const note = makeTemplate({ routes: [makeRouteDefinition('note')] }, 'noted');

async function finish(id: string, end: (delivery: ClaimedDelivery) => ReturnType<typeof sentOutcome>): Promise<void> {
  await heart.a.outcomes.write(end(await claimed(heart.a, id)));
}

/** Three sent on one channel, one refused and one waiting on another. */
async function fiveRecipients(): Promise<void> {
  const [sent, failed] = [await heart.accept(['a', 'b', 'c']), await heart.accept(['d'], { template: note })];
  await heart.accept(['e'], { template: note });
  await finish(sent.id, sentOutcome);
  await finish(failed.id, failedOutcome);
}

describe('figures', () => {
  it('are there as soon as the rows are, folded or not', async () => {
    await fiveRecipients();
    const before = await stats.summarize(lately());
    expect(before).toMatchObject({
      messages: 3,
      recipients: 5,
      counts: { in_flight: 1, sent: 3, failed: 1, delivered: 0 },
      successRate: 0.75,
      latency: { count: 3, p50Ms: expect.any(Number) },
      throttledMs: 0,
    });
    await foldStore(heart.a.database).fold();
    await expect(heart.query('SELECT FROM stat_delta')).resolves.toEqual([]);
    await expect(stats.summarize(lately())).resolves.toMatchObject({ counts: before.counts, latency: before.latency });
  });

  it('are told by channel, template, account and caller, and narrowed to some of them', async () => {
    await fiveRecipients();
    const byTemplate = await stats.summarize(lately(), 'template');
    expect(byTemplate.groups?.map(({ key, recipients }) => [key, recipients])).toEqual([
      ['test', 3],
      ['noted', 2],
    ]);
    const byCaller = await stats.summarize(lately(), 'caller');
    expect(byCaller.groups).toMatchObject([{ key: 'shop', messages: 3, recipients: 5 }]);
    await expect(stats.summarize(lately({ account: ['note-1'] }))).resolves.toMatchObject({ recipients: 2 });
    await expect(stats.summarize(lately({ channel: ['letter'], template: ['noted'] }))).resolves.toMatchObject({
      recipients: 0,
      successRate: null,
      latency: { count: 0, p99Ms: null },
    });
    const stranger = lately({ ownerId: '0197c2f4-7a00-7000-8000-000000000001', caller: ['shop'] });
    await expect(stats.summarize(stranger)).resolves.toMatchObject({ messages: 0, recipients: 0 });
  });

  it('tell the time in line for a slot, and from a planned time on only', async () => {
    const plan = await heart.accept(['a', 'b'], { sendAt: new Date(Date.now() + 60_000) });
    await heart.query(
      `UPDATE message SET created_at = now() - interval '1 h', send_at = now() - interval '10 s' WHERE id = $1`,
      [plan.id],
    );
    await heart.query(
      `UPDATE delivery SET status = 'accepted', next_attempt_at = NULL, line_at = now() - interval '4 s'
       WHERE message_id = $1`,
      [plan.id],
    );
    await finish(plan.id, sentOutcome);
    const { latency, throttledMs } = await stats.summarize(lately());
    expect(throttledMs).toBeGreaterThanOrEqual(8_000);
    expect(throttledMs).toBeLessThan(12_000);
    expect(latency.p50Ms).toBeGreaterThan(9_500);
    expect(latency.p50Ms).toBeLessThan(13_000);
    await expect(recount(heart.a.database)).resolves.toEqual([]);
  });

  it('move with a delivery that goes over to another account', async () => {
    const { id } = await heart.accept(['a', 'b']);
    await heart.query(`UPDATE delivery SET account = 'letter-2' WHERE message_id = $1`, [id]);
    await expect(stats.summarize(lately({ account: ['letter-2'] }))).resolves.toMatchObject({
      messages: 1,
      recipients: 2,
    });
    await finish(id, sentOutcome);
    await heart.query(`UPDATE delivery SET account = 'letter-3' WHERE message_id = $1`, [id]);
    const moved = await stats.summarize(lately({ account: ['letter-3'] }));
    expect(moved).toMatchObject({ messages: 1, counts: { sent: 2 }, latency: { count: 2 } });
    await expect(faultsInFigures(heart)).resolves.toEqual([]);
    await expect(recount(heart.a.database)).resolves.toEqual([]);
  });
});

describe('figures over time', () => {
  const figure = (at: string, n: number, label = 'sent', measure = 'recipients'): Promise<object[]> =>
    heart.query(`INSERT INTO stat_delta VALUES ($1, $2, $3, 'test', 'letter', 'letter-1', $4, '', $5)`, [
      measure,
      at,
      CALLER,
      label,
      n,
    ]);

  it('are told by days that end at the midnight of a time zone', async () => {
    const day = (daysAgo: number, time: string): string =>
      `${new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10)}T${time}Z`;
    await figure(day(20, '15:59:00'), 1);
    await figure(day(20, '16:00:00'), 10);
    await figure(day(19, '15:59:00'), 100);
    await figure(day(19, '16:00:00'), 1000);
    await foldStore(heart.a.database).fold();
    const query = {
      ...lately({ createdAfter: new Date(day(20, '10:00:00')), createdBefore: new Date(day(18, '10:00:00')) }),
      bucket: 'day',
      metric: 'count',
    } as const;
    const shanghai = await series.read({ ...query, timeZone: 'Asia/Shanghai' });
    expect(shanghai.series).toEqual([{ key: null, values: [1, 110, 1000] }]);
    expect(shanghai.buckets[1]?.toISOString()).toBe(`${day(20, '16:00:00').replace('Z', '.000Z')}`);
    const utc = await series.read({ ...query, timeZone: 'UTC' });
    expect(utc.series).toEqual([{ key: null, values: [11, 1100, 0] }]);
  });

  it('have a value for every bucket, the largest groups first', async () => {
    const now = Date.now();
    const ago = (minutes: number): string =>
      new Date(now - minutes * 60_000).toISOString().replace(/\d\d\.\d+Z/, '00Z');
    await figure(ago(3), 2, 'failed');
    await figure(ago(2), 5);
    await figure(ago(0), 1, 'pending');
    const query = {
      createdAfter: new Date(ago(3)),
      createdBefore: new Date(ago(-1)),
      bucket: 'minute',
      timeZone: 'UTC',
    } as const;
    const read = await series.read({ ...query, metric: 'count', groupBy: 'status' });
    expect(read.series).toEqual([
      { key: 'sent', values: [0, 5, 0, 0] },
      { key: 'failed', values: [2, 0, 0, 0] },
      { key: 'in_flight', values: [0, 0, 0, 1] },
    ]);
    expect(read.buckets).toHaveLength(4);
    await figure(ago(2), 10, '80', 'latency');
    const latency = await series.read({ ...query, metric: 'latency_p95', groupBy: 'account' });
    expect(latency.series).toEqual([{ key: 'letter-1', values: [null, Math.round(2 ** (79.5 / 8)), null, null] }]);
  });
});

describe('reasons', () => {
  it('are ranked with their texts, and told by where they come from', async () => {
    const plans = await Promise.all([['a', 'b'], ['c']].map((people) => heart.accept(people)));
    for (const { id } of plans) await finish(id, failedOutcome);
    const other = await heart.accept(['d'], { template: note });
    await finish(other.id, (delivery) =>
      outcomeOf(delivery, {
        status: 'suppressed',
        reason: 'duplicate_content',
        rest: { status: 'suppressed', reason: 'duplicate_content' },
      }),
    );
    const ranking = await reasons.rank(lately(), 'reason', { language: 'zh' });
    expect(ranking.total).toBe(4);
    expect(ranking.items).toMatchObject([
      { key: 'content_invalid', count: 3, share: 0.75, title: expect.stringMatching(/[一-鿿]/) },
      { key: 'duplicate_content', count: 1, share: 0.25, text: expect.any(String) },
    ]);
    const byTemplate = await reasons.rank(lately(), 'template', {});
    expect(byTemplate.items).toMatchObject([
      { key: 'test', count: 3, reasons: [{ reason: 'content_invalid', count: 3 }] },
      { key: 'noted', count: 1, reasons: [{ reason: 'duplicate_content', count: 1 }] },
    ]);
    const codes = await reasons.rank(lately(), 'provider_code', {});
    expect(codes.items).toMatchObject([
      { key: '40003', channel: 'letter', reason: 'content_invalid', count: 2, share: 1 },
    ]);
  });
});

describe('a recount', () => {
  it('finds and mends figures that are missing, wrong or too many', async () => {
    await fiveRecipients();
    await foldStore(heart.a.database).fold();
    await heart.query(`DELETE FROM stat_minute WHERE measure = 'recipients' AND label = 'failed'`);
    await heart.query(`UPDATE stat_minute SET n = n + 7 WHERE measure = 'messages' AND channel = 'note'`);
    await expect(recount(heart.a.database)).resolves.toEqual(
      expect.arrayContaining(['recipients failed content_invalid: 1', 'messages  : -7']),
    );
    await expect(recount(heart.a.database)).resolves.toEqual([]);
    await expect(stats.summarize(lately())).resolves.toMatchObject({ messages: 3, counts: { failed: 1 } });
  });

  it('counts what was accepted before anybody counted', async () => {
    await heart.query('ALTER TABLE recipient DISABLE TRIGGER USER');
    await heart.accept(['a', 'b']);
    await heart.query('ALTER TABLE recipient ENABLE TRIGGER USER');
    await expect(stats.summarize(lately())).resolves.toMatchObject({ recipients: 0 });
    await recount(heart.a.database);
    await expect(stats.summarize(lately())).resolves.toMatchObject({
      messages: 1,
      recipients: 2,
      counts: { in_flight: 2 },
    });
  });

  it('of a night is asked for once, and of hours that are kept by the minute only', async () => {
    const recounts = new RecountStore(heart.a.database);
    const night = new Date(Math.floor((Date.now() - 600_000) / 3_600_000) * 3_600_000);
    await recounts.askNightly(night, 72, 2);
    const asked = await recounts.list(200);
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.length).toBeLessThanOrEqual(48);
    await heart.query(`UPDATE stat_recount SET is_due = false, counted_at = now(), differences = 3`);
    await recounts.askNightly(night, 72, 2);
    await expect(recounts.countNext()).resolves.toBeUndefined();
    await recounts.askNightly(new Date(night.getTime() + DAY_MS), 72, 2);
    await expect(recounts.countNext()).resolves.toMatchObject({ isHistory: false, differences: [] });
  });
});

describe('what is older than it is kept', () => {
  it('goes by the minute first, then by the hour, and stays by the day', async () => {
    const days = [1, 30, 500].map((count) => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - count * DAY_MS));
    for (const day of days) {
      await heart.query(
        `INSERT INTO stat_delta VALUES ('recipients', $1, $2, 't', 'letter', 'letter-1', 'sent', '', 1)`,
        [day, CALLER],
      );
    }
    const folds = foldStore(heart.a.database);
    await folds.fold();
    while ((await folds.forgetPage()) > 0);
    const kept = await heart.query(`
      SELECT (SELECT count(*)::int FROM stat_minute) AS minutes, (SELECT count(*)::int FROM stat_hour) AS hours,
        (SELECT count(*)::int FROM stat_day) AS days`);
    expect(kept).toEqual([{ minutes: 1, hours: 2, days: 3 }]);
    const all = await stats.summarize(lately({ createdAfter: new Date(Date.now() - 600 * DAY_MS) }));
    expect(all.recipients).toBe(3);
    const month = await stats.summarize(lately({ createdAfter: days[1] ?? new Date() }));
    expect(month.recipients).toBe(2);
  });

  it('stays by the minute where a recount still needs it', async () => {
    const old = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 30 * DAY_MS);
    await heart.query(
      `INSERT INTO stat_delta VALUES ('recipients', $1, $2, 't', 'letter', 'letter-1', 'sent', '', 1)`,
      [old, CALLER],
    );
    await heart.query('INSERT INTO stat_recount (hour, is_history) VALUES ($1, true)', [old]);
    const folds = foldStore(heart.a.database);
    await folds.fold();
    await expect(folds.forgetPage()).resolves.toBe(0);
  });
});
