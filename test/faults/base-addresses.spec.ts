import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { Deployment, START_MS, STORY_MS } from './deployment.js';

jest.setTimeout(STORY_MS);

interface Recorded {
  readonly method: string;
  /** With query, as it stood in the request line. */
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Speaks the vendors' protocol as far as a success goes, and writes down what it is asked. */
class RecordingVendor {
  readonly requests: Recorded[] = [];
  private readonly server: Server = createServer((request, response) => {
    void this.record(request).then((answer) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async record(request: IncomingMessage): Promise<JsonObject> {
    const { method = '', url = '', headers } = request;
    const body = await bodyOf(request);
    this.requests.push({ method, url, contentType: headers['content-type'], body });
    const ok = { errcode: 0, errmsg: 'ok' };
    if (url.includes('gettoken')) return { ...ok, access_token: 'tok_0001', expires_in: 7200 };
    return { ...ok, msgid: 'mQv3-text-0001', task_id: 256271660001 };
  }
}

interface Case {
  readonly channel: string;
  readonly config: JsonObject;
  readonly content: JsonObject;
  readonly recipients: readonly JsonObject[];
  readonly requests: readonly (readonly [method: string, url: RegExp, body: string])[];
}

const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;
/** Where `msgUuid` goes: the only thing in a body that no example can foretell. */
const DELIVERY = '<delivery>';

const CASES: readonly Case[] = [
  {
    channel: 'wecom-app',
    config: { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret: 's3cr3t-of-app-1000012', agentId: 1000012 },
    content: {
      kind: 'textcard',
      title: '报销单待审批',
      description: '<div class="gray">2026年8月20日</div><div class="highlight">金额：1,280.00 元</div>',
      url: 'https://oa.example.com/expense/8841',
      btntxt: '去审批',
    },
    recipients: [{ wecom: 'chenwei' }, { wecom: 'liu.fang' }],
    requests: [
      ['GET', /^\/wx\/cgi-bin\/gettoken\?corpid=ww1a2b3c4d5e6f7a8b&corpsecret=s3cr3t-of-app-1000012$/, ''],
      [
        'POST',
        /^\/wx\/cgi-bin\/message\/send\?access_token=tok_0001$/,
        '{"touser":"chenwei|liu.fang","msgtype":"textcard","agentid":1000012,"textcard":{"title":"报销单待审批","description":"<div class=\\"gray\\">2026年8月20日</div><div class=\\"highlight\\">金额：1,280.00 元</div>","url":"https://oa.example.com/expense/8841","btntxt":"去审批"},"enable_duplicate_check":1,"duplicate_check_interval":300}',
      ],
      ['POST', /^\/wx\/cgi-bin\/message\/recall\?access_token=tok_0001$/, '{"msgid":"mQv3-text-0001"}'],
    ],
  },
  {
    channel: 'wecom-robot',
    config: { webhook: '0b6c1f52-7a90-4d3e-9c11-5f8a2e4d7b60' },
    content: { kind: 'text', content: '构建 #218 失败 <@chenwei>', mentioned_list: ['liu.fang'] },
    recipients: [{ mobile: '13900001234' }, { all: true }],
    requests: [
      [
        'POST',
        /^\/wx\/cgi-bin\/webhook\/send\?key=0b6c1f52-7a90-4d3e-9c11-5f8a2e4d7b60$/,
        '{"msgtype":"text","text":{"content":"构建 #218 失败 <@chenwei>","mentioned_list":["liu.fang","@all"],"mentioned_mobile_list":["13900001234"]}}',
      ],
    ],
  },
  {
    channel: 'dingtalk-robot',
    config: { webhook: 'a1b2c3d4e5f60718', secret: 'SECabcdef0123456789' },
    content: { kind: 'text', content: '[order] A-1024 paid, please ship.' },
    recipients: [{ mobile: '13800001111' }, { user: 'u_alice' }],
    requests: [
      [
        'POST',
        /^\/robot\/send\?access_token=a1b2c3d4e5f60718&timestamp=\d{13}&sign=[A-Za-z0-9%]+%3D$/,
        `{"msgtype":"text","msgUuid":"${DELIVERY}","text":{"content":"[order] A-1024 paid, please ship. @13800001111 @u_alice"},"at":{"atMobiles":["13800001111"],"atUserIds":["u_alice"]}}`,
      ],
    ],
  },
  {
    channel: 'dingtalk-work',
    config: { appKey: 'dingdemokey01', appSecret: 'demo-secret-01', agentId: 1000000001 },
    content: { kind: 'markdown', title: '发布完成', text: '# 发布完成  \n - 版本 **3.2**' },
    recipients: [{ dingtalk: 'u_alice' }, { dingtalk: 'u_bob' }],
    requests: [
      ['GET', /^\/gettoken\?appkey=dingdemokey01&appsecret=demo-secret-01$/, ''],
      [
        'POST',
        /^\/topapi\/message\/corpconversation\/asyncsend_v2\?access_token=tok_0001$/,
        '{"agent_id":1000000001,"userid_list":"u_alice,u_bob","msg":{"msgtype":"markdown","markdown":{"title":"发布完成","text":"# 发布完成  \\n - 版本 **3.2**"}}}',
      ],
      [
        'POST',
        /^\/topapi\/message\/corpconversation\/recall\?access_token=tok_0001$/,
        '{"agent_id":1000000001,"msg_task_id":256271660001}',
      ],
    ],
  },
];

describe('with base addresses of their own in the environment', () => {
  const vendor = new RecordingVendor();
  let deployment: Deployment;
  beforeAll(async () => {
    const url = await vendor.listen();
    const env = { WECOM_API_BASE_URL: `${url}/wx`, DINGTALK_API_BASE_URL: url, DINGTALK_API_V1_BASE_URL: url };
    deployment = await Deployment.start({ env });
  }, START_MS);
  afterAll(async () => {
    await deployment.close();
    await vendor.close();
  }, START_MS);

  it.each(CASES)(
    'the calls of $channel go there byte for byte',
    async ({ channel, config, content, recipients, requests }) => {
      const { api, given } = deployment;
      const code = given.code(channel);
      await api.do('/v1/accounts', { code, name: code, channel, config });
      const template = await given.template(channel, { account: code, content });
      const before = vendor.requests.length;
      const { id, status } = await api.sendAndSettle(template.message('', { recipients: [...recipients] }));
      expect(status).toBe('sent');
      if (requests.some(([, url]) => url.source.includes('recall'))) {
        await api.do(`/v1/messages/${id}/recall`);
        await api.until(id, (message) => message.status === 'recalled', 'its recall');
      }
      const seen = vendor.requests.slice(before);
      expect(seen).toHaveLength(requests.length);
      for (const [index, [method, url, body]] of requests.entries()) {
        const request = seen[index];
        expect(request).toMatchObject({
          method,
          url: expect.stringMatching(url),
          body: body.replace(DELIVERY, `${id}-1`),
        });
        if (method === 'POST') expect(request?.contentType).toMatch(JSON_TYPE);
      }
    },
  );
});
