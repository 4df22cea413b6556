import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OTHER_APP_SECRET, SandboxClient, type Answer } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const text = (fields: object = {}): object => ({
  touser: 'zhangsan',
  msgtype: 'text',
  agentid: 1000002,
  text: { content: '出库单已完成' },
  ...fields,
});
const code = ({ body }: Answer): unknown => body['errcode'];
const ids = (count: number, prefix = 'u'): string => Array.from({ length: count }, (_, n) => prefix + n).join('|');

describe('gettoken', () => {
  const url = (corpid: string, secret: string): string => `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${secret}`;

  it('returns the same token while it is valid, with the lifetime that is left', async () => {
    const first = await client.get(url('wwsandbox00000001', 'sandbox-secret-app-1000002'));
    await client.advance(600_000);
    const second = await client.get(url('wwsandbox00000001', 'sandbox-secret-app-1000002'));
    expect(first.body).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
    expect(second.body['access_token']).toBe(first.body['access_token']);
    expect(second.body['expires_in']).toBeLessThanOrEqual(6600);
  });

  it.each([
    ['/cgi-bin/gettoken', 41002],
    ['/cgi-bin/gettoken?corpid=wwsandbox00000001', 41004],
    [url('ww-other', 'sandbox-secret-app-1000002'), 40013],
    [url('wwsandbox00000001', 'wrong'), 40001],
  ])('answers %s with HTTP 200 and errcode %d', async (path, errcode) => {
    const answer = await client.get(path);
    expect(answer.status).toBe(200);
    expect(code(answer)).toBe(errcode);
    expect(answer.body['errmsg']).toContain(`https://open.work.weixin.qq.com/devtool/query?e=${errcode}`);
  });
});

describe('access tokens', () => {
  it('are refused when missing, unknown, expired and revoked', async () => {
    const path = '/cgi-bin/get_api_domain_ip';
    expect(code(await client.get(path))).toBe(41001);
    expect(code(await client.get(`${path}?access_token=made-up`))).toBe(40014);
    const token = await client.wecomToken();
    expect(code(await client.get(`${path}?access_token=${token}`))).toBe(0);
    await client.advance(7_200_000);
    expect(code(await client.get(`${path}?access_token=${token}`))).toBe(42001);
    const next = await client.wecomToken();
    await client.post('/_sandbox/tokens/revoke', { account: 'wwsandbox00000001:1000002' });
    expect(code(await client.get(`${path}?access_token=${next}`))).toBe(40014);
  });

  it('belong to one app: another agentid is refused', async () => {
    const token = await client.wecomToken(OTHER_APP_SECRET);
    expect(code(await client.post(`/cgi-bin/message/send?access_token=${token}`, text()))).toBe(301002);
  });

  it('do not count in the body', async () => {
    const token = await client.wecomToken();
    expect(code(await client.post('/cgi-bin/message/send', text({ access_token: token })))).toBe(41001);
  });
});

