import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  GROUP,
  PEOPLE,
  answerOf,
  startTemplatesApi,
  templateBody,
  type AnswerBody,
  type TemplatesApi,
} from './templates-api.fixture.js';

describe('templates over HTTP', () => {
  let api: TemplatesApi;

  beforeAll(async () => {
    api = await startTemplatesApi();
  }, 60_000);

  afterAll(async () => {
    await api?.stop();
  });

  beforeEach(async () => {
    await api.database.query('DELETE FROM template_version');
    await api.database.query('DELETE FROM template');
  });

  const pointers = (body: AnswerBody): string[] => body.errors.map(({ pointer, code }) => `${pointer} ${code}`).sort();

  it('creates a draft with every default filled in', async () => {
    const created = await api.http.post('/v1/templates').send(templateBody()).expect(201);
    expect(created.headers).toMatchObject({ location: '/v1/templates/order-paid', etag: '"1"' });
    expect(created.body).toEqual({
      ...templateBody(),
      routes: [
        {
          channel: PEOPLE.name,
          account: 'sales',
          content: { kind: 'text', content: '订单 {{orderId}} 已付款' },
          options: {},
        },
      ],
      description: '',
      variables: [{ name: 'orderId', required: true }],
      strategy: 'first',
      fallback: null,
      dedupe: { content: { windowSeconds: 300, limit: 1 }, frequency: null },
      quietHours: null,
      onAmbiguous: 'resend',
      overflow: 'delay',
      ttlSeconds: 86_400,
      unknownUser: 'refuse',
      enabled: true,
      version: 1,
      latestVersion: 1,
      publishedVersion: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('answers what it was given when the template is read again', async () => {
    const created = answerOf(await api.http.post('/v1/templates').send(templateBody()).expect(201));
    const read = answerOf(await api.http.get('/v1/templates/order-paid').expect(200));
    expect(read).toEqual(created);
  });

  it('tells every fault at once and stores nothing', async () => {
    const routes = [
      { channel: PEOPLE.name, account: 'nobody', content: { kind: 'text', content: '{{#each x}}' } },
      { channel: PEOPLE.name, account: 'ops', content: { kind: 'fax' } },
    ];
    const body = answerOf(await api.http.post('/v1/templates').send({ name: 1, routes, isAdmin: true }).expect(422));
    expect(pointers(body)).toEqual([
      '/code missing_field',
      '/isAdmin unknown_field',
      '/name wrong_type',
      '/routes/0/account unknown_account',
      '/routes/0/content/content invalid_placeholder',
      '/routes/1/account channel_mismatch',
      '/routes/1/content/kind unknown_kind',
    ]);
    expect(await api.database.query('SELECT 1 FROM template')).toEqual([]);
  });

  it('refuses a code that is taken', async () => {
    await api.http.post('/v1/templates').send(templateBody()).expect(201);
    const body = answerOf(await api.http.post('/v1/templates').send(templateBody()).expect(409));
    expect(body.code).toBe('already_exists');
  });

  it('lets one of many who create the same code at once win', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.http.post('/v1/templates').send(templateBody())),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  describe('versions', () => {
    beforeEach(async () => {
      await api.publish(templateBody());
    });

    it('keeps what is published when a new draft is saved', async () => {
      const body = answerOf(
        await api.http
          .put('/v1/templates/order-paid')
          .send(templateBody({ name: 'Paid' }))
          .expect(200),
      );
      expect(body).toMatchObject({ name: 'Paid', version: 2, latestVersion: 2, publishedVersion: 1 });
      const first = answerOf(await api.http.get('/v1/templates/order-paid/versions/1').expect(200));
      expect(first).toMatchObject({ name: 'Order paid', version: 1, latestVersion: 2, publishedVersion: 1 });
    });

    it('lists them newest first, page by page', async () => {
      await api.http.put('/v1/templates/order-paid').send(templateBody()).expect(200);
      await api.http.put('/v1/templates/order-paid').send(templateBody()).expect(200);
      const page = answerOf(await api.http.get('/v1/templates/order-paid/versions?limit=2').expect(200));
      expect(page.data.map(({ version }) => version)).toEqual([3, 2]);
      const next = await api.http
        .get(`/v1/templates/order-paid/versions?limit=2&cursor=${page.nextCursor}`)
        .expect(200);
      expect(next.body).toMatchObject({ data: [{ version: 1, publishedAt: expect.any(String) }], nextCursor: null });
    });

    it('publishes again, and an older one, with 200', async () => {
      await api.http.put('/v1/templates/order-paid').send(templateBody()).expect(200);
      for (const version of [2, 2, 1]) {
        const body = answerOf(await api.http.post(`/v1/templates/order-paid/versions/${version}/publish`).expect(200));
        expect(body).toMatchObject({ version, publishedVersion: version });
      }
    });

    it.each(['99', '0', 'x', '1.5', '-1'])('answers 404 for version %s', async (version) => {
      await api.http.get(`/v1/templates/order-paid/versions/${version}`).expect(404);
      await api.http.post(`/v1/templates/order-paid/versions/${version}/publish`).expect(404);
    });

    it('refuses a change that was made on an older state', async () => {
      const { headers } = await api.http.get('/v1/templates/order-paid').expect(200);
      const etag = headers['etag'] ?? '';
      await api.http.put('/v1/templates/order-paid').set('if-match', etag).send(templateBody()).expect(200);
      const body = answerOf(
        await api.http.put('/v1/templates/order-paid').set('if-match', etag).send(templateBody()).expect(412),
      );
      expect(body.code).toBe('precondition_failed');
      await api.http.delete('/v1/templates/order-paid').set('if-match', etag).expect(412);
    });

    it('refuses another code in the body', async () => {
      const body = answerOf(
        await api.http
          .put('/v1/templates/order-paid')
          .send(templateBody({ code: 'other' }))
          .expect(422),
      );
      expect(pointers(body)).toEqual(['/code immutable_field']);
    });

    it('numbers the versions one by one when many save at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => api.http.put('/v1/templates/order-paid').send(templateBody())),
      );
      expect(answers.map((answer) => answerOf(answer).version).sort()).toEqual([2, 3, 4, 5, 6, 7]);
    });
  });

  it('disables and enables without a new version, and a save does not enable by itself', async () => {
    await api.publish(templateBody());
    const disabled = answerOf(
      await api.http.post('/v1/templates/order-paid/disable').send({ reason: 'wrong text' }).expect(200),
    );
    expect(disabled).toMatchObject({ enabled: false, latestVersion: 1, publishedVersion: 1 });
    const saved = answerOf(await api.http.put('/v1/templates/order-paid').send(templateBody()).expect(200));
    expect(saved.enabled).toBe(false);
    const enabled = answerOf(await api.http.post('/v1/templates/order-paid/enable').expect(200));
    expect(enabled).toMatchObject({ enabled: true, latestVersion: 2 });
  });

  it('deletes a template and lets its code be used again, version numbers going on', async () => {
    await api.publish(templateBody());
    await api.http.delete('/v1/templates/order-paid').expect(204);
    await api.http.get('/v1/templates/order-paid').expect(404);
    await api.http.delete('/v1/templates/order-paid').expect(404);
    const body = answerOf(await api.http.post('/v1/templates').send(templateBody()).expect(201));
    expect(body).toMatchObject({ version: 2, publishedVersion: null });
  });

  it('lists templates newest first, page by page, by text, channel and state', async () => {
    for (const code of ['a', 'b', 'c']) await api.http.post('/v1/templates').send(templateBody({ code })).expect(201);
    const group = [{ channel: GROUP.name, account: 'ops', content: { kind: 'text', content: 'x' } }];
    await api.http
      .post('/v1/templates')
      .send(templateBody({ code: 'd', name: 'Deploy', routes: group }))
      .expect(201);
    await api.http.post('/v1/templates/c/disable').expect(200);
    const codes = async (query: string): Promise<string[]> => {
      const body = answerOf(await api.http.get(`/v1/templates${query}`).expect(200));
      return body.data.map(({ code }) => code);
    };
    const page = answerOf(await api.http.get('/v1/templates?limit=3').expect(200));
    expect(page.data.map(({ code }) => code)).toEqual(['d', 'c', 'b']);
    expect(await codes(`?limit=3&cursor=${page.nextCursor}`)).toEqual(['a']);
    expect(await codes('?q=dePL')).toEqual(['d']);
    expect(await codes(`?channel=${GROUP.name}`)).toEqual(['d']);
    expect(await codes('?enabled=false')).toEqual(['c']);
    await api.http.get('/v1/templates?cursor=tampered').expect(400);
    await api.http.get('/v1/templates?enabled=perhaps').expect(422);
  });

  describe('preview', () => {
    it('shows what would be sent, with sizes and limits', async () => {
      await api.publish(templateBody());
      const body = answerOf(
        await api.http
          .post('/v1/templates/order-paid/preview')
          .send({ params: { orderId: 'A1<@all>' } })
          .expect(200),
      );
      expect(body.routes).toEqual([
        {
          no: 1,
          channel: PEOPLE.name,
          accounts: ['sales'],
          kind: 'text',
          content: { kind: 'text', content: '订单 A1<\u200b@\u200ball> 已付款' },
          mentions: [],
          counters: [expect.objectContaining({ pointer: '/content', bytes: 31, characters: 17 })],
          faults: [],
          notes: [],
        },
      ]);
    });

    it('takes examples for values that are missing, and says so', async () => {
      await api.publish(templateBody({ variables: [{ name: 'orderId', example: 'A123' }] }));
      const body = answerOf(await api.http.post('/v1/templates/order-paid/preview').send({}).expect(200));
      expect(body.routes[0]).toMatchObject({
        content: { content: '订单 A123 已付款' },
        faults: [{ pointer: '/params/orderId', code: 'missing_variable' }],
      });
    });

    it('previews a draft without saving it', async () => {
      const request = { template: templateBody(), params: { orderId: '中'.repeat(3_000) } };
      const body = answerOf(await api.http.post('/v1/templates/preview').send(request).expect(200));
      expect(body.routes[0]?.faults).toEqual([
        expect.objectContaining({
          pointer: '/template/routes/0/content/content',
          code: 'content_too_long',
          actual: 9_017,
        }),
      ]);
      expect(await api.database.query('SELECT 1 FROM template')).toEqual([]);
    });

    it('refuses a draft that could not be saved, with pointers into the request', async () => {
      const body = answerOf(
        await api.http
          .post('/v1/templates/preview')
          .send({ template: { name: 'x' } })
          .expect(422),
      );
      expect(pointers(body)).toEqual(['/template/routes missing_field']);
    });

    it.each([{ params: { a: {} } }, { params: [] }, { version: 'x' }, { more: 1 }])('refuses %j', async (request) => {
      await api.publish(templateBody());
      await api.http.post('/v1/templates/order-paid/preview').send(request).expect(422);
    });

    it('answers 404 for what does not exist', async () => {
      await api.http.post('/v1/templates/nothing/preview').send({}).expect(404);
      await api.publish(templateBody());
      await api.http.post('/v1/templates/order-paid/preview').send({ version: 9 }).expect(404);
    });
  });

  it('writes every change to the audit log', async () => {
    await api.publish(templateBody());
    await api.http.put('/v1/templates/order-paid').send(templateBody()).expect(200);
    await api.http.post('/v1/templates/order-paid/disable').send({ reason: 'wrong' }).expect(200);
    await api.http.delete('/v1/templates/order-paid').expect(204);
    const lines = await api.database.query<{ action: string }>(
      `SELECT action FROM audit_log WHERE object = 'template:order-paid' ORDER BY id DESC LIMIT 5`,
    );
    expect(lines.map(({ action }) => action).reverse()).toEqual([
      'template.create',
      'template.publish',
      'template.update',
      'template.disable',
      'template.delete',
    ]);
  });
});
