import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#libs/database';
import { waitFor } from '#libs/testing';
import { ADMIN, START_MS, startFoundation, type Foundation } from './start-foundation.js';

interface Issued {
  readonly id: string;
  readonly key: string;
}

describe('callers and keys', () => {
  let api: Foundation;
  beforeAll(async () => {
    api = await startFoundation();
    await api.http.post('/v1/callers').set('authorization', ADMIN).send({ code: 'erp', name: 'ERP' }).expect(201);
  }, START_MS);
  afterAll(() => api.stop());

  const asAdmin = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
    api.http[method](path).set('authorization', ADMIN);
  const me = (key: string) => api.http.get('/v1/me').set('authorization', `Bearer ${key}`);

  async function issue(change: object = {}): Promise<Issued> {
    const body = { caller: 'erp', name: 'ERP key', preset: 'caller', ...change };
    const answer = await asAdmin('post', '/v1/api-keys').send(body).expect(201);
    expect(answer.headers['location']).toBe(`/v1/api-keys/${String(answer.body.id)}`);
    return answer.body as Issued;
  }

  it('shows a new key once and knows its caller', async () => {
    const { id, key } = await issue();
    const answer = await me(key);
    expect(answer.body).toMatchObject({ caller: 'erp', keyName: 'ERP key', preset: 'caller', seesAllCallers: false });
    expect(answer.body.scopes).toContain('messages:send');
    const shown = await asAdmin('get', `/v1/api-keys/${id}`).expect(200);
    expect(shown.text).not.toContain(key);
    expect(shown.body).not.toHaveProperty('secretHash');
  });

  it('lets no key make or rotate one with more rights than its own', async () => {
    const limited = await issue({ preset: 'admin', templates: ['order-*'] });
    const unlimited = await issue({ preset: 'admin' });
    const asLimited = (path: string) => api.http.post(path).set('authorization', `Bearer ${limited.key}`);
    const body = { caller: 'erp', name: 'more', preset: 'admin' };
    const refused = [
      await asLimited('/v1/api-keys').send(body),
      await asLimited('/v1/api-keys').send({ ...body, templates: ['*'] }),
      await asLimited(`/v1/api-keys/${unlimited.id}/rotate`).send({}),
    ];
    expect(refused.map(({ body: problem, status }) => `${status} ${String(problem.code)}`)).toEqual(
      Array(3).fill('403 template_not_allowed'),
    );
    await asLimited('/v1/api-keys')
      .send({ ...body, templates: ['order-paid'] })
      .expect(201);
  });

  it('answers no key, an unknown one, a revoked one and one in the query with the same body', async () => {
    const { id, key } = await issue();
    await asAdmin('delete', `/v1/api-keys/${id}`).expect(204);
    const unknown = `hy_${'0'.repeat(16)}_${'x'.repeat(43)}`;
    const answers = [
      await api.http.get('/v1/me'),
      await me(unknown),
      await me(key),
      await api.http.get(`/v1/me?key=${key}&access_token=${key}`),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect({ ...answer.body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' });
    }
    await asAdmin('get', `/v1/api-keys/${id}`).expect(404);
  });

  it('stores no key, and remembers when it was used', async () => {
    const { id, key } = await issue();
    await me(key).expect(200);
    const database = api.app.get(Database, { strict: false });
    const [row] = await database.query<{ text: string }>('SELECT k::text AS text FROM api_key k WHERE id = $1', [id]);
    expect(row?.text).not.toContain(key.slice(-43));
    const used = await waitFor(
      async () => (await asAdmin('get', `/v1/api-keys/${id}`)).body.lastUsedAt as string | null,
    );
    expect(Date.now() - Date.parse(used)).toBeLessThan(60_000);
  });

  it('keeps two live keys while one is rotated, with the same rights', async () => {
    const old = await issue({ templates: ['order-*'], scopes: ['messages:read'] });
    const rotated = await asAdmin('post', `/v1/api-keys/${old.id}/rotate`).send({ overlapSeconds: 3600 }).expect(201);
    for (const key of [old.key, (rotated.body as Issued).key]) {
      expect((await me(key)).body).toMatchObject({ templates: ['order-*'], scopes: ['messages:read'] });
    }
    const shown = await asAdmin('get', `/v1/api-keys/${old.id}`);
    expect(Date.parse(String(shown.body.expiresAt))).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  it('ends the old key at once when asked to, and takes a rotation without a body', async () => {
    const old = await issue();
    await asAdmin('post', `/v1/api-keys/${old.id}/rotate`).send({ overlapSeconds: 0 }).expect(201);
    await me(old.key).expect(401);
    const other = await issue();
    await asAdmin('post', `/v1/api-keys/${other.id}/rotate`).expect(201);
    await me(other.key).expect(200);
  });

  it('ends every key of a caller that is disabled', async () => {
    await asAdmin('post', '/v1/callers').send({ code: 'crm', name: 'CRM' }).expect(201);
    const { key } = await issue({ caller: 'crm' });
    await me(key).expect(200);
    await asAdmin('put', '/v1/callers/crm').send({ name: 'CRM', enabled: false }).expect(200);
    await me(key).expect(401);
  });

  it('names the scope that is missing, and records it', async () => {
    const { key } = await issue();
    const answer = await api.http
      .get('/v1/probe/both')
      .set('authorization', `Bearer ${key}`)
      .set('x-request-id', 'denied-1');
    expect(answer.body).toMatchObject({ status: 403, code: 'missing_scope' });
    expect(answer.body.detail).toContain('stats:read');
    expect(answer.body.detail).not.toContain('messages:read');
    const database = api.app.get(Database, { strict: false });
    const rows = await waitFor(async () => {
      const found = await database.query<{ action: string }>(`SELECT * FROM audit_log WHERE request_id = 'denied-1'`);
      return found.length > 0 && found;
    });
    expect(rows).toEqual([expect.objectContaining({ action: 'access.refused', key_name: 'ERP key' })]);
  });

  it('lets a key in that has one of several scopes', async () => {
    const { key } = await issue();
    await api.http.get('/v1/probe/either').set('authorization', `Bearer ${key}`).expect(200);
    await api.http.get('/v1/callers').set('authorization', `Bearer ${key}`).expect(403);
  });

  it('binds a key to addresses', async () => {
    const { key } = await issue({ ipRanges: ['10.99.0.0/16'] });
    expect((await me(key)).body).toMatchObject({ status: 403, code: 'ip_not_allowed' });
    const here = await issue({ ipRanges: ['127.0.0.0/8', '::1'] });
    await me(here.key).expect(200);
  });

  it('names every fault of a wanted key', async () => {
    const wrong = { name: '', preset: 'caller', ipRanges: ['10.0.0.0/99'], expiresAt: 'tomorrow', hash: 'x' };
    const answer = await asAdmin('post', '/v1/api-keys').send(wrong).expect(422);
    const pointers = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/caller', '/name', '/ipRanges', '/expiresAt', '/hash']));
  });

  it.each([
    [{ caller: 'nobody' }, '/caller', 'unknown_caller'],
    [{ scopes: ['keys:write'] }, '/scopes/0', 'unknown_scope'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt', 'out_of_range'],
  ])('refuses a key with %j', async (change, pointer, code) => {
    const body = { caller: 'erp', name: 'k', preset: 'caller', ...change };
    const answer = await asAdmin('post', '/v1/api-keys').send(body).expect(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer, code })]);
  });

  it('refuses a second caller of the same code', async () => {
    const answer = await asAdmin('post', '/v1/callers').send({ code: 'erp', name: 'Again' });
    expect(answer.body).toMatchObject({ status: 409, code: 'already_exists' });
    await asAdmin('get', '/v1/callers/nobody').expect(404);
  });

  it('pages through a list, newest first, and refuses a cursor of another list', async () => {
    for (const code of ['page-1', 'page-2', 'page-3']) {
      await asAdmin('post', '/v1/callers').send({ code, name: code }).expect(201);
    }
    const first = await asAdmin('get', '/v1/callers?limit=2').expect(200);
    expect(first.body.data.map((caller: { code: string }) => caller.code)).toEqual(['page-3', 'page-2']);
    const cursor = String(first.body.nextCursor);
    await asAdmin('post', '/v1/callers').send({ code: 'page-4', name: 'later' }).expect(201);
    const second = await asAdmin('get', `/v1/callers?limit=1&cursor=${cursor}`).expect(200);
    expect(second.body.data[0].code).toBe('page-1');
    const wrong = await asAdmin('get', `/v1/api-keys?cursor=${cursor}`);
    expect(wrong.body).toMatchObject({ status: 400, code: 'invalid_cursor' });
  });

  // Last: it uses up the tries of this address.
  it('answers 429 after twenty bad keys, and still lets valid ones in', async () => {
    const { key } = await issue();
    const statuses: number[] = [];
    for (let index = 0; index < 30; index += 1) statuses.push((await me('hy_wrong')).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(20);
    expect((await me('hy_wrong')).headers['retry-after']).toMatch(/^\d+$/);
    await me(key).expect(200);
  });
});
