import { expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

/** What one template has sent, told alone. */
const summary = ({ api }: System, template: string, query = ''): Promise<AnswerBody> =>
  api.read(`/v1/stats/summary?template=${template}${query}`);

onEachBackend('statistics', (system) => {
  it('tell what became of messages, from acceptance to receipt and recall', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const { id } = await api.sendAndSettle(
      template.message(given.text('one'), { recipients: ['zhangsan', 'lisi', 'ghost01'] }),
    );
    await api.send(template.message(given.text('later'), { recipients: ['zhaoliu'], delaySeconds: 3600 }));
    const { code } = template;
    const figures = await summary(system(), code, '&groupBy=account');
    expect(figures).toMatchObject({
      messages: 2,
      recipients: 4,
      counts: { in_flight: 1, sent: 2, invalid: 1, failed: 0 },
      successRate: 0.666667,
      latency: { count: 2, p50Ms: expect.any(Number) },
      groups: [{ key: template.account, recipients: 4 }],
    });
    await api.do(`/v1/messages/${id}/recall`);
    const isRecalled = async (): Promise<boolean> => (await summary(system(), code)).counts.recalled === 2;
    await waitFor(isRecalled, { what: 'the recall in the figures' });
    // The fold of a worker changes where figures are, never what they are.
    await waitFor(async () => (await system().database.query('SELECT FROM stat_delta')).length === 0, {
      what: 'the fold',
    });
    expect((await summary(system(), code)).counts).toMatchObject({ in_flight: 1, sent: 0, recalled: 2, invalid: 1 });
  });

  it('tell them over time and why somebody got nothing, in the language asked for', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const { code } = template;
    await api.sendAndSettle(template.message(given.text('x'), { recipients: ['zhangsan', 'ghost01'] }));
    const series = await api.read(`/v1/stats/timeseries?template=${code}&bucket=minute&groupBy=status`);
    expect(series).toMatchObject({ bucket: 'minute', metric: 'count', timeZone: 'Asia/Shanghai', truncated: false });
    expect(series.series.map(({ key }: AnswerBody) => key).sort()).toEqual(['invalid', 'sent']);
    for (const { values } of series.series) expect(values).toHaveLength(series.buckets.length);
    const days = await api.read(`/v1/stats/timeseries?template=${code}&bucket=day&metric=latency_p95&timeZone=UTC`);
    expect(days.series[0].values.at(-1)).toEqual(expect.any(Number));
    const byCaller = await api.read(`/v1/stats/timeseries?template=${code}&groupBy=caller&metric=throttled_ms`);
    expect(byCaller.timeZone).toBe('Asia/Shanghai');

    const reasons = await api.read(`/v1/stats/reasons?template=${code}`);
    expect(reasons).toMatchObject({
      groupBy: 'reason',
      total: 1,
      data: [{ count: 1, share: 1, title: expect.any(String) }],
    });
    const byTemplate = await api.read(`/v1/stats/reasons?template=${code}&groupBy=template`);
    expect(byTemplate.data).toMatchObject([
      { key: code, count: 1, reasons: [{ reason: reasons.data[0].key, count: 1 }] },
    ]);
  });

  it('rank the codes of vendors', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const { code } = template;
    await api.sendAndSettle(template.message(given.text('nobody'), { recipients: ['ghost01'] }));
    const ranking = await api.read(`/v1/stats/reasons?template=${code}&groupBy=provider_code`);
    expect(ranking).toMatchObject({ total: 1, data: [{ channel: 'wecom-app', count: 1, text: expect.any(String) }] });
  });

  it('are counted again when asked, without a difference', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    await api.sendAndSettle(template.message(given.text('x'), { recipients: ['zhangsan'] }));
    const { body, status } = await api.post('/v1/stats/recounts', { createdAfter: new Date().toISOString() });
    expect(status).toBe(202);
    expect(body.hours).toHaveLength(1);
    expect(await api.list('/v1/stats/recounts')).toMatchObject([{ hour: body.hours[0], status: expect.any(String) }]);
    expect((await api.list('/v1/stats/recounts'))[0].differences).toBe(0);
  });

  it('refuse what they cannot answer', async () => {
    const { api } = system();
    const refused = async (query: string, parameter: string): Promise<void> => {
      expect(await api.get(`/v1/stats/${query}`)).toMatchObject({ status: 422, body: { errors: [{ parameter }] } });
    };
    await refused('summary?createdAfter=2026-02-02T00:00:00Z&createdBefore=2026-02-01T00:00:00Z', 'createdAfter');
    await refused('summary?groupBy=status', 'groupBy');
    await refused(
      'timeseries?bucket=minute&createdAfter=2026-01-01T00:00:00Z&createdBefore=2026-01-03T00:00:00Z',
      'createdAfter',
    );
    await refused(
      'timeseries?bucket=minute&createdAfter=2020-01-01T00:00:00Z&createdBefore=2020-01-01T01:00:00Z',
      'createdAfter',
    );
    await refused('timeseries?bucket=week', 'bucket');
    await refused('timeseries?metric=latency_p95&groupBy=reason', 'groupBy');
    await refused('timeseries?timeZone=Middle-earth/Shire', 'timeZone');
    await refused('reasons?groupBy=mood', 'groupBy');
  });

  it('want stats:read; a key of a caller with it sees what that caller sent', async () => {
    const { api, given } = system();
    const caller = await given.key();
    const mine = await given.template('wecom-app');
    for (const path of ['summary', 'timeseries', 'reasons', 'recounts']) {
      expect(await caller.get(`/v1/stats/${path}`)).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
    }
    expect((await (await given.key({ preset: 'viewer' })).post('/v1/stats/recounts', {})).status).toBe(403);
    await api.sendAndSettle(mine.message(given.text('of the admin'), { recipients: ['zhangsan'] }));
    expect((await (await given.key({ preset: 'viewer' })).read('/v1/stats/summary')).messages).toBeGreaterThan(0);
  });

  it('show the lines of the queues with their pace, and what holds them back', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-robot');
    const lines = async (account: string): Promise<AnswerBody[]> =>
      (await api.list('/v1/queues'))
        .flatMap((queue: AnswerBody) => queue.lines)
        .filter((line: AnswerBody) => line.account === account);
    await api.sendAndSettle(template.message(given.text('quick')));
    const later = await api.send(template.message(given.text('later'), { delaySeconds: 3600 }));
    const [line] = await lines(template.account);
    expect(line).toMatchObject({ priority: 'normal', waiting: 0, active: 0, delayed: 1, etaSeconds: 0 });
    expect(line.ratePerMinute).toBeGreaterThan(0);

    const paused = await given.template('wecom-robot');
    await api.do(`/v1/accounts/${paused.account}/pause`, { reason: 'maintenance' });
    const held = await api.send(paused.message(given.text('held'), { priority: 'low' }));
    await api.waiting(held.id, 'account_paused');
    expect(await lines(paused.account)).toEqual([
      {
        account: paused.account,
        priority: 'low',
        waiting: 1,
        active: 0,
        delayed: 0,
        oldestAgeMs: expect.any(Number),
        ratePerMinute: 0,
        paused: { what: 'account', by: 'operator', reason: 'maintenance', since: expect.any(String) },
      },
    ]);
    await api.do(`/v1/messages/${later.id}/cancel`);
    await api.do(`/v1/messages/${held.id}/cancel`);
    expect([...(await lines(paused.account)), ...(await lines(template.account))]).toEqual([]);
  });
});
