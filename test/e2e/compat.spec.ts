import { createHmac } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { waitFor } from '#libs/testing';
import type { Answer, AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

/** A tool that knows its vendor and nothing else. */
function toolOf({ api }: System) {
  const stranger = api.as();
  const query = (values: Record<string, string>): string => new URLSearchParams(values).toString();
  return {
    gettoken: (corpid: string, corpsecret: string): Promise<Answer> =>
      stranger.get(`/compat/wecom/cgi-bin/gettoken?${query({ corpid, corpsecret })}`),
    appSend: (token: string, body: unknown): Promise<Answer> =>
      stranger.post(`/compat/wecom/cgi-bin/message/send?${query({ access_token: token })}`, body),
    groupSend: (key: string, body: unknown): Promise<Answer> =>
      stranger.post(`/compat/wecom/cgi-bin/webhook/send?${query({ key })}`, body),
    robotSend: (values: Record<string, string>, body: unknown): Promise<Answer> =>
      stranger.post(`/compat/dingtalk/robot/send?${query(values)}`, body),
  };
}

/** Calls of robots are answered without an id: what they sent is found at the vendor. */
function arrived({ sandbox }: System, content: string): Promise<AnswerBody> {
  const found = async (): Promise<AnswerBody> => (await sandbox.inbox(content))[0];
  return waitFor(found, { deadlineMs: 15_000, intervalMs: 50, what: `the arrival of "${content}"` });
}

const text = (content: string, rest: JsonObject = {}): JsonObject => ({ msgtype: 'text', text: { content }, ...rest });

async function keyFor(system: System, accounts: string[], changes: JsonObject = {}): Promise<string> {
  const { given } = system;
  const created = await given.newKey({ preset: 'caller', caller: await given.caller(), accounts, ...changes });
  return created.key;
}

onEachBackend('a tool that speaks the form of a vendor', (system) => {
  it('logs in with a key of ours, sends through an app and finds its message in the log', async () => {
    const { api, given, sandbox } = system();
    const account = await given.account('wecom-app');
    const tool = toolOf(system());
    const { body: login } = await tool.gettoken(account, await keyFor(system(), [account]));
    expect(login).toEqual({ errcode: 0, errmsg: 'ok', access_token: expect.stringMatching(/^hyt_/), expires_in: 7200 });
    const content = given.text('磁盘已满 {{not a variable}}');
    const sent = await tool.appSend(
      login.access_token,
      text(content, { touser: 'zhangsan|lisi|zhangsan', agentid: '1000002', safe: '0', markdown: { content: 'x' } }),
    );
    expect(sent).toMatchObject({ status: 200, body: { errcode: 0, errmsg: 'ok', invaliduser: '' } });
    const message = await api.settled(sent.body.msgid);
    expect(message).toMatchObject({ status: 'sent', template: null, counts: { sent: 2 } });
    expect(message.metadata).toEqual({ endpoint: '/compat/wecom/cgi-bin/message/send' });
    expect((await sandbox.only(content)).recipients).toEqual(['zhangsan', 'lisi']);
    expect(JSON.stringify(await api.read(`/v1/messages/${message.id}/content`))).toContain('{{not a variable}}');
  });

  it("logs in with the vendor's own secret where the account allows it", async () => {
    const { given, sandbox, api } = system();
    const tool = toolOf(system());
    const config = { corpId: 'wwsandbox00000001', corpSecret: 'sandbox-secret-app-1000002' };
    expect((await tool.gettoken(config.corpId, config.corpSecret)).body.errcode).toBe(40001);
    const account = await given.account('wecom-app', { compat: true });
    const { body: login } = await tool.gettoken(config.corpId, config.corpSecret);
    const content = given.text('own secret');
    const { body } = await tool.appSend(login.access_token, text(content, { touser: '@all' }));
    expect(await api.settled(body.msgid)).toMatchObject({ status: 'sent', deliveries: [{ account }] });
    expect(await sandbox.inbox(content)).toHaveLength(1);
    // Other secrets of the account open nothing.
    expect((await tool.gettoken(account, 'sandboxCallbackToken1000002')).body.errcode).toBe(40001);
    const { config: _config, ...rest } = await api.read(`/v1/accounts/${account}`);
    const { code, name, channel, limits, baseUrl } = rest;
    const stored = (await api.read(`/v1/accounts/${account}`)).config;
    await api.put(`/v1/accounts/${account}`, { code, name, channel, limits, baseUrl, config: stored, compat: false });
    expect((await tool.appSend(login.access_token, text('x', { touser: 'lisi' }))).body.errcode).toBe(42001);
  });

  it('is told in the form of its vendor what is wrong', async () => {
    const { given } = system();
    const account = await given.account('wecom-app');
    const key = await keyFor(system(), [account]);
    const tool = toolOf(system());
    const { access_token: token } = (await tool.gettoken(account, key)).body;
    const code = async (answer: Promise<Answer>): Promise<number> => {
      const { body, status } = await answer;
      expect(status).toBe(200);
      return body.errcode;
    };
    expect(await code(tool.gettoken('', key))).toBe(41002);
    expect(await code(tool.gettoken(account, ''))).toBe(41004);
    expect(await code(tool.gettoken('nobody', key))).toBe(40013);
    expect(await code(tool.gettoken(account, 'hy_wrong'))).toBe(40001);
    expect(await code(tool.appSend('', text('x')))).toBe(41001);
    expect(await code(tool.appSend('made-up', text('x')))).toBe(40014);
    expect(await code(tool.appSend(`hyt_${'x'.repeat(43)}`, text('x')))).toBe(42001);
    expect(await code(tool.appSend(token, '{"half'))).toBe(40058);
    expect(await code(tool.appSend(token, { msgtype: 'telegram' }))).toBe(40008);
    expect(await code(tool.appSend(token, text('x')))).toBe(81012);
    expect(await code(tool.appSend(token, text('x', { touser: 'lisi', agentid: 7 })))).toBe(301002);
    expect(await code(tool.appSend(token, text('', { touser: 'lisi' })))).toBe(40058);
    expect(await code(tool.appSend(token, text('x', { toparty: '2' })))).toBe(40058);
    const templates = await keyFor(system(), [account], { templates: ['order-*'] });
    expect(await code(tool.gettoken(account, templates))).toBe(48002);
  });

  it('loses its token together with its key', async () => {
    const { api, given } = system();
    const account = await given.account('wecom-app');
    const created = await given.newKey({ preset: 'caller', caller: await given.caller(), accounts: [account] });
    const tool = toolOf(system());
    const { access_token: token } = (await tool.gettoken(account, created.key)).body;
    await api.delete(`/v1/api-keys/${created.id}`);
    const { body } = await tool.appSend(token, text('x', { touser: 'lisi' }));
    expect(body.errcode).toBe(42001);
    const rows = await system().database.query<{ found: boolean }>(
      `SELECT bool_or(position($1 in t::text) > 0) AS found FROM compat_token t`,
      [token],
    );
    expect(rows[0]?.found).toBe(false);
  });

  it('sends to a WeCom group with a key for one account, or with the key of the robot', async () => {
    const { given } = system();
    const webhook = '5a4d0000-0000-4000-8000-00000000b0b1';
    const plain = await given.account('wecom-robot');
    const tool = toolOf(system());
    const content = given.text('group');
    expect((await tool.groupSend(webhook, text(content))).body.errcode).toBe(93000);
    expect((await tool.groupSend(await keyFor(system(), [plain, 'other-*']), text(content))).body.errcode).toBe(0);
    await arrived(system(), content);
    const two = [plain, await given.account('wecom-robot')];
    expect((await tool.groupSend(await keyFor(system(), two), text(content))).body.errcode).toBe(93000);
    await given.account('wecom-robot', { compat: true });
    const markdown = given.text('by its own key');
    const { body } = await tool.groupSend(webhook, { msgtype: 'markdown', markdown: { content: markdown } });
    expect(body).toEqual({ errcode: 0, errmsg: 'ok' });
    await arrived(system(), markdown);
  });

  it('sends to a DingTalk group, signed or not, and once for one msgUuid', async () => {
    const { given, sandbox } = system();
    const account = await given.account('dingtalk-robot');
    const key = await keyFor(system(), [account]);
    const tool = toolOf(system());
    const secret = 'SECsandbox000000000000000000000000000000000000000000000000000000001';
    const timestamp = String(Date.now());
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    const content = given.text('ding');
    const body = text(content, { msgUuid: 'u-1', at: { atMobiles: ['13800001111'], isAtAll: 'false' } });
    const signed = { access_token: key, timestamp, sign };
    expect((await tool.robotSend(signed, body)).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect((await tool.robotSend(signed, body)).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(JSON.stringify(await arrived(system(), content))).toContain('@13800001111');
    expect(await system().rows('idempotency_key')).toBe(1);
    await sandbox.only(content);
    expect((await tool.robotSend({ ...signed, sign: 'wrong' }, body)).body.errcode).toBe(310000);
    expect((await tool.robotSend({ ...signed, timestamp: '1' }, body)).body.errcode).toBe(310000);
    expect((await tool.robotSend({ access_token: 'nobody' }, body)).body.errcode).toBe(300005);
    expect((await tool.robotSend({ access_token: key }, { msgtype: 'fax' })).body.errcode).toBe(400105);
  });

  it('waits for its turn when it guesses credentials', async () => {
    const tool = toolOf(system());
    const codes: number[] = [];
    for (let tries = 0; tries < 45; tries += 1) codes.push((await tool.groupSend('guess', text('x'))).body.errcode);
    expect(codes.at(-1)).toBe(45009);
  });
});
