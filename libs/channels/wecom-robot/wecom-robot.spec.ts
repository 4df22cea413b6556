import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { Mention } from '../channel.js';
import type { Content } from '../content.js';
import { makeCall, makeDelivery } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from '../testing/scripted-provider-http.js';
import { mentionFaults, withMentions } from './robot-mentions.js';
import { normalizeRobotAccount } from './wecom-robot.account.js';
import { WecomRobotHandler } from './wecom-robot.handler.js';

const KEY = '0b6c1f52-7a90-4d3e-9c11-5f8a2e4d7b60';
const handler = new WecomRobotHandler();

const user = (id: string): Mention => ({ type: 'user', id });
const mobile = (id: string): Mention => ({ type: 'mobile', id });
const all: Mention = { type: 'all' };

describe('the body of a robot message', () => {
  const bodyText = (content: Content, mentions: readonly Mention[] = []): string =>
    JSON.stringify(handler.buildBody(makeDelivery({ content, mentions })));

  it('is byte for byte the example of a text with mentions', () => {
    const content = { kind: 'text', content: '构建 #218 失败 <@chenwei>' };
    expect(bodyText(content, [mobile('13900001234'), user('liu.fang')])).toBe(
      '{"msgtype":"text","text":{"content":"构建 #218 失败 <@chenwei>",' +
        '"mentioned_list":["liu.fang"],"mentioned_mobile_list":["13900001234"]}}',
    );
  });

  it('adds no list when nobody is mentioned', () => {
    expect(bodyText({ kind: 'text', content: 'a' })).toBe('{"msgtype":"text","text":{"content":"a"}}');
  });

  it('joins the lists of the template with the mentions of the delivery', () => {
    const content = { kind: 'text', mentioned_list: ['wanglei', 'liu.fang'], content: 'a' };
    expect(bodyText(content, [user('liu.fang'), all])).toBe(
      '{"msgtype":"text","text":{"content":"a","mentioned_list":["wanglei","liu.fang","@all"]}}',
    );
  });

  it('leaves markdown as it was rendered', () => {
    expect(bodyText({ kind: 'markdown', content: '**a**<@chenwei>' }, [user('chenwei')])).toBe(
      '{"msgtype":"markdown","markdown":{"content":"**a**<@chenwei>"}}',
    );
  });
});

describe('mentions of a robot message', () => {
  it('are appended to markdown once each, and not where the content holds them already', () => {
    const content = { kind: 'markdown', content: '构建失败 <@chenwei>' };
    expect(withMentions(content, [user('chenwei'), user('liu.fang'), user('liu.fang'), user('zhao')])).toEqual({
      kind: 'markdown',
      content: '构建失败 <@chenwei><@liu.fang><@zhao>',
    });
  });

  it('do not change a text', () => {
    const content = { kind: 'text', content: 'a' };
    expect(withMentions(content, [user('chenwei')])).toEqual(content);
  });

  it.each<[string, readonly Mention[], number]>([
    ['text', [user('a'), mobile('139'), all], 0],
    ['markdown', [user('a')], 0],
    ['markdown', [user('a'), mobile('139'), all], 2],
    ['news', [user('a')], 1],
    ['image', [], 0],
  ])('of %s are refused where the kind cannot carry them', (kind, mentions, faults) => {
    const found = mentionFaults(kind, mentions);
    expect(found).toHaveLength(faults);
    for (const { code } of found) expect(code).toBe('mention_not_supported');
  });
});

describe('the account of a robot', () => {
  it.each([
    ['a bare key', KEY, undefined],
    ['the address of the vendor', `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`, undefined],
    [
      'another address',
      `https://wx.corp.example:8443/cgi-bin/webhook/send?key=${KEY}&debug=1`,
      'https://wx.corp.example:8443',
    ],
    [
      'the vendor without TLS',
      `http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`,
      'http://qyapi.weixin.qq.com',
    ],
  ])('keeps only the key of %s', (_name, webhook, baseUrl) => {
    expect(normalizeRobotAccount({ webhook })).toEqual({
      config: { webhook: KEY },
      ...(baseUrl && { baseUrl }),
      faults: [],
    });
  });

  it.each(['https://qyapi.weixin.qq.com/cgi-bin/webhook/send', 'https://x.example/?key=', 'https://['])(
    'must hold a key: %s',
    (webhook) => {
      expect(normalizeRobotAccount({ webhook }).faults).toMatchObject([{ pointer: '/webhook', code: 'invalid_value' }]);
    },
  );
});

describe('sending a robot message', () => {
  const send = async (reply: JsonObject): Promise<ScriptedProviderHttp> => {
    const http = new ScriptedProviderHttp(answer(reply));
    await handler.send(makeCall({ webhook: KEY }, http), makeDelivery({ content: { kind: 'text', content: 'a' } }));
    return http;
  };

  it('posts to the webhook with its key', async () => {
    const { requests } = await send({ errcode: 0, errmsg: 'ok' });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: `https://vendor.example/cgi-bin/webhook/send?key=${KEY}`,
      body: '{"msgtype":"text","text":{"content":"a"}}',
    });
  });

  it.each([
    [45009, { name: 'RateLimitedError', retryAfterMs: 60_000 }],
    [93000, { name: 'CredentialError', reason: 'robot_removed' }],
    [93004, { name: 'CredentialError', reason: 'robot_disabled' }],
    [40058, { name: 'PermanentDeliveryError', reason: 'content_too_long' }],
    [42001, { name: 'PermanentDeliveryError', reason: 'provider_rejected' }],
  ])('knows what %d means for a robot', async (errcode, expected) => {
    await expect(send({ errcode, errmsg: 'no' })).rejects.toMatchObject(expected);
  });
});
