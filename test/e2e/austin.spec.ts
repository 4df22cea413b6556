import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { ApiClient } from './api-client.js';
import { onEachBackend } from './system.js';

const param = (text: string, changes: JsonObject = {}): JsonObject => ({
  receiver: 'zhangsan, lisi',
  variables: { text },
  ...changes,
});

const send = async (api: ApiClient, messageTemplateId: unknown, messageParam: JsonObject) =>
  api.post('/compat/austin/send', { code: 'send', messageTemplateId, messageParam });

onEachBackend('a client of austin', (system) => {
  it('sends by the number of a template and gets the envelope it knows', async () => {
    const { api, given, sandbox } = system();
    const { code } = await given.template('wecom-app');
    await api.put(`/v1/templates/${code}/number`, { number: 4711 });
    expect(await api.read(`/v1/templates/${code}/number`)).toEqual({ number: 4711 });
    const text = given.text('austin');
    const { body, status } = await send(api, 4711, param(text, { bizId: 'biz-1' }));
    expect(status).toBe(200);
    expect(body).toEqual({
      code: '0',
      msg: '操作成功',
      data: [{ bizId: 'biz-1', businessId: expect.any(Number), messageId: expect.any(String) }],
    });
    expect(String(body.data[0].businessId)).toMatch(/^4711\d{8}$/);
    expect(await api.settled(body.data[0].messageId)).toMatchObject({ status: 'sent', metadata: { bizId: 'biz-1' } });
    expect((await sandbox.only(text)).recipients).toEqual(['zhangsan', 'lisi']);
  });

  it('sends several messages or none, and takes them back', async () => {
    const { api, given, sandbox } = system();
    const { code } = await given.template('wecom-app');
    const texts = [given.text('one'), given.text('two')];
    const batch = (list: JsonObject[]) =>
      api.post('/compat/austin/batchSend', { code: 'send', messageTemplateId: code, messageParamList: list });
    const before = await system().rows('message');
    const refused = await batch([param(texts[0] ?? ''), { receiver: 'lisi', variables: {} }]);
    expect(refused).toMatchObject({ status: 200, body: { code: 'A0001', data: null } });
    expect(await system().rows('message')).toBe(before);
    const { body } = await batch(texts.map((text) => param(text)));
    const ids: string[] = body.data.map(({ messageId }: { messageId: string }) => messageId);
    await api.allSettled(ids);
    for (const text of texts) await sandbox.only(text);
    const recall = await api.post('/compat/austin/recall', { code: 'recall', recallMessageIds: ids });
    expect(recall).toMatchObject({ status: 200, body: { code: '0', data: [{ recallId: expect.any(String) }] } });
    for (const id of ids) await api.until(id, ({ status }) => status === 'recalled', 'being taken back');
  });

  it('is told by code what is wrong, with HTTP 200', async () => {
    const { api, given } = system();
    const { code } = await given.template('wecom-app');
    const codeOf = async (...parameters: Parameters<typeof send>): Promise<string> => {
      const { body, status } = await send(...parameters);
      expect(status).toBe(200);
      return body.code;
    };
    expect(await codeOf(api.as(), code, param('x'))).toBe('A0001');
    expect(await codeOf(api.as('hy_wrong'), code, param('x'))).toBe('A0001');
    expect(await codeOf(await given.key({ preset: 'viewer' }), code, param('x'))).toBe('A0001');
    expect(await codeOf(api, undefined, param('x'))).toBe('A0001');
    expect(await codeOf(api, code, { receiver: '' })).toBe('A0001');
    expect(await codeOf(api, 987654, param('x'))).toBe('A0002');
    const receiver = Array.from({ length: 101 }, (_, index) => `u${index}`).join(',');
    expect(await codeOf(api, code, param('x', { receiver }))).toBe('A0003');
    expect((await api.post('/compat/austin/send', '{"half')).body.code).toBe('A0001');
    expect((await api.post('/compat/austin/recall', { recallMessageIds: ['no-id'] })).body.code).toBe('A0001');
    expect((await api.post('/compat/austin/recall', {})).body.code).toBe('A0001');
  });

  it('finds a number at one template only', async () => {
    const { api, given } = system();
    const [one, other] = [await given.template('wecom-app'), await given.template('wecom-app')];
    await api.put(`/v1/templates/${one.code}/number`, { number: 15 });
    expect((await api.put(`/v1/templates/${other.code}/number`, { number: 15 })).status).toBe(409);
    expect((await api.put(`/v1/templates/${one.code}/number`, { number: null })).body).toEqual({ number: null });
    expect((await api.put(`/v1/templates/${other.code}/number`, { number: 15 })).status).toBe(200);
    expect((await api.put(`/v1/templates/nothing/number`, { number: 16 })).status).toBe(404);
    expect((await api.put(`/v1/templates/${other.code}/number`, { number: 0 })).status).toBe(422);
  });
});
