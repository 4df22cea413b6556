import { expect, it } from '@jest/globals';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const ZERO = { inFlight: 0, failed: 0, unknown: 0, expired: 0, canceled: 0, recalled: 0, delivered: 0, read: 0 };

const balance = ({ api }: System, query = ''): Promise<AnswerBody> => api.read(`/v1/stats/balance${query}`);

onEachBackend('the balance', (system) => {
  it('counts what is in flight and what has ended, twice, with the same result', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const since = new Date().toISOString();
    await api.sendAndSettle(template.message(given.text('sent'), { recipients: ['zhangsan', 'lisi', 'ghost01'] }));
    const repeated = given.text('repeated');
    await api.sendAndSettle(template.message(repeated, { recipients: ['wangwu'] }));
    await api.sendAndSettle(template.message(repeated, { recipients: ['wangwu'] }));
    await api.send(template.message(given.text('later'), { recipients: ['zhaoliu'], delaySeconds: 3600 }));
    const counts = { ...ZERO, inFlight: 1, sent: 3, invalid: 1, suppressed: 1 };
    expect(await balance(system(), `?createdAfter=${since}`)).toEqual({
      createdAfter: since,
      createdBefore: expect.any(String),
      messages: 4,
      accepted: 6,
      counters: counts,
      rows: counts,
      difference: { ...ZERO, sent: 0, invalid: 0, suppressed: 0, accepted: 0 },
      balanced: true,
    });
    const before = await balance(system(), `?createdBefore=${since}`);
    expect(before).toMatchObject({ balanced: true, counters: { inFlight: 0 } });
  });

  it('tells where a row is missing or in another state than its message says', async () => {
    const { api, database, given } = system();
    const template = await given.template('wecom-app');
    const since = new Date().toISOString();
    const { id } = await api.sendAndSettle(template.message(given.text('x'), { recipients: ['zhangsan', 'lisi'] }));
    await database.query(`UPDATE recipient SET status = 'failed' WHERE message_id = $1 AND row_no = 1`, [id]);
    const wrong = await balance(system(), `?createdAfter=${since}`);
    expect(wrong).toMatchObject({ balanced: false, difference: { sent: -1, failed: 1, accepted: 0 } });
    await database.query('DELETE FROM recipient WHERE message_id = $1 AND row_no = 1', [id]);
    const missing = await balance(system(), `?createdAfter=${since}`);
    expect(missing).toMatchObject({ balanced: false, difference: { sent: -1, failed: 0, accepted: -1 } });
  });

  it('wants a range of at most 31 days and the scope stats:read', async () => {
    const { api, given } = system();
    for (const query of [
      'createdAfter=2026-01-01T00:00:00Z&createdBefore=2026-02-02T00:00:00Z',
      'createdAfter=2026-02-02T00:00:00Z&createdBefore=2026-02-01T00:00:00Z',
    ]) {
      const refused = await api.get(`/v1/stats/balance?${query}`);
      expect(refused).toMatchObject({
        status: 422,
        body: { errors: [{ parameter: 'createdAfter', code: 'out_of_range' }] },
      });
    }
    const caller = await given.key();
    expect(await caller.get('/v1/stats/balance')).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
    expect((await (await given.key({ preset: 'viewer' })).get('/v1/stats/balance')).status).toBe(200);
  });
});
