import { describe, expect, it } from '@jest/globals';
import { normalizeRobotAccount, signature, webhookQuery } from './dingtalk-robot.webhook.js';

const TOKEN = 'd1a90001';

describe('signature', () => {
  it.each([
    [
      '1582163555000',
      'SECb90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68',
      'BQKsG+QOCl+bYJOLc6pxDHxjVquzlZPWgvRzeN2J5zY=',
    ],
    ['1700000000000', 'SECabcdef0123456789', 'dV0RXHUD72d0VKcnHrBhJ9jhSbDS3HUiduucxO+izso='],
    [
      '1767225600000',
      'SEC0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
      'idcmszrPQPo0AuC4d8k3F5M8foKrpxW/vvhuLdo4M84=',
    ],
    ['1577836800000', 'this is secret', 'fFV9t5lBS7KH4+5B0JjR99ab+AJkXFauQXycgTkS/tc='],
  ])('signs %s as the published vectors do', (timestamp, secret, expected) => {
    expect(signature(timestamp, secret)).toBe(expected);
  });
});

describe('webhookQuery', () => {
  it('signs the instant of sending for a robot with a secret', () => {
    const account = { webhook: TOKEN, secret: 'SECabcdef0123456789' };
    expect(webhookQuery(account, new Date(1_700_000_000_000))).toEqual({
      access_token: TOKEN,
      timestamp: '1700000000000',
      sign: 'dV0RXHUD72d0VKcnHrBhJ9jhSbDS3HUiduucxO+izso=',
    });
  });

  it('sends the token alone for a robot without a secret', () => {
    expect(webhookQuery({ webhook: TOKEN }, new Date())).toEqual({ access_token: TOKEN });
  });
});

describe('normalizeRobotAccount', () => {
  it('leaves a bare access_token as it is', () => {
    const config = { webhook: TOKEN, secret: 's' };
    expect(normalizeRobotAccount(config)).toEqual({ config, faults: [] });
  });

  it('keeps only the access_token of a pasted address', () => {
    const webhook = `https://oapi.dingtalk.com/robot/send?access_token=${TOKEN}&timestamp=1&sign=stale%3D`;
    expect(normalizeRobotAccount({ webhook, keywords: ['k'] })).toEqual({
      config: { webhook: TOKEN, keywords: ['k'] },
      faults: [],
    });
  });

  it.each([
    ['https://oapi.dingtalk.io/robot/send', 'https://oapi.dingtalk.io'],
    ['http://127.0.0.1:3001/robot/send', 'http://127.0.0.1:3001'],
    ['https://hongyan.example.com/compat/dingtalk/robot/send', 'https://hongyan.example.com/compat/dingtalk'],
  ])('turns the address %s into a base address', (address, baseUrl) => {
    expect(normalizeRobotAccount({ webhook: `${address}?access_token=${TOKEN}` })).toEqual({
      config: { webhook: TOKEN },
      baseUrl,
      faults: [],
    });
  });

  it.each([
    'https://oapi.dingtalk.com/robot/send',
    'https://oapi.dingtalk.com/robot/send?access_token=',
    'https://oapi.dingtalk.com/other?access_token=abc',
    'https://',
  ])('refuses the address %s', (webhook) => {
    expect(normalizeRobotAccount({ webhook }).faults).toMatchObject([{ pointer: '/webhook', code: 'invalid_value' }]);
  });
});
