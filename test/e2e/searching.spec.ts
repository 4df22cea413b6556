import { expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { newId } from '#libs/core';
import { waitFor } from '#libs/testing';
import type { AnswerBody, ApiClient } from './api-client.js';
import { onEachBackend } from './system.js';

const search = async (api: ApiClient, q: string): Promise<string[]> =>
  (await api.list(`/v1/search?q=${encodeURIComponent(q)}`)).map(({ id, type }: AnswerBody) => `${type} ${id}`);

onEachBackend('the search box', (system) => {
  it('recognises what was typed, however it was copied', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const businessKey = `order:${given.code('key')}`;
    const recipients = [{ wecom: 'WangWu' }, { mobile: '13912345678' }];
    const body = template.message(given.text('found'), { businessKey, recipients });
    const { deliveries, id } = await api.sendAndSettle(body);
    const sent = deliveries.find(({ providerMsgId }: AnswerBody) => providerMsgId !== undefined);
    expect(await search(api, id.toUpperCase())).toEqual([`message ${id}`]);
    expect(await search(api, ` “${businessKey}” `)).toEqual([`business_key ${businessKey}`]);
    expect(await search(api, sent.providerMsgId)).toContain(`provider_msg ${id}`);
    expect(await search(api, `msgid:${sent.providerMsgId}`)).toEqual([`provider_msg ${id}`]);
    expect(await search(api, 'wangwu')).toEqual(['person wecom:wangwu']);
    expect(await search(api, '+86 139-1234-5678')).toEqual(['person mobile:13912345678']);
    expect(await search(api, 'ｗａｎｇｗｕ')).toEqual(['person wecom:wangwu']);
    expect((await search(api, template.code))[0]).toBe(`template ${template.code}`);
    expect(await search(api, `account:${template.account}`)).toContain(`account ${template.account}`);
    expect(await search(api, newId())).toEqual([]);
    expect(await search(api, '%')).toEqual([]);
  });

  it('finds a caller nothing of others, and no templates or accounts beyond its rights', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const businessKey = given.code('secret');
    const { id } = await api.sendAndSettle(
      template.message(given.text('own'), { businessKey, recipients: [{ wecom: 'secretary' }] }),
    );
    const stranger = await given.key();
    const limited = await given.key({ preset: 'viewer', templates: ['other-*'] });
    for (const q of [id, businessKey, 'secretary', template.account]) expect(await search(stranger, q)).toEqual([]);
    expect(await search(stranger, template.code)).toEqual([`template ${template.code}`]);
    expect(await search(limited, template.code)).toEqual([]);
    const own = await given.template('wecom-app');
    const mine = await stranger.send(own.message(given.text('own'), { recipients: [{ wecom: 'secretary' }] }));
    expect(await search(stranger, mine.id)).toEqual([`message ${mine.id}`]);
    expect(await search(stranger, 'secretary')).toEqual(['person wecom:secretary']);
  });
});

onEachBackend('refused requests', (system) => {
  it('are kept with code and pointer, without what they said', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app', { content: { kind: 'text', content: '{{text}} {{secret}}' } });
    const body = { template: template.code, recipients: ['lisi'], params: { text: 'salary 9000' } };
    const single = await api.post('/v1/messages', body);
    const batch = await api.post('/v1/messages/batch', {
      messages: [body, { ...body, params: { text: 'a', secret: 'b' } }],
    });
    await api.post('/v1/messages?dryRun=true', body);
    expect([single.status, batch.status]).toEqual([422, 200]);
    const path = `/v1/rejections?template=${template.code}`;
    const rows: AnswerBody[] = await waitFor(
      async () => {
        const found = await api.list(path);
        return found.length >= 2 ? found : undefined;
      },
      { what: 'the refused requests' },
    );
    expect(rows).toHaveLength(2);
    expect(rows.map(({ route }) => route).sort()).toEqual(['POST /v1/messages', 'POST /v1/messages/batch']);
    expect(rows.at(-1)).toMatchObject({
      code: single.body.code,
      status: 422,
      requestId: single.body.requestId,
      template: template.code,
      errors: [{ pointer: '/params/secret', code: 'missing_variable' }],
    });
    expect(JSON.stringify(rows)).not.toContain('salary');
    expect(await (await given.key()).list(path)).toEqual([]);
    const page = await api.read(`${path}&limit=1`);
    expect((await api.list(`${path}&cursor=${page.nextCursor}`)).map(({ id }: AnswerBody) => id)).toEqual([rows[1].id]);
  });
});