describe('message/send', () => {
  it('takes a message for the valid addressees and lists the others in lower case', async () => {
    const answer = await client.sendWecom(text({ touser: 'ZhangSan|lisi|Ghost01', toparty: '12|999999' }));
    expect(answer.body).toMatchObject({ errcode: 0, errmsg: 'ok', invaliduser: 'ghost01', invalidparty: '999999' });
    expect(answer.body).not.toHaveProperty('invalidtag');
    const [entry] = await client.inbox();
    expect(entry).toMatchObject({
      channel: 'wecom-app',
      account: 'wwsandbox00000001:1000002',
      recipients: ['zhangsan', 'lisi', 'wangwu', 'zhaoliu', 'user02'],
      dropped: [
        { recipient: 'ghost01', reason: 'invalid' },
        { recipient: 'department:999999', reason: 'invalid' },
      ],
      providerMsgId: answer.body['msgid'],
    });
  });

  it('answers 81013 with the lists when every addressee is bad, and shows nothing', async () => {
    const answer = await client.sendWecom(text({ touser: 'ghost01|nobody' }));
    expect(answer.body).toMatchObject({ errcode: 81013, invaliduser: 'ghost01|nobody' });
    expect(answer.body).not.toHaveProperty('msgid');
    expect(await client.inbox()).toEqual([]);
  });

  it('reaches everyone with @all and then lists empty texts', async () => {
    const answer = await client.sendWecom(text({ touser: '@all', toparty: '999999' }));
    expect(answer.body).toMatchObject({ errcode: 0, invaliduser: '', invalidparty: '', invalidtag: '' });
    const [entry] = await client.inbox('?recipient=u2000');
    expect(entry).toBeDefined();
  });

  const card = (fields: object): object =>
    text({
      msgtype: 'textcard',
      textcard: { title: '报销', description: '说明', url: 'https://oa.example.com/', ...fields },
    });

  it.each<[string, object | string, number]>([
    ['broken JSON', '{"touser":', 40058],
    ['a list as body', [], 40058],
    ['no message type', text({ msgtype: undefined }), 40008],
    ['an unknown message type', text({ msgtype: 'telegram' }), 40008],
    ['an inherited name as message type', text({ msgtype: 'constructor' }), 40008],
    ['no agentid', text({ agentid: undefined }), 41011],
    ['a text as agentid', text({ agentid: 'app' }), 40056],
    ['no content object', text({ text: undefined }), 40063],
    ['a content object of the wrong type', text({ text: 'hello' }), 40035],
    ['an empty text', text({ text: { content: '' } }), 44004],
    ['a number as content', text({ text: { content: 1 } }), 40035],
    ['a list as touser', text({ touser: ['zhangsan'] }), 40035],
    ['2,049 bytes of text', text({ text: { content: 'a'.repeat(2049) } }), 45002],
    ['a lone surrogate', text({ text: { content: '\ud800' } }), 40033],
    ['2,049 bytes of markdown', text({ msgtype: 'markdown', markdown: { content: 'a'.repeat(2049) } }), 40058],
    ['a card without title', card({ title: '' }), 41016],
    ['a card without description', card({ description: undefined }), 41033],
    ['a card without url', card({ url: undefined }), 41010],
    ['a card url without scheme', card({ url: 'oa.example.com/1' }), 45034],
    ['a card url with another scheme', card({ url: 'ftp://oa.example.com' }), 40127],
    ['a card url over 2,048 bytes', card({ url: `https://e.cn/${'a'.repeat(2048)}` }), 40039],
    ['nobody addressed', text({ touser: '' }), 81012],
    ['1,001 users', text({ touser: ids(1001) }), 40032],
    ['101 parties', text({ toparty: ids(101, '') }), 82002],
    ['101 tags', text({ totag: ids(101, '') }), 82003],
    ['safe 2', text({ safe: 2 }), 40035],
    ['a duplicate interval over 4 h', text({ enable_duplicate_check: 1, duplicate_check_interval: 14_401 }), 40035],
  ])('refuses %s', async (_name, body, errcode) => {
    expect(code(await client.sendWecom(body))).toBe(errcode);
    expect(await client.inbox()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a number as text', text({ agentid: '1000002' }), 'agentid should be an integer, not text'],
    ['blanks around the bar', text({ touser: 'zhangsan | lisi' }), 'touser has blanks around the bar'],
    ['an over-long card title', card({ title: '长'.repeat(43) }), 'textcard.title is cut: 129 of 128'],
    [
      'a switch of another type',
      text({ msgtype: 'markdown', markdown: { content: 'a' }, safe: 1 }),
      'safe means nothing for markdown',
    ],
  ])('takes %s, but notes it', async (_name, body, note) => {
    expect(code(await client.sendWecom(body))).toBe(0);
    const [entry] = await client.inbox();
    expect(entry?.['notes']).toEqual([note]);
  });

  it('accepts but does not show the same request again inside the duplicate interval', async () => {
    const body = text({ enable_duplicate_check: 1, duplicate_check_interval: 600 });
    const first = await client.sendWecom(body);
    const second = await client.sendWecom(body);
    expect(code(second)).toBe(0);
    expect(second.body['msgid']).not.toBe(first.body['msgid']);
    const [repeated] = await client.inbox();
    expect(repeated).toMatchObject({ recipients: [], dropped: [{ recipient: 'zhangsan', reason: 'duplicate_check' }] });
    await client.advance(600_000);
    await client.sendWecom(body);
    const [late] = await client.inbox();
    expect(late?.['recipients']).toEqual(['zhangsan']);
  });

  it('does not show a request that asks for the check after an equal one that did not', async () => {
    await client.sendWecom(text());
    await client.sendWecom(text({ enable_duplicate_check: 1, duplicate_check_interval: 60 }));
    const [repeated] = await client.inbox();
    expect(repeated).toMatchObject({ recipients: [], dropped: [{ reason: 'duplicate_check' }] });
  });

  it('shows repeated requests when the check is off', async () => {
    await client.sendWecom(text());
    await client.sendWecom(text());
    const shown = await client.inbox('?recipient=zhangsan');
    expect(shown.map((entry) => entry['recipients'])).toEqual([['zhangsan'], ['zhangsan']]);
  });

  it('drops the 31st message to one member in a minute without a sign', async () => {
    for (let n = 0; n < 30; n += 1) await client.sendWecom(text());
    const answer = await client.sendWecom(text({ touser: 'zhangsan|lisi' }));
    expect(answer.body).toMatchObject({ errcode: 0, errmsg: 'ok' });
    expect(answer.body).not.toHaveProperty('invaliduser');
    const [entry] = await client.inbox();
    expect(entry).toMatchObject({
      recipients: ['lisi'],
      dropped: [{ recipient: 'zhangsan', reason: 'member_limit' }],
    });
    await client.advance(61_000);
    await client.sendWecom(text());
    expect((await client.inbox())[0]?.['recipients']).toEqual(['zhangsan']);
  });
});

describe('message/recall', () => {
  const recall = async (msgid: unknown, secret?: string): Promise<unknown> =>
    code(await client.post(`/cgi-bin/message/recall?access_token=${await client.wecomToken(secret)}`, { msgid }));

  it('marks the message as recalled, and answers a second recall alike', async () => {
    const { body } = await client.sendWecom(text());
    expect(await recall(body['msgid'])).toBe(0);
    expect(await recall(body['msgid'])).toBe(0);
    expect((await client.inbox())[0]).toMatchObject({ recalled: true, recalledAt: expect.any(String) });
  });

  it('still finds a message after the inbox was emptied', async () => {
    const { body } = await client.sendWecom(text());
    await client.delete('/_sandbox/inbox');
    expect(await recall(body['msgid'])).toBe(0);
  });

  it('refuses a foreign app, an unknown id and a message older than 24 hours', async () => {
    const { body } = await client.sendWecom(text());
    expect(await recall(body['msgid'], OTHER_APP_SECRET)).toBe(40058);
    expect(await recall('unknown')).toBe(40058);
    expect(await recall('')).toBe(40063);
    await client.advance(86_400_001);
    expect(await recall(body['msgid'])).toBe(42052);
    expect((await client.inbox())[0]).toMatchObject({ recalled: false });
  });
});

describe('webhook/send', () => {
  const robotText = {
    msgtype: 'text',
    text: { content: '构建失败', mentioned_list: ['liu.fang'], mentioned_mobile_list: ['@all'] },
  };

  it('takes text and markdown and answers without a message id', async () => {
    const answer = await client.sendWecomRobot(robotText);
    expect(answer.body).toEqual({ errcode: 0, errmsg: 'ok' });
    await client.sendWecomRobot({ msgtype: 'markdown', markdown: { content: '构建 <@chenwei>' } });
    const entries = await client.inbox('?channel=wecom-robot&account=b0b1');
    expect(entries.map((entry) => entry['msgtype'])).toEqual(['markdown', 'text']);
    expect(entries[0]).toMatchObject({ recipients: ['group:b0b1'], providerMsgId: null });
  });

  it('refuses a bad key with 93000', async () => {
    expect(code(await client.post('/cgi-bin/webhook/send?key=https://qyapi', robotText))).toBe(93000);
  });

  it.each<[string, object, number]>([
    ['4,097 bytes of markdown', { msgtype: 'markdown', markdown: { content: 'a'.repeat(4097) } }, 40058],
    ['5,121 bytes of text', { msgtype: 'text', text: { content: 'a'.repeat(5121) } }, 40058],
    ['a text as mentioned_list', { msgtype: 'text', text: { content: 'a', mentioned_list: '@all' } }, 40058],
    ['an app-only type', { msgtype: 'textcard', textcard: {} }, 40008],
    ['no content', { msgtype: 'text', text: {} }, 40058],
  ])('refuses %s', async (_name, body, errcode) => {
    expect(code(await client.sendWecomRobot(body))).toBe(errcode);
    expect(await client.inbox()).toEqual([]);
  });

  it('answers 45009 from the 21st message in a minute on, for one minute', async () => {
    for (let n = 0; n < 20; n += 1) expect(code(await client.sendWecomRobot(robotText))).toBe(0);
    expect(code(await client.sendWecomRobot(robotText))).toBe(45009);
    await client.advance(59_000);
    expect(code(await client.sendWecomRobot(robotText))).toBe(45009);
    await client.advance(1_001);
    expect(code(await client.sendWecomRobot(robotText))).toBe(0);
  });
});

it('refuses the wrong method and answers 404 to unknown paths', async () => {
  expect(code(await client.get('/cgi-bin/message/send'))).toBe(40058);
  expect((await client.get('/cgi-bin/nothing')).status).toBe(404);
});
