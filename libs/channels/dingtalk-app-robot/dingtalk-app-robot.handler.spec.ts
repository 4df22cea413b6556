import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { Addressee, SentDelivery } from '../channel.js';
import type { ProviderResponse } from '../provider-http.js';
import { TEST_NOW, TEST_TOKEN, makeCall, makeDelivery } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from '../testing/scripted-provider-http.js';
import { checkAppRobotAccount } from './dingtalk-app-robot.check.js';
import { DingtalkAppRobotHandler } from './dingtalk-app-robot.handler.js';

const handler = new DingtalkAppRobotHandler();
const account = { appKey: 'dingdemokey01', appSecret: 'demo-secret-01', robotCode: 'dingdemorobot01' };
const groupAccount = { ...account, openConversationId: 'cidDemoGroup01==' };
const [alice, gone, busy] = ['u_alice', 'u_gone', 'u_busy'].map((id): Addressee => ({ type: 'user', id })) as [
  Addressee,
  Addressee,
  Addressee,
];
const content = { kind: 'sampleText', content: 'Build 118 passed' };

function send(response: ProviderResponse, addressees: readonly Addressee[], through: typeof account = account) {
  const http = new ScriptedProviderHttp(response);
  return { http, receipt: handler.send(makeCall(through, http), makeDelivery({ content, addressees })) };
}

describe('sending as an app robot', () => {
  it('goes to persons with the token in the header, on the host of the newer API', async () => {
    const { http, receipt } = send(answer({ processQueryKey: 'oDemoQueryKey0001' }), [alice, gone]);
    await expect(receipt).resolves.toEqual({
      providerMsgId: 'oDemoQueryKey0001',
      refused: [],
      providerCode: '200',
    });
    expect(http.requests).toEqual([
      {
        method: 'POST',
        url: 'https://v1.vendor.example/v1.0/robot/oToMessages/batchSend',
        headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': TEST_TOKEN },
        body:
          '{"robotCode":"dingdemorobot01","userIds":["u_alice","u_gone"],"msgKey":"sampleText",' +
          '"msgParam":"{\\"content\\":\\"Build 118 passed\\"}"}',
      },
    ]);
  });

  it('goes to the group of the account when it has no recipients', async () => {
    const { http, receipt } = send(answer({ processQueryKey: 'gDemoQueryKey0001' }), [], groupAccount);
    await expect(receipt).resolves.toMatchObject({ providerMsgId: 'gDemoQueryKey0001', refused: [] });
    expect(http.requests[0]).toMatchObject({
      url: 'https://v1.vendor.example/v1.0/robot/groupMessages/send',
      body:
        '{"robotCode":"dingdemorobot01","openConversationId":"cidDemoGroup01==","msgKey":"sampleText",' +
        '"msgParam":"{\\"content\\":\\"Build 118 passed\\"}"}',
    });
  });

  it('calls nobody without recipients when the account names no group', async () => {
    const { http, receipt } = send(answer({}), []);
    await expect(receipt).rejects.toMatchObject({ name: 'PermanentDeliveryError', reason: 'no_route' });
    expect(http.requests).toEqual([]);
  });

  it('reports the people whom an accepted message left out', async () => {
    const body = {
      processQueryKey: 'oDemoQueryKey0001',
      invalidStaffIdList: ['u_gone', 'u_stranger'],
      flowControlledStaffIdList: ['u_busy'],
    };
    await expect(send(answer(body), [alice, gone, busy]).receipt).resolves.toMatchObject({
      refused: [
        { addressee: gone, reason: 'recipient_unknown', providerCode: 'invalidStaffIdList' },
        { addressee: busy, reason: 'would_be_dropped', providerCode: 'flowControlledStaffIdList' },
      ],
    });
  });

  it('names the only person addressed when the vendor refuses the recipients', async () => {
    const refusal = answer({ code: 'staffId.notExisted', message: 'no' }, 400);
    await expect(send(refusal, [alice]).receipt).rejects.toMatchObject({
      reason: 'recipient_unknown',
      refused: [{ id: 'u_alice', providerCode: 'staffId.notExisted' }],
    });
    await expect(send(refusal, [alice, gone]).receipt).rejects.toMatchObject({ refused: [] });
  });

  it('is unclear when the vendor itself does not know', async () => {
    const unknown = answer({ code: 'unknown.send.result', message: '' }, 400);
    await expect(send(unknown, [alice]).receipt).rejects.toMatchObject({ name: 'AmbiguousDeliveryError' });
  });
});

