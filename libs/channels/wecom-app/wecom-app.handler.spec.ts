import { describe, expect, it } from '@jest/globals';
import { PermanentDeliveryError, TokenRejectedError, type JsonObject } from '#libs/core';
import type { Addressee } from '../channel.js';
import type { Content } from '../content.js';
import { makeCall, makeDelivery, TEST_NOW } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from '../testing/scripted-provider-http.js';
import { WecomAppHandler } from './wecom-app.handler.js';

const account = { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret: 's3cr3t-of-app-1000012', agentId: 1000012 };
const handler = new WecomAppHandler();

const user = (id: string): Addressee => ({ type: 'user', id });
const department = (id: string): Addressee => ({ type: 'department', id });
const tag = (id: string): Addressee => ({ type: 'tag', id });

const bodyText = (content: Content, addressees: readonly Addressee[], options: JsonObject = {}): string =>
  JSON.stringify(handler.buildBody(makeDelivery({ content, addressees, options }), account));

describe('the body of an app message', () => {
  it('is byte for byte the example of a text with options', () => {
    const content = { kind: 'text', content: '出库单 CK-20260801 已完成' };
    const addressees = [user('chenwei'), department('12'), user('liu.fang'), department('999999')];
    const options = { duplicate_check_interval: 600, enable_duplicate_check: 1, enable_id_trans: 0, safe: 0 };
    expect(bodyText(content, addressees, options)).toBe(
      '{"touser":"chenwei|liu.fang","toparty":"12|999999","msgtype":"text","agentid":1000012,' +
        '"text":{"content":"出库单 CK-20260801 已完成"},' +
        '"safe":0,"enable_id_trans":0,"enable_duplicate_check":1,"duplicate_check_interval":600}',
    );
  });

  it.each([
    ['asks for the duplicate check when it is to', {}, '"enable_duplicate_check":1,"duplicate_check_interval":300}'],
    ['does not when the route says no', { enable_duplicate_check: 0 }, '"enable_duplicate_check":0}'],
    [
      'does as the route says',
      { enable_duplicate_check: 1, duplicate_check_interval: 60 },
      '"enable_duplicate_check":1,"duplicate_check_interval":60}',
    ],
    [
      'leaves alone what the route says of the interval',
      { duplicate_check_interval: 60 },
      '"duplicate_check_interval":60}',
    ],
  ] as [string, JsonObject, string][])('%s', (_what, options, end) => {
    const content = { kind: 'text', content: 'x' };
    const delivery = makeDelivery({ content, addressees: [user('chenwei')], options, repeatCheckSeconds: 300 });
    const body = JSON.stringify(handler.buildBody(delivery, account));
    expect(body).toBe(`{"touser":"chenwei","msgtype":"text","agentid":1000012,"text":{"content":"x"},${end}`);
  });

  it('adds nothing when the duplicate check is off', () => {
    const content = { kind: 'text', content: 'x' };
    const delivery = makeDelivery({ content, addressees: [user('chenwei')], repeatCheckSeconds: 0 });
    expect(JSON.stringify(handler.buildBody(delivery, account))).not.toContain('duplicate');
  });

  it('is byte for byte the example of a text card, however the template was stored', () => {
    const stored = { url: 'https://oa.example.com/8841', title: '待审批', btntxt: '去审批', description: '陈伟' };
    expect(bodyText({ kind: 'textcard', ...stored }, [user('liu.fang')], { enable_id_trans: 0 })).toBe(
      '{"touser":"liu.fang","msgtype":"textcard","agentid":1000012,"textcard":{"title":"待审批","description":"陈伟",' +
        '"url":"https://oa.example.com/8841","btntxt":"去审批"},"enable_id_trans":0}',
    );
  });

  it('is byte for byte the example of a markdown', () => {
    expect(bodyText({ kind: 'markdown', content: '**磁盘告警**' }, [user('chenwei')])).toBe(
      '{"touser":"chenwei","msgtype":"markdown","agentid":1000012,"markdown":{"content":"**磁盘告警**"}}',
    );
  });

  it('to everybody names nobody else', () => {
    const addressees: Addressee[] = [user('chenwei'), { type: 'all', id: '' }];
    expect(bodyText({ kind: 'text', content: '维护' }, addressees)).toBe(
      '{"touser":"@all","msgtype":"text","agentid":1000012,"text":{"content":"维护"}}',
    );
  });

  it('to tags and departments has no empty list of users', () => {
    expect(
      handler.buildBody(makeDelivery({ content: { kind: 'text', content: 'a' }, addressees: [tag('7')] }), account),
    ).toEqual({ totag: '7', msgtype: 'text', agentid: 1000012, text: { content: 'a' } });
  });

  it.each(['@all', '@ALL'])('is never built for a person called %s', (id) => {
    expect(() => bodyText({ kind: 'text', content: 'a' }, [user(id)])).toThrow(PermanentDeliveryError);
  });
});

describe('a mini program notice', () => {
  const notice = { kind: 'miniprogram_notice', appid: 'wx01', title: '会议室预定' };

  it('travels without agent id', () => {
    expect(bodyText(notice, [user('chenwei')])).toBe(
      '{"touser":"chenwei","msgtype":"miniprogram_notice","miniprogram_notice":{"appid":"wx01","title":"会议室预定"}}',
    );
  });

  it('never goes to everybody', () => {
    expect(() => bodyText(notice, [{ type: 'all', id: '' }])).toThrow(
      expect.objectContaining({ reason: 'kind_unsupported' }),
    );
  });
});

