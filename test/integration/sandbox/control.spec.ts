import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSandbox } from '../../../apps/sandbox/src/create-sandbox.js';
import { APP_SECRET, ROBOT_KEY, SandboxClient } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const robotText = (content = 'hello'): object => ({ msgtype: 'text', text: { content } });

describe('the record', () => {
  it('holds the request byte for byte, with masked credentials', async () => {
    const raw = '{ "msgtype":"text",\n "text":{"content":"a\\u00e9"} }';
    await client.sendWecomRobot(raw);
    const [entry] = await client.inbox();
    expect(entry).toMatchObject({
      endpoint: '/cgi-bin/webhook/send',
      request: {
        method: 'POST',
        query: { key: '***b0b1' },
        headers: { 'content-type': 'application/json' },
        body: { msgtype: 'text', text: { content: 'aé' } },
        rawBody: raw,
      },
    });
  });

  it('lists every call with its answer and shows no secret anywhere', async () => {
    const token = await client.wecomToken();
    await client.post('/v1.0/oauth2/accessToken', { appKey: 'dingsandboxkey01', appSecret: 'sandbox-secret-work-01' });
    await client.sendWecomRobot({});
    const requests = await client.list('/_sandbox/requests');
    expect(requests.map(({ endpoint, account, answer }) => [endpoint, account, answer])).toMatchObject([
      ['/cgi-bin/webhook/send', 'b0b1', { status: 200, body: { errcode: 40008 } }],
      ['/v1.0/oauth2/accessToken', 'dingsandboxkey01:1000000001', { status: 200 }],
      ['/cgi-bin/gettoken', 'wwsandbox00000001:1000002', { status: 200, body: { errcode: 0 } }],
    ]);
    const shown = JSON.stringify(requests);
    for (const secret of [token, APP_SECRET, 'sandbox-secret-work-01', ROBOT_KEY]) expect(shown).not.toContain(secret);
  });

  it('counts calls per endpoint', async () => {
    await client.wecomToken();
    await client.sendWecomRobot(robotText());
    await client.sendWecomRobot({});
    await client.get('/nothing');
    expect((await client.get('/_sandbox/counters')).body).toEqual({
      '/cgi-bin/gettoken': 1,
      '/cgi-bin/webhook/send': 2,
      unknown: 1,
    });
  });

  it('gives as many entries as asked for, newest first', async () => {
    for (const content of ['1', '2', '3']) await client.sendWecomRobot(robotText(content));
    const entries = await client.inbox('?limit=2');
    expect(entries.map(({ id }) => Number(id))).toEqual([expect.any(Number), Number(entries[0]?.['id']) - 1]);
    expect((await client.get('/_sandbox/inbox?limit=0')).status).toBe(400);
  });
});

describe('the switches', () => {
  it('move the clock forward', async () => {
    const { body } = await client.post('/_sandbox/clock', { advanceMs: 3_600_000 });
    expect(body['offsetMs']).toBe(3_600_000);
    expect(Date.parse(String(body['now'])) - Date.now()).toBeGreaterThan(3_590_000);
    expect((await client.post('/_sandbox/clock', { advanceMs: -1 })).status).toBe(400);
  });

  it('revoke one app or all', async () => {
    await client.wecomToken();
    await client.dingToken();
    const one = await client.post('/_sandbox/tokens/revoke', { account: 'dingsandboxkey01:1000000001' });
    expect(one.body).toEqual({ revoked: 1 });
    expect((await client.post('/_sandbox/tokens/revoke')).body).toEqual({ revoked: 1 });
  });

  it('add members, but never ghosts', async () => {
    const { body } = await client.post('/_sandbox/people', { ids: ['Chen.Wei', 'ghost9'], prefix: 'load-', count: 3 });
    expect(body['added']).toBe(4);
    const answer = await client.sendWecom({
      touser: 'chen.wei|load-3|ghost9',
      msgtype: 'text',
      agentid: 1000002,
      text: { content: 'a' },
    });
    expect(answer.body['invaliduser']).toBe('ghost9');
    expect((await client.inbox())[0]?.['recipients']).toEqual(['Chen.Wei', 'load-3']);
  });

  it('turn the rate limits off for load tests', async () => {
    await client.post('/_sandbox/limits', { enforced: false });
    const codes = await Promise.all(Array.from({ length: 25 }, () => client.sendWecomRobot(robotText())));
    expect(codes.every(({ body }) => body['errcode'] === 0)).toBe(true);
    await client.reset();
    expect((await client.get('/_sandbox/limits')).body).toEqual({ enforced: true });
  });

  it('bring everything back to the start', async () => {
    await client.wecomToken();
    for (let n = 0; n < 21; n += 1) await client.sendWecomRobot(robotText());
    await client.advance(1000);
    await client.post('/_sandbox/faults', { action: { type: 'hang' } });
    await client.reset();
    expect(await client.inbox()).toEqual([]);
    expect(await client.list('/_sandbox/faults')).toEqual([]);
    expect((await client.get('/_sandbox/counters')).body).toEqual({});
    expect((await client.get('/_sandbox/clock')).body['offsetMs']).toBe(0);
    expect((await client.sendWecomRobot(robotText())).body['errcode']).toBe(0);
  });

  it('refuse what is no JSON object', async () => {
    expect((await client.post('/_sandbox/clock', '[')).body).toMatchObject({ error: 'malformed_json' });
  });
});

it('says so when its port is taken', async () => {
  const port = Number(new URL(client.url).port);
  await expect(createSandbox({ port, host: '127.0.0.1' })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

describe('the inbox page', () => {
  const page = async (language: string, path = '/'): Promise<string> =>
    (await fetch(client.url + path, { headers: { 'accept-language': language } })).text();

  it('shows messages with recipients, dropped people and recalls, in the language of the browser', async () => {
    const { body } = await client.sendWecom({
      touser: 'zhangsan|ghost01',
      msgtype: 'markdown',
      agentid: 1000002,
      markdown: { content: '**磁盘告警** <font color="warning">93%</font>' },
    });
    await client.post(`/cgi-bin/message/recall?access_token=${await client.wecomToken()}`, { msgid: body['msgid'] });
    const chinese = await page('zh-CN,zh;q=0.9');
    for (const part of [
      '沙箱收件箱',
      '企业微信应用',
      'zhangsan',
      'ghost01',
      '已撤回',
      '<b>磁盘告警</b>',
      'tone-warning',
    ]) {
      expect(chinese).toContain(part);
    }
    expect(await page('en-GB')).toContain('Sandbox inbox');
  });

  it('filters by recipient and channel', async () => {
    await client.sendWecomRobot(robotText('for the group'));
    expect(await page('en', '/?channel=wecom-robot')).toContain('for the group');
    expect(await page('en', '/_sandbox/page/feed?recipient=lisi')).not.toContain('for the group');
  });

  it('never turns message text into markup, and forbids foreign scripts', async () => {
    await client.sendWecomRobot(robotText('<img src=x onerror=alert(1)><script>alert(2)</script>'));
    const answer = await fetch(client.url);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    const markup = await answer.text();
    expect(markup).not.toContain('<img');
    expect(markup).not.toContain('<script>alert');
  });

  it('brings its own script and style', async () => {
    expect(await page('en', '/_sandbox/page/refresh.js')).toContain('/_sandbox/page/feed');
    expect(await page('en', '/_sandbox/page/style.css')).toContain('.bubble');
    expect((await fetch(`${client.url}/favicon.ico`)).status).toBe(204);
  });
});
