import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#libs/database';
import { waitFor } from '#libs/testing';
import { ADMIN, START_MS, startFoundation, type Foundation } from '../api-foundation/start-foundation.js';

interface Issued {
  readonly id: string;
  readonly key: string;
}

describe('limits of a key', () => {
  let api: Foundation;
  beforeAll(async () => {
    api = await startFoundation();
    await api.http.post('/v1/callers').set('authorization', ADMIN).send({ code: 'erp', name: 'ERP' }).expect(201);
  }, START_MS);
  afterAll(() => api.stop());

  const asAdmin = (method: 'get' | 'post' | 'put', path: string) => api.http[method](path).set('authorization', ADMIN);
  const me = (key: string) => api.http.get('/v1/me').set('authorization', `Bearer ${key}`);

  async function issue(change: object = {}): Promise<Issued> {
    const body = { caller: 'erp', name: 'ERP key', preset: 'caller', ...change };
    return (await asAdmin('post', '/v1/api-keys').send(body).expect(201)).body as Issued;
  }

  async function statuses(key: string, count: number): Promise<number[]> {
    const answers: number[] = [];
    for (let index = 0; index < count; index += 1) answers.push((await me(key)).status);
    return answers;
  }

  it('are none unless they are set', async () => {
    const { id, key } = await issue();
    const shown = await asAdmin('get', `/v1/api-keys/${id}`).expect(200);
    expect(shown.body.limits).toEqual({ requestsPerMinute: null, requestsPerDay: null, recipientsPerDay: null });
    expect(await statuses(key, 30)).not.toContain(429);
  });

  it('answer 429 with the code of the limit and the time to wait', async () => {
    const { key } = await issue({ limits: { requestsPerMinute: 3 } });
    // A minute may end meanwhile: then three more pass.
    const answers = await statuses(key, 7);
    expect(answers.slice(0, 3)).toEqual([200, 200, 200]);
    expect(answers).toContain(429);
    const day = await issue({ limits: { requestsPerDay: 1 } });
    await me(day.key).expect(200);
    const refused = await me(day.key).expect(429);
    expect(refused.body).toMatchObject({ code: 'requests_per_day_reached', retryable: true, limit: 1 });
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(86_400);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('are shared by the two live keys of a rotation', async () => {
    const old = await issue({ limits: { requestsPerDay: 4 } });
    const rotated = await asAdmin('post', `/v1/api-keys/${old.id}/rotate`).send({ overlapSeconds: 3600 }).expect(201);
    const { key } = rotated.body as Issued;
    expect(await statuses(old.key, 2)).toEqual([200, 200]);
    expect(await statuses(key, 3)).toEqual([200, 200, 429]);
    expect(await statuses(old.key, 1)).toEqual([429]);
    const again = await asAdmin('post', `/v1/api-keys/${(rotated.body as Issued).id}/rotate`)
      .send({})
      .expect(201);
    expect(await statuses((again.body as Issued).key, 1)).toEqual([429]);
  });

  it('can be changed and lifted, which the audit log tells', async () => {
    const { id, key } = await issue({ limits: { requestsPerDay: 1 }, accounts: ['sales-*'] });
    expect(await statuses(key, 2)).toEqual([200, 429]);
    const raised = await asAdmin('put', `/v1/api-keys/${id}`).send({ name: 'ERP two', limits: { requestsPerDay: 3 } });
    expect(raised.body).toMatchObject({ name: 'ERP two', accounts: ['sales-*'], limits: { requestsPerDay: 3 } });
    await waitFor(async () => (await me(key)).status === 200);
    await asAdmin('put', `/v1/api-keys/${id}`).send({ limits: null, accounts: null, expiresAt: null }).expect(200);
    expect(await statuses(key, 5)).toEqual(Array(5).fill(200));
    expect((await me(key)).body).toMatchObject({ keyName: 'ERP two', accounts: null });
    const lines = await api.app
      .get(Database, { strict: false })
      .query<{ details: object }>(`SELECT details FROM audit_log WHERE action = 'api-key.update' AND object = $1`, [
        `api-key:${id}`,
      ]);
    expect(lines.map(({ details }) => details)).toContainEqual(
      expect.objectContaining({ change: { name: 'ERP two', limits: { requestsPerDay: 3 } } }),
    );
  });

  it.each([
    [{ limits: { requestsPerDay: 0 } }, '/limits/requestsPerDay'],
    [{ limits: { requestsPerHour: 5 } }, '/limits/requestsPerHour'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ preset: 'admin' }, '/preset'],
    [{ ipRanges: ['10.0.0.0/99'] }, '/ipRanges'],
  ])('refuse the change %j', async (change, pointer) => {
    const { id } = await issue();
    const answer = await asAdmin('put', `/v1/api-keys/${id}`).send(change).expect(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('are widened by no key beyond its own rights', async () => {
    const limited = await issue({ preset: 'admin', templates: ['order-*'] });
    const asLimited = (id: string, body: object) =>
      api.http.put(`/v1/api-keys/${id}`).set('authorization', `Bearer ${limited.key}`).send(body);
    expect((await asLimited(limited.id, { templates: null })).body.code).toBe('template_not_allowed');
    expect((await asLimited((await issue()).id, { name: 'x' })).body.code).toBe('template_not_allowed');
    await asLimited(limited.id, { templates: ['order-paid'] }).expect(200);
    await asAdmin('put', `/v1/api-keys/01890000-0000-7000-8000-000000000000`).send({ name: 'x' }).expect(404);
  });

  it('are counted by day and key', async () => {
    const { id, key } = await issue({ limits: { requestsPerDay: 2 } });
    await statuses(key, 3);
    const days = await waitFor(async () => {
      const { body } = await asAdmin('get', `/v1/api-keys/${id}/usage`).expect(200);
      const data = body.data as { requests: number }[];
      return data[0]?.requests === 3 && data;
    });
    expect(days).toEqual([{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), requests: 3, refused: 1, recipients: 0 }]);
    await asAdmin('get', `/v1/api-keys/${id}/usage?days=0`).expect(422);
  });
});