onEachBackend('an export', (system) => {
  it('is the list as CSV, safe from formulas, with mobiles masked', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const keys = ['=1+1', '@sum(a)', 'plain, "quoted"'].map((key) => `${key}${given.code('x')}`);
    for (const businessKey of keys) {
      const recipients = [{ mobile: '13712345678' }, { wecom: 'lisi' }];
      await api.sendAndSettle(template.message(given.text('csv'), { businessKey, recipients }));
    }
    const answer = await api.get(`/v1/messages/export?template=${template.code}`);
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['content-disposition']).toContain('messages.csv');
    const text = answer.text.replace(/^\uFEFF/, '');
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(rows.map((row) => row['businessKey'])).toEqual([keys[2], `'${keys[1]}`, `'${keys[0]}`]);
    expect(rows[0]).toMatchObject({ status: 'partial', firstRecipient: 'mobile:137****5678', sent: '1', invalid: '1' });
    expect((await (await given.key()).get('/v1/messages/export')).text.trim().split('\r\n')).toHaveLength(1);
    expect(await api.get('/v1/messages/export?colour=red')).toMatchObject({ status: 422 });
  });

  it('can be fetched once by a link without a key, as the key that asked for it', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const caller = await given.key();
    const body = template.message(given.text('link'), { recipients: [{ wecom: 'lisi' }] });
    const { id } = await caller.send(body);
    await api.send(template.message(given.text('link'), { recipients: [{ wecom: 'lisi' }] }));
    const made = await caller.post('/v1/downloads', { path: `/v1/messages/export?template=${template.code}` });
    expect(made).toMatchObject({ status: 201, headers: { location: made.body.url } });
    const rest = Date.parse(made.body.expiresAt) - Date.now();
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThanOrEqual(61_000);
    const nobody = api.as();
    const file = await nobody.get(made.body.url);
    expect(file.status).toBe(200);
    expect(
      file.text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ).toEqual([id]);
    expect(await nobody.get(made.body.url)).toMatchObject({ status: 404 });
    expect(await nobody.get('/v1/downloads/guess')).toMatchObject({ status: 404 });
  });

  it('is refused a link to anything else, and to a faulty query', async () => {
    const { api } = system();
    const post = (path: string) => api.post('/v1/downloads', { path });
    for (const path of ['/v1/api-keys', '//evil.example/v1/messages/export', '/v1/messages/export/../../accounts']) {
      expect(await post(path)).toMatchObject({ status: 422, body: { errors: [{ code: 'not_downloadable' }] } });
    }
    expect(await post('/v1/messages/export?status=green')).toMatchObject({
      status: 422,
      body: { errors: [{ parameter: 'status' }] },
    });
  });
});

onEachBackend('somebody of the directory', (system) => {
  it('is one person under every name, and to those only who may read the directory', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const person = {
      user: 'u-77',
      name: '赵六',
      mobile: '13700000077',
      identities: [{ family: 'wecom', providerUserId: 'ZhaoLiu' }],
    };
    await api.do('/v1/people', person);
    const caller = await given.key();
    const { id } = await caller.sendAndSettle(
      template.message(given.text('person'), { recipients: [{ wecom: 'ZhaoLiu' }] }),
    );
    expect(await search(api, '赵六')).toContain('person user:u-77');
    expect(await search(api, '137 0000 0077')).toContain('person user:u-77');
    for (const ref of ['user:u-77', 'mobile:13700000077', 'wecom:zhaoliu']) {
      const told = await api.read(`/v1/recipients/${ref}/explain`);
      expect(told).toMatchObject({ message: id, person: { user: 'u-77', name: '赵六', active: true } });
    }
    const own = await caller.read('/v1/recipients/wecom:zhaoliu/explain');
    expect(own).toMatchObject({ message: id });
    expect(JSON.stringify(own)).not.toMatch(/赵六|13700000077|u-77/u);
    expect(await api.read('/v1/recipients/user:nobody-at-all/explain')).toMatchObject({
      verdict: { code: 'unknown_person' },
    });
  });
});
