import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { Answer, ApiClient } from './api-client.js';
import { onEachBackend } from './system.js';

const OTHER_ID = '01890000-0000-7000-8000-000000000000';

type Call = readonly [method: 'get' | 'post', path: string, body?: JsonObject];

/** Everything that concerns one message. */
const CALLS: readonly Call[] = [
  ['get', ''],
  ['get', '/deliveries'],
  ['get', '/recipients'],
  ['get', '/timeline'],
  ['get', '/attempts'],
  ['get', '/content'],
  ['post', '/cancel'],
  ['post', '/recall'],
  ['post', '/replay'],
  ['post', '/resolve', { as: 'sent', note: 'x' }],
];

const call = (api: ApiClient, [method, path, body]: Call, id: string): Promise<Answer> =>
  method === 'get' ? api.get(`/v1/messages/${id}${path}`) : api.post(`/v1/messages/${id}${path}`, body);

/** The answer with what differs between any two requests left out. */
const bytesOf = ({ status, text, body }: Answer, id: string): string =>
  `${status} ${text.replaceAll(id, 'ID').replaceAll(body.requestId, 'REQUEST')}`;

onEachBackend('access', (system) => {
  it('needs a key that is known, in the header', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const { id, key } = await given.newKey({ caller: await given.caller(), preset: 'caller' });
    const body = template.message('x', { recipients: ['zhangsan'] });
    const rows = await system().rows('message');
    const revoked = await given.newKey({ caller: await given.caller(), preset: 'caller' });
    expect((await api.delete(`/v1/api-keys/${revoked.id}`)).status).toBe(204);
    const nobodies = [api.as(), api.as('hy_unknown-key-of-nobody-at-all'), api.as(revoked.key), api.as(`${key}x`)];
    const answers = [
      ...(await Promise.all(nobodies.map((nobody) => nobody.post('/v1/messages', body)))),
      await api.as().post(`/v1/messages?key=${key}&access_token=${key}`, body),
      await api.as().get(`/v1/messages?authorization=Bearer%20${key}`),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(await system().rows('message')).toBe(rows);
    expect((await api.as(key).get('/v1/messages')).status).toBe(200);
    expect(id).toEqual(expect.any(String));
  });

  it.each<readonly [string, string, Call]>([
    ['viewer', 'messages:send', ['post', '']],
    ['caller', 'accounts:read', ['get', '/../accounts']],
    ['viewer', 'messages:recall', ['post', `/${OTHER_ID}/recall`]],
    ['caller', 'templates:write', ['post', '/../templates']],
    ['operator', 'accounts:write', ['post', '/../accounts']],
    ['operator', 'keys:write', ['post', '/../api-keys']],
  ])('of a %s without the scope %s is refused and names it', async (preset, scope, [method, path]) => {
    const { given } = system();
    const client = await given.key({ preset });
    const { pathname } = new URL(`http://api/v1/messages${path}`);
    const answer = method === 'get' ? await client.get(pathname) : await client.post(pathname, { any: 'body' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
    expect(answer.body.detail).toContain(scope);
  });

  it.each(CALLS)('to another caller’s message (%s %s) is answered as if there were none', async (...call_) => {
    const { given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const [owner, scopes] = [await given.key(), ['messages:send', 'messages:read', 'messages:recall']];
    const stranger = await given.key({ preset: 'caller', scopes });
    const text = given.text('mine');
    const { id } = await owner.sendAndSettle(template.message(text));
    const [foreign, absent] = [await call(stranger, call_, id), await call(stranger, call_, OTHER_ID)];
    expect(foreign.status).toBe(404);
    expect(bytesOf(foreign, id)).toBe(bytesOf(absent, OTHER_ID));
    expect(await owner.message(id)).toMatchObject({ status: 'sent' });
    expect(await sandbox.requests(text)).toHaveLength(1);
  });

  it('lists and recalls of a caller hold its own messages only', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const [owner, stranger] = [await given.key(), await given.key()];
    const businessKey = given.code('order');
    const { id, deliveries } = await owner.sendAndSettle(
      template.message(given.text('mine'), { recipients: ['zhangsan'], businessKey }),
    );
    const [{ account, providerMsgId }] = deliveries;
    for (const query of [`ids=${id}`, `businessKey=${businessKey}`, `providerMsgId=${providerMsgId}`, 'limit=200']) {
      expect(await stranger.list(`/v1/messages?${query}`)).toEqual([]);
    }
    const selectors: readonly JsonObject[] = [
      { messageIds: [id] },
      { providerMsgIds: [{ account, id: providerMsgId }] },
    ];
    for (const selector of selectors) {
      expect(await stranger.post('/v1/recalls', selector)).toMatchObject({
        status: 409,
        body: { code: 'nothing_to_recall' },
      });
    }
    const recall = await owner.do(`/v1/messages/${id}/recall`);
    expect((await stranger.get(`/v1/recalls/${recall.id}`)).status).toBe(404);
    expect(await stranger.list('/v1/recalls')).toEqual([]);
    expect(await api.message(id)).toMatchObject({ id });
  });

  it('of a key with lists of templates and accounts goes no further', async () => {
    const { api, given } = system();
    const [allowed, other] = [await given.template('wecom-robot'), await given.template('wecom-robot')];
    const caller = await given.caller();
    const { key } = await given.newKey({ caller, preset: 'caller', templates: [allowed.code] });
    const client = api.as(key);
    expect((await client.post('/v1/messages', allowed.message(given.text('allowed')))).status).toBe(202);
    const refused = await client.post('/v1/messages', other.message(given.text('other')));
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe('template_not_allowed');
  });

  it('to lists with bad parameters is refused, each one named', async () => {
    const { api } = system();
    const answer = await api.get('/v1/messages?limit=0&status=done&colour=red');
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    const parameters = answer.body.errors.map(({ parameter }: { parameter: string }) => parameter);
    expect([...new Set(parameters)].sort()).toEqual(['colour', 'limit', 'status']);
    expect(await api.get('/v1/messages?cursor=tampered')).toMatchObject({
      status: 400,
      body: { code: 'invalid_cursor' },
    });
  });
});