describe('recalling as an app robot', () => {
  const KEY = 'oDemoQueryKey0001';
  const recall = (body: JsonObject, sent: Partial<SentDelivery> = {}, through: typeof account = account) => {
    const http = new ScriptedProviderHttp(answer(body));
    const delivery = { providerMsgId: KEY, addressees: [alice], sentAt: TEST_NOW, ...sent };
    return { http, done: handler.recall(makeCall(through, http), delivery) };
  };
  const confirmed = { successResult: [KEY], failedResult: {} };

  it('takes one-to-one messages back under the path with the lower-case name', async () => {
    const { done, http } = recall(confirmed, {}, groupAccount);
    await done;
    expect(http.requests[0]).toMatchObject({
      url: 'https://v1.vendor.example/v1.0/robot/otoMessages/batchRecall',
      body: `{"robotCode":"dingdemorobot01","processQueryKeys":["${KEY}"]}`,
    });
  });

  it('takes a group message back from its group', async () => {
    const { done, http } = recall(confirmed, { addressees: [] }, groupAccount);
    await done;
    expect(http.requests[0]).toMatchObject({
      url: 'https://v1.vendor.example/v1.0/robot/groupMessages/recall',
      body: `{"robotCode":"dingdemorobot01","openConversationId":"cidDemoGroup01==","processQueryKeys":["${KEY}"]}`,
    });
  });

  it.each([
    ['the vendor failed', { successResult: [], failedResult: { [KEY]: 'SYSTEM_ERROR' } }, 'RetryableDeliveryError'],
    ['the vendor refuses', { successResult: [], failedResult: { [KEY]: 'NOT_ALLOWED' } }, 'PermanentDeliveryError'],
    ['the answer is about another message', { successResult: ['other'] }, 'AmbiguousDeliveryError'],
    ['the answer says nothing', {}, 'AmbiguousDeliveryError'],
  ])('is not claimed when %s', async (_name, body, name) => {
    await expect(recall(body).done).rejects.toMatchObject({ name });
  });
});

describe('checking the account of an app robot', () => {
  const token = answer({ accessToken: 't-4711', expireIn: 7200 });
  const check = (...answers: ProviderResponse[]) => {
    const http = new ScriptedProviderHttp(...answers);
    return { http, findings: checkAppRobotAccount(makeCall(account, http)) };
  };

  it('is in order when the vendor only misses the made-up message', async () => {
    const { findings, http } = check(token, answer({ code: 'invalid.processQueryKey', message: '' }, 400));
    await expect(findings).resolves.toMatchObject([
      { check: 'credentials', ok: true },
      { check: 'api_access', ok: true },
    ]);
    expect(http.requests[1]).toEqual({
      method: 'GET',
      url: 'https://v1.vendor.example/v1.0/robot/oToMessages/readStatus?robotCode=dingdemorobot01&processQueryKey=none',
      headers: { 'x-acs-dingtalk-access-token': 't-4711' },
    });
  });

  it('finds a wrong secret and an unknown robot', async () => {
    const wrong = answer({ code: 'invalidClientIdOrSecret', message: '' }, 400);
    await expect(check(wrong).findings).resolves.toMatchObject([{ check: 'credentials', ok: false }]);
    const unknown = answer({ code: 'invalidParameter.robotCode.notExsit', message: '机器人不存在' }, 400);
    await expect(check(token, unknown).findings).resolves.toMatchObject([
      { ok: true },
      { check: 'api_access', ok: false, remedy: { en: expect.stringContaining('robot code') } },
    ]);
  });
});
