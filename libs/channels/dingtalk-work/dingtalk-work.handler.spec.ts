import { describe, expect, it } from '@jest/globals';
import type { Addressee, OutboundDelivery, SentDelivery } from '../channel.js';
import { makeCall, makeDelivery, TEST_NOW, TEST_TOKEN } from '../testing/provider-call.fixture.js';
import { answer, ScriptedProviderHttp } from '../testing/scripted-provider-http.js';
import { DingtalkWorkHandler } from './dingtalk-work.handler.js';

const handler = new DingtalkWorkHandler();
const account = { appKey: 'dingdemokey01', appSecret: 'demo-secret-01', agentId: 1000000001 };
const alice: Addressee = { type: 'user', id: 'u_alice' };
const bob: Addressee = { type: 'user', id: 'u_bob' };

const delivery = makeDelivery({
  content: { kind: 'text', content: 'Please file your weekly report before 18:00.' },
  addressees: [alice, bob],
});

const send = (http: ScriptedProviderHttp, overrides: Partial<OutboundDelivery> = {}) =>
  handler.send(makeCall(account, http), { ...delivery, ...overrides });

async function bodySent(overrides: Partial<OutboundDelivery>): Promise<unknown> {
  const http = new ScriptedProviderHttp(answer({ errcode: 0, task_id: 1 }));
  await send(http, overrides);
  return http.requests[0]?.body;
}

describe('sending a work message', () => {
  it('posts msg as an object to the listed users', async () => {
    const http = new ScriptedProviderHttp(
      answer({ errcode: 0, errmsg: 'ok', task_id: 256271660001, request_id: '4jzl' }),
    );
    await expect(send(http)).resolves.toEqual({ providerMsgId: '256271660001', refused: [], providerCode: '0' });
    expect(http.requests[0]).toEqual({
      method: 'POST',
      url: 'https://vendor.example/topapi/message/corpconversation/asyncsend_v2?access_token=' + TEST_TOKEN,
      headers: { 'content-type': 'application/json' },
      body:
        '{"agent_id":1000000001,"userid_list":"u_alice,u_bob",' +
        '"msg":{"msgtype":"text","text":{"content":"Please file your weekly report before 18:00."}}}',
    });
  });

  it('addresses departments and everybody without empty lists', async () => {
    const departments: Addressee[] = [
      { type: 'department', id: '101' },
      { type: 'department', id: '102' },
    ];
    expect(await bodySent({ addressees: departments })).toMatch(
      /^\{"agent_id":1000000001,"dept_id_list":"101,102","msg":/,
    );
    expect(await bodySent({ addressees: [{ type: 'all', id: '' }] })).toMatch(
      /^\{"agent_id":1000000001,"to_all_user":true,"msg":/,
    );
  });

  it('sends a markdown with title and text in the order of the vendor', async () => {
    const content = { kind: 'markdown', text: '# Done', title: 'Deploy finished' };
    expect(await bodySent({ content })).toContain(
      '"msg":{"msgtype":"markdown","markdown":{"title":"Deploy finished","text":"# Done"}}',
    );
  });

  it('keeps every digit of a task id', async () => {
    const http = new ScriptedProviderHttp(
      answer({ raw: '{"errcode":0,"task_id": 9223372036854775807,"errmsg":"\\"task_id\\":1"}' }),
    );
    await expect(send(http)).resolves.toMatchObject({ providerMsgId: '9223372036854775807' });
  });

  it('counts as sent without a task id', async () => {
    await expect(send(new ScriptedProviderHttp(answer({ errcode: 0 })))).resolves.toEqual({
      refused: [],
      providerCode: '0',
    });
  });

  it('names the only person addressed when the vendor refuses the recipients', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 88, sub_code: '60121', sub_msg: '找不到该用户' }));
    await expect(send(http, { addressees: [alice] })).rejects.toMatchObject({
      name: 'PermanentDeliveryError',
      reason: 'recipient_unknown',
      refused: [{ type: 'user', id: 'u_alice', reason: 'recipient_unknown', providerCode: '60121' }],
    });
  });

  it('names nobody of several, since the vendor does not say whom it means', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 88, sub_code: '60121', sub_msg: '找不到该用户' }));
    await expect(send(http)).rejects.toMatchObject({ reason: 'recipient_unknown', refused: [] });
  });

  it('names nobody when the vendor refuses the content', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 34016, errmsg: 'too long' }));
    await expect(send(http)).rejects.toMatchObject({ reason: 'content_too_long', refused: [] });
  });
});

describe('recalling a work message', () => {
  const sent: SentDelivery = { providerMsgId: '9223372036854775807', addressees: [alice], sentAt: TEST_NOW };
  const recall = (http: ScriptedProviderHttp, overrides: Partial<SentDelivery> = {}) =>
    handler.recall(makeCall(account, http), { ...sent, ...overrides });

  it('posts the task id as a number with every digit', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 0, errmsg: 'ok' }));
    await recall(http);
    expect(http.requests[0]).toMatchObject({
      url: 'https://vendor.example/topapi/message/corpconversation/recall?access_token=' + TEST_TOKEN,
      body: '{"agent_id":1000000001,"msg_task_id":9223372036854775807}',
    });
  });

  it('is rejected for good when the vendor does not know the task', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 400002, errmsg: '参数错误' }));
    await expect(recall(http)).rejects.toMatchObject({ name: 'PermanentDeliveryError', reason: 'recall_rejected' });
  });

  it('may be tried again when the vendor fails', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 500, errmsg: '系统异常' }));
    await expect(recall(http)).rejects.toMatchObject({ name: 'RetryableDeliveryError', reason: 'provider_error' });
  });

  it('calls nobody with an id that is no number', async () => {
    const http = new ScriptedProviderHttp();
    await expect(recall(http, { providerMsgId: '1,"x":2' })).rejects.toMatchObject({ reason: 'recall_no_provider_id' });
    expect(http.requests).toEqual([]);
  });
});
