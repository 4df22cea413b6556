import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { Answer, ApiClient } from './api-client.js';
import { onEachBackend } from './system.js';

const PARALLEL = 100;

const sendAll = (api: ApiClient, body: JsonObject, headers: Readonly<Record<string, string>> = {}): Promise<Answer[]> =>
  Promise.all(Array.from({ length: PARALLEL }, () => api.post('/v1/messages', body, headers)));

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

onEachBackend('a repeated request', (system) => {
  it('becomes one message and one provider call when 100 come at once with one idempotency key', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app', { dedupe: { content: null } });
    const text = given.text('once');
    const before = await system().rows('message');
    const answers = await sendAll(api, template.message(text, { recipients: ['zhangsan'] }), {
      'idempotency-key': given.code('key'),
    });
    expect(distinct(answers.map(({ status }) => status))).toEqual([202]);
    const [id, ...others] = distinct(answers.map(({ body }) => body.id));
    expect(others).toEqual([]);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(PARALLEL - 1);
    expect(distinct(answers.map(({ headers }) => headers['location']))).toEqual([`/v1/messages/${id}`]);
    await api.settled(id);
    expect(await system().rows('message')).toBe(before + 1);
    expect(await sandbox.requests(text)).toHaveLength(1);
  });

  it('becomes one message and one provider call when 100 come at once with one business key', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('dingtalk-work', { dedupe: { content: null } });
    const text = given.text('once');
    const businessKey = given.code('order');
    const answers = await sendAll(api, template.message(text, { recipients: ['manager01'], businessKey }));
    const [first, ...repeated] = answers.sort((a, b) => b.status - a.status);
    expect([first?.status, ...distinct(repeated.map(({ status }) => status))]).toEqual([202, 200]);
    expect(first?.body.duplicate).toBe(false);
    expect(distinct(repeated.map(({ body }) => `${body.id} ${body.duplicate}`))).toEqual([`${first?.body.id} true`]);
    await api.settled(first?.body.id);
    expect(await sandbox.requests(text)).toHaveLength(1);
  });

  it('with another body is refused, and changes nothing', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const headers = { 'idempotency-key': given.code('key') };
    const businessKey = given.code('order');
    const body = template.message(given.text('first'), { recipients: ['zhangsan'], businessKey });
    const { id } = (await api.post('/v1/messages', body, headers)).body;
    await api.settled(id);
    const [rows, calls] = [await system().rows('message'), await sandbox.total()];

    const reused = await api.post('/v1/messages', { ...body, params: { text: 'other' } }, headers);
    expect(reused).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    const differences: readonly JsonObject[] = [{ params: { text: 'other' } }, { recipients: ['lisi'] }];
    for (const difference of differences) {
      const conflict = await api.post('/v1/messages', { ...body, ...difference });
      expect(conflict).toMatchObject({ status: 409, body: { code: 'business_key_conflict' } });
      expect(conflict.body.detail).toContain(id);
    }
    expect([await system().rows('message'), await sandbox.total()]).toEqual([rows, calls]);
  });

  it('with the same business key may differ in what does not change the message', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const body = template.message(given.text('same'), { recipients: ['zhangsan'], businessKey: given.code('order') });
    const { id } = await api.send(body);
    const answer = await api.post('/v1/messages', { ...body, metadata: { a: 1 }, priority: 'high', delaySeconds: 60 });
    expect(answer).toMatchObject({ status: 200, body: { id, duplicate: true, priority: 'normal' } });
  });

  it('is the same request whatever the order of its members', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const headers = { 'idempotency-key': given.code('key') };
    const body = template.message(given.text('order'), { recipients: ['zhangsan'], metadata: { a: 1, b: 2 } });
    const turned = { metadata: { b: 2, a: 1 }, ...Object.fromEntries(Object.entries(body).reverse()) };
    const first = await api.post('/v1/messages', body, headers);
    const second = await api.post('/v1/messages', { ...turned, metadata: { b: 2, a: 1 } }, headers);
    expect(second).toMatchObject({ status: 202, body: { id: first.body.id } });
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  it('is a new request after 24 hours, but never for a business key', async () => {
    const { api, given, database } = system();
    const template = await given.template('wecom-app', { dedupe: { content: null } });
    const headers = { 'idempotency-key': given.code('key') };
    const body = template.message(given.text('later'), { recipients: ['zhangsan'] });
    const first = await api.post('/v1/messages', body, headers);
    await database.query(`UPDATE idempotency_key SET created_at = created_at - interval '24 hours 1 second'`);
    const second = await api.post('/v1/messages', body, headers);
    expect(second).toMatchObject({ status: 202 });
    expect(second.body.id).not.toBe(first.body.id);
    expect(second.headers['idempotency-replayed']).toBeUndefined();
    expect((await api.post('/v1/messages', body, headers)).body.id).toBe(second.body.id);
  });

  it('of another caller is another request', async () => {
    const { given, sandbox } = system();
    const template = await given.template('wecom-app', { dedupe: { content: null } });
    const [erp, crm] = [await given.key(), await given.key()];
    const headers = { 'idempotency-key': given.code('key') };
    const text = given.text('two callers');
    const body = template.message(text, { recipients: ['zhangsan'], businessKey: given.code('order') });
    const first = await erp.post('/v1/messages', body, headers);
    const second = await crm.post('/v1/messages', body, headers);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.id).not.toBe(first.body.id);
    await Promise.all([erp.settled(first.body.id), crm.settled(second.body.id)]);
    expect(await sandbox.requests(text)).toHaveLength(2);
  });

  it('that was refused leaves its keys free', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const headers = { 'idempotency-key': given.code('key') };
    const body = template.message(given.text('free'), { recipients: ['zhangsan'], businessKey: given.code('order') });
    const keys = [await system().rows('idempotency_key'), await system().rows('business_key')];
    expect((await api.post('/v1/messages', { ...body, recipients: [] }, headers)).status).toBe(422);
    expect([await system().rows('idempotency_key'), await system().rows('business_key')]).toEqual(keys);
    expect((await api.post('/v1/messages', body, headers)).status).toBe(202);
  });
});
