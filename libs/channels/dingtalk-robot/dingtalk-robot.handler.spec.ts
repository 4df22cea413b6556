import { describe, expect, it } from '@jest/globals';
import type { OutboundDelivery } from '../channel.js';
import { makeCall, makeDelivery } from '../testing/provider-call.fixture.js';
import { answer, ScriptedProviderHttp } from '../testing/scripted-provider-http.js';
import { DingtalkRobotHandler } from './dingtalk-robot.handler.js';

const handler = new DingtalkRobotHandler();
const OK = answer({ errcode: 0, errmsg: 'ok' });
const account = { webhook: 'd1a90001', secret: 'SECabcdef0123456789' };

const delivery = makeDelivery({
  deliveryId: '8f1c2d3e-0001',
  content: { kind: 'text', content: '[order] A-1024 paid, please ship. @13800001111 @u_alice' },
  mentions: [
    { type: 'mobile', id: '13800001111' },
    { type: 'user', id: 'u_alice' },
  ],
});

async function bodySent(overrides: Partial<OutboundDelivery>): Promise<unknown> {
  const http = new ScriptedProviderHttp(OK);
  await handler.send(makeCall(account, http), { ...delivery, ...overrides });
  return http.requests[0]?.body;
}

describe('dingtalkRobotHandler', () => {
  it('sends a text as the vendor shows it, with the delivery id as msgUuid', async () => {
    expect(await bodySent({})).toBe(
      '{"msgtype":"text","msgUuid":"8f1c2d3e-0001",' +
        '"text":{"content":"[order] A-1024 paid, please ship. @13800001111 @u_alice"},' +
        '"at":{"atMobiles":["13800001111"],"atUserIds":["u_alice"]}}',
    );
  });

  it('sends a link with its fields in the order of the vendor and no field that was not given', async () => {
    const content = { kind: 'link', messageUrl: 'https://bi.example.com/w12', text: 'Sales up 8%.', title: 'Week 12' };
    expect(await bodySent({ content, mentions: [] })).toBe(
      '{"msgtype":"link","msgUuid":"8f1c2d3e-0001",' +
        '"link":{"title":"Week 12","text":"Sales up 8%.","messageUrl":"https://bi.example.com/w12"}}',
    );
  });

  it('sends a markdown that mentions everybody', async () => {
    const content = { kind: 'markdown', text: '### CPU', title: 'CPU alarm' };
    expect(await bodySent({ content, mentions: [{ type: 'all' }] })).toBe(
      '{"msgtype":"markdown","msgUuid":"8f1c2d3e-0001",' +
        '"markdown":{"title":"CPU alarm","text":"### CPU"},"at":{"isAtAll":true}}',
    );
  });

  it('signs each call with the time of the call, percent-encoded once', async () => {
    const http = new ScriptedProviderHttp(OK);
    await handler.send(makeCall(account, http, { now: new Date(1_700_000_000_000) }), delivery);
    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://vendor.example/robot/send?access_token=d1a90001&timestamp=1700000000000&sign=dV0RXHUD72d0VKcnHrBhJ9jhSbDS3HUiduucxO%2Bizso%3D',
      headers: { 'content-type': 'application/json' },
    });
  });

  it('returns a receipt without a message id, since the vendor gives none', async () => {
    const http = new ScriptedProviderHttp(OK);
    const receipt = await handler.send(makeCall(account, http), delivery);
    expect(receipt).toEqual({ refused: [], providerCode: '0' });
  });

  it('may try again with a new signature when the clock was off', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 310000, errmsg: 'invalid timestamp' }));
    await expect(handler.send(makeCall(account, http), delivery)).rejects.toMatchObject({
      name: 'RetryableDeliveryError',
      reason: 'clock_skew',
      usesAttempt: true,
    });
  });

  it('shows neither token nor secret in an error, and our address apart from its words', async () => {
    const errmsg = `ip 203.0.113.9 not in whitelist ${account.webhook} ${account.secret}`;
    const http = new ScriptedProviderHttp(answer({ errcode: 310000, errmsg }));
    const sending = handler.send(makeCall(account, http), delivery);
    const error: unknown = await sending.catch((e: unknown) => e);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/d1a90001|SECabc/);
    const provider = { message: 'ip *.*.*.* not in whitelist *** ***', callerIp: '203.0.113.9' };
    expect(error).toMatchObject({ name: 'CredentialError', reason: 'ip_not_trusted', provider });
  });
});