describe('sending an app message', () => {
  const send = async (reply: JsonObject, addressees: readonly Addressee[] = [user('chenwei')]) => {
    const http = new ScriptedProviderHttp(answer(reply));
    const delivery = makeDelivery({ content: { kind: 'text', content: 'a' }, addressees });
    const receipt = await handler.send(makeCall(account, http, { token: 'to/ken+1' }), delivery);
    return { receipt, request: http.requests[0] };
  };

  it('posts JSON with the token in the query and nowhere else', async () => {
    const { request } = await send({ errcode: 0, errmsg: 'ok', msgid: 'm-1' });
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://vendor.example/cgi-bin/message/send?access_token=to%2Fken%2B1',
      headers: { 'content-type': 'application/json' },
    });
    expect(request?.body).not.toContain('to/ken');
  });

  it('keeps message id and card code, and copes with empty lists', async () => {
    const { receipt } = await send({
      errcode: 0,
      errmsg: 'ok',
      invaliduser: '',
      invalidparty: '',
      invalidtag: '',
      msgid: 'mQv3-text-0002',
      response_code: 'rc-text-0001',
    });
    expect(receipt).toEqual({
      providerMsgId: 'mQv3-text-0002',
      responseCode: 'rc-text-0001',
      refused: [],
      providerCode: '0',
    });
  });

  it('drops a message id that cannot be one', async () => {
    const { receipt } = await send({ errcode: 0, errmsg: 'ok', msgid: 'x'.repeat(10_000) });
    expect(receipt.providerMsgId).toBeUndefined();
  });

  it('maps refused ids back whatever their case, and ignores ids that were not asked for', async () => {
    const { receipt } = await send({ errcode: 0, invaliduser: 'ghost01| zoe |stranger', msgid: 'm' }, [
      user('Ghost01'),
      user('ZOE'),
      user('chenwei'),
    ]);
    expect(receipt.refused).toEqual([
      { addressee: user('Ghost01'), reason: 'recipient_unknown', providerCode: 'invaliduser' },
      { addressee: user('ZOE'), reason: 'recipient_unknown', providerCode: 'invaliduser' },
    ]);
  });

  it('gives a single refused addressee its own reason', async () => {
    await expect(send({ errcode: 81013, errmsg: 'all invalid' }, [department('999')])).rejects.toMatchObject({
      reason: 'department_unknown',
      refused: [{ type: 'department', id: '999', reason: 'department_unknown', providerCode: '81013' }],
    });
  });

  it('names the addressee when a code speaks of the only one', async () => {
    await expect(send({ errcode: 701099, errmsg: 'no licence' })).rejects.toMatchObject({
      reason: 'no_license',
      refused: [{ type: 'user', id: 'chenwei', reason: 'no_license' }],
    });
  });

  it('does not blame several addressees for a code that means one of them', async () => {
    await expect(send({ errcode: 301021, errmsg: 'absent' }, [user('a'), user('b')])).rejects.toMatchObject({
      reason: 'recipient_unknown',
      refused: [],
    });
  });

  it.each([40001, 40014, 41001, 42001])('asks for a new token at %d', async (errcode) => {
    await expect(send({ errcode, errmsg: 'token' })).rejects.toBeInstanceOf(TokenRejectedError);
  });

  it.each([
    [45009, 60_000],
    [45033, 2000],
    [45036, 60_000],
  ])('waits as long as the vendor blocks at %d', async (errcode, retryAfterMs) => {
    await expect(send({ errcode, errmsg: 'limit' })).rejects.toMatchObject({ retryAfterMs, scope: 'account' });
  });

  it('tells the text of a refusal, what to do about it, and apart from both our address', async () => {
    const errmsg =
      'not allow to access from your ip, hint: [1760000003111222333], from ip: 198.51.100.9, more info at https://open.work.weixin.qq.com/devtool/query?e=60020';
    await expect(send({ errcode: 60020, errmsg })).rejects.toMatchObject({
      name: 'CredentialError',
      reason: 'ip_not_trusted',
      provider: {
        name: 'wecom',
        code: '60020',
        message: 'not allow to access from your ip',
        hint: { en: expect.stringContaining('trusted IPs') },
        supportId: '1760000003111222333',
        callerIp: '198.51.100.9',
      },
    });
  });
});

describe('recalling an app message', () => {
  const recall = async (reply: JsonObject): Promise<ScriptedProviderHttp> => {
    const http = new ScriptedProviderHttp(answer(reply));
    await handler.recall(makeCall(account, http), { providerMsgId: 'm-1', addressees: [], sentAt: TEST_NOW });
    return http;
  };

  it('names the message', async () => {
    const { requests } = await recall({ errcode: 0, errmsg: 'ok' });
    expect(requests[0]?.url).toContain('/cgi-bin/message/recall?access_token=');
    expect(requests[0]?.body).toBe('{"msgid":"m-1"}');
  });

  it('comes too late after a day', async () => {
    await expect(recall({ errcode: 42052, errmsg: 'msgid expired' })).rejects.toMatchObject({
      reason: 'recall_window_closed',
    });
  });
});
