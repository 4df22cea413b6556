import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { ApiClient } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const OUR_ADDRESS = '203.0.113.7';

const answering = (body: JsonObject): JsonObject => ({ type: 'http', status: 200, body: JSON.stringify(body) });

interface Refusal {
  readonly channel: string;
  readonly endpoint: string;
  readonly body: JsonObject;
  readonly code: string;
  readonly recipients?: readonly string[];
}

/** Each vendor's way to say that it does not trust our address. */
const REFUSALS: readonly Refusal[] = [
  {
    channel: 'wecom-app',
    endpoint: 'message/send',
    code: '60020',
    recipients: ['zhangsan'],
    body: {
      errcode: 60020,
      errmsg: `not allow to access from your ip, hint: [1760000003111222333], from ip: ${OUR_ADDRESS}, more info at https://open.work.weixin.qq.com/devtool/query?e=60020`,
    },
  },
  {
    channel: 'dingtalk-work',
    endpoint: 'asyncsend_v2',
    code: '60020',
    recipients: ['manager01'],
    body: { errcode: 88, sub_code: '60020', sub_msg: `访问ip不在白名单之中,request ip=${OUR_ADDRESS} appKey(k)` },
  },
  {
    channel: 'dingtalk-robot',
    endpoint: 'robot/send',
    code: '310000',
    body: { errcode: 310000, errmsg: `ip ${OUR_ADDRESS} not in whitelist` },
  },
];

async function refusedMessage({ api, given, sandbox }: System, refusal: Refusal, sender: ApiClient): Promise<string> {
  const { body, channel, endpoint, recipients } = refusal;
  const template = await given.template(channel);
  await sandbox.fault(answering(body), { endpoint }, 1);
  const message = template.message(given.text('address'), recipients ? { recipients: [...recipients] } : {});
  const { id } = await sender.send(message);
  await api.waiting(id, 'account_paused');
  return id;
}

/** Every place that shows a message's errors. */
const PLACES = ['', '/deliveries', '/attempts', '/timeline', '/recipients'];

const everythingAbout = async (reader: ApiClient, id: string): Promise<string> =>
  JSON.stringify(await Promise.all(PLACES.map((place) => reader.read(`/v1/messages/${id}${place}`))));

onEachBackend('the words of a provider', (system) => {
  it.each(REFUSALS)(
    'of $channel name our address to those who may read accounts, and hide it from callers',
    async (refusal) => {
      const { given } = system();
      const caller = await given.key();
      const id = await refusedMessage(system(), refusal, caller);
      expect(await everythingAbout(caller, id)).not.toContain(OUR_ADDRESS);
      expect(JSON.stringify((await caller.post(`/v1/messages/${id}/cancel`)).body)).not.toContain(OUR_ADDRESS);
      for (const preset of ['viewer', 'operator', 'admin']) {
        const reader = await given.key({ preset });
        const { deliveries } = await reader.message(id);
        expect(deliveries[0].error.provider).toMatchObject({ code: refusal.code, callerIp: OUR_ADDRESS });
        const [attempt] = await reader.list(`/v1/messages/${id}/attempts`);
        expect(JSON.stringify(attempt.response)).toContain(OUR_ADDRESS);
      }
    },
  );

  it('come with their meaning and a remedy in the language of the reader, in every place', async () => {
    const { api } = system();
    const [refusal] = REFUSALS;
    if (!refusal) throw new Error('There is no refusal');
    const id = await refusedMessage(system(), refusal, api);
    const chinese = { text: '出口 IP 不在可信 IP 中', hint: expect.stringContaining('企业可信 IP') };
    const english = { text: 'The egress IP is not a trusted IP', hint: expect.stringContaining('trusted IPs') };
    for (const [language, told] of [
      ['zh', chinese],
      ['en', english],
    ] as const) {
      const read = async (place: string) =>
        (await api.get(`/v1/messages/${id}${place}`, { 'accept-language': language })).body;
      const common = { name: 'wecom', code: '60020', ...told };
      const facts = { ...common, message: 'not allow to access from your ip', supportId: '1760000003111222333' };
      expect((await read('')).deliveries[0].error.provider).toMatchObject(facts);
      expect((await read('/deliveries')).data[0].error.provider).toMatchObject(facts);
      expect((await read('/attempts')).data[0].provider).toMatchObject(common);
      const events = (await read('/timeline')).data;
      expect(events.find(({ event }: JsonObject) => event === 'attempt_finished').provider).toMatchObject(common);
      expect(events.find(({ event }: JsonObject) => event === 'paused').provider).toMatchObject(facts);
    }
  });

  it('explain why a single recipient was refused', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const message = template.message(given.text('stranger'), { recipients: ['zhangsan', 'nobody-here'] });
    const { id } = await api.sendAndSettle(message);
    const refused = (await api.list(`/v1/messages/${id}/recipients`)).find(({ status }) => status === 'invalid');
    expect(refused.provider).toMatchObject({
      name: 'wecom',
      code: 'invaliduser',
      text: expect.stringContaining('visible range'),
      hint: expect.any(String),
    });
  });

  it('pause an account with the address that its operator has to enter', async () => {
    const { api, given, sandbox } = system();
    const account = await given.account('wecom-app');
    const errmsg = `not allow to access from your ip, from ip: ${OUR_ADDRESS}`;
    await sandbox.fault(answering({ errcode: 60020, errmsg }), { endpoint: 'gettoken' });
    const { findings } = await api.do(`/v1/accounts/${account}/check`);
    expect(JSON.stringify(findings)).toContain(OUR_ADDRESS);
    expect((await api.read(`/v1/accounts/${account}`)).pausedText).toContain(OUR_ADDRESS);
    const shared = await api.get(`/v1/accounts/${account}/token`);
    expect(shared).toMatchObject({ status: 409, body: { provider: { code: '60020', callerIp: OUR_ADDRESS } } });
    const robot = await given.key({ preset: 'admin', scopes: ['tokens:read', 'accounts:operate'] });
    const hidden = [
      await robot.get(`/v1/accounts/${account}/token`),
      await robot.post(`/v1/accounts/${account}/check`),
      await robot.post(`/v1/accounts/${account}/resume`),
      await robot.post(`/v1/accounts/${account}/check`),
    ];
    expect(hidden.map(({ status }) => status)).toEqual([409, 200, 200, 200]);
    for (const { text } of hidden) expect(text).not.toContain(OUR_ADDRESS);
    expect(hidden[0]?.body.provider).toMatchObject({ code: '60020', hint: expect.any(String) });
  });
});
