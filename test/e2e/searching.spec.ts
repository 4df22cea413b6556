import { request as httpRequest } from 'node:http';
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
    const recipients = [{ wecom: 'LiMing' }, { mobile: '13912345678' }];
    const body = template.message(given.text('found'), { businessKey, recipients });
    const { deliveries, id } = await api.sendAndSettle(body);
    const sent = deliveries.find(({ status }: AnswerBody) => status === 'sent');
    expect(await search(api, id.toUpperCase())).toEqual([`message ${id}`]);
    expect(await search(api, ` “${businessKey}” `)).toEqual([`business_key ${businessKey}`]);
    expect(await search(api, sent.providerMsgId)).toContain(`provider_msg ${id}`);
    expect(await search(api, `msgid:${sent.providerMsgId}`)).toEqual([`provider_msg ${id}`]);
    expect(await search(api, 'liming')).toEqual(['person wecom:liming']);
    expect(await search(api, '+86 139-1234-5678')).toEqual(['person mobile:13912345678']);
    expect(await search(api, 'ｌｉｍｉｎｇ')).toEqual(['person wecom:liming']);
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

  it('reads no further once its reader has gone', async () => {
    const { api, database, given } = system();
    const template = await given.template('wecom-app');
    const { id } = await api.sendAndSettle(template.message(given.text('many'), { recipients: [{ wecom: 'lisi' }] }));
    // Enough for many pages: more than any socket holds.
    await database.query(
      `INSERT INTO message SELECT (json_populate_record(m, json_build_object(
         'id', lpad(to_hex(n), 8, '0') || substr(m.id::text, 9), 'business_key', repeat('k', 190)))).*
       FROM message m, generate_series(1, 30000) n WHERE m.id = $1`,
      [id],
    );
    const { key } = await given.newKey({ preset: 'viewer', caller: await given.caller() });
    const url = `${system().apiUrl}/v1/messages/export?createdAfter=1970-01-01T00:00:00Z`;
    await new Promise<void>((resolve, reject) => {
      const request = httpRequest(url, { headers: { authorization: `Bearer ${key}` } }, (response) => {
        response.once('data', () => {
          response.destroy();
          resolve();
        });
      });
      request.on('error', reject).end();
    });
    const exporting = async (): Promise<number> => {
      const rows = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'active' AND query LIKE 'WITH page AS%'`,
      );
      return rows[0]?.n ?? 0;
    };
    await waitFor(async () => (await exporting()) === 0, { what: 'the end of the export' });
    expect((await api.get('/health/live')).status).toBe(200);
  });
});
