import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DING_KEYWORD_ROBOT, DING_PLAIN_ROBOT, DING_ROBOT, SandboxClient, type Answer } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const code = ({ body }: Answer): unknown => body['errcode'];
const robotText = (content = '[order] A-1024 paid'): object => ({ msgtype: 'text', text: { content } });
const work = (fields: object = {}): object => ({
  agent_id: 1000000001,
  userid_list: 'manager01',
  msg: { msgtype: 'text', text: { content: '请在 18:00 前提交周报' } },
  ...fields,
});

describe('tokens', () => {
  it('are the same from both token calls, and a repeated fetch prolongs them', async () => {
    const legacy = await client.get('/gettoken?appkey=dingsandboxkey01&appsecret=sandbox-secret-work-01');
    await client.advance(7_000_000);
    const newer = await client.post('/v1.0/oauth2/accessToken', {
      appKey: 'dingsandboxkey01',
      appSecret: 'sandbox-secret-work-01',
    });
    expect(legacy.body).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
    expect(newer.body).toEqual({ accessToken: legacy.body['access_token'], expireIn: 7200 });
  });

  it('are refused in the envelope of each family', async () => {
    const legacy = await client.get('/gettoken?appkey=dingsandboxkey01&appsecret=wrong');
    expect(legacy).toEqual({ status: 200, body: { errcode: 40096, errmsg: '不合法的appKey或appSecret' } });
    expect((await client.get('/gettoken')).body).toEqual({ errcode: 40035, errmsg: '缺少参数 corpid or appkey' });
    const newer = await client.post('/v1.0/oauth2/accessToken', { appKey: 'dingsandboxkey01', appSecret: 'wrong' });
    expect(newer).toMatchObject({
      status: 400,
      body: { code: 'invalidClientIdOrSecret', requestid: expect.any(String) },
    });
  });

  it('are wrapped in errcode 88 when missing, unknown or expired', async () => {
    const path = '/topapi/message/corpconversation/asyncsend_v2';
    expect((await client.post(path, work())).body).toMatchObject({ errcode: 88, sub_code: '40000' });
    const token = await client.dingToken();
    await client.advance(7_200_000);
    expect((await client.post(`${path}?access_token=${token}`, work())).body).toMatchObject({
      errcode: 88,
      sub_code: '40014',
      errmsg: 'ding talk error[subcode=40014,submsg=不合法的access_token]',
      request_id: expect.any(String),
    });
  });
});

describe('robot/send', () => {
  it('takes the worked examples of text, link and markdown', async () => {
    const at = { atMobiles: ['13800001111'], atUserIds: ['u_alice'], isAtAll: false };
    const link = {
      title: 'Weekly report 12',
      text: 'Sales up 8%',
      picUrl: 'https://e.cn/w.png',
      messageUrl: 'https://e.cn/w',
    };
    const markdown = { title: 'CPU alarm', text: '### CPU alarm\n\n- host: **web-03** @13800001111' };
    for (const body of [
      { ...robotText(), msgUuid: '8f1c2d3e-0001', at },
      { msgtype: 'link', link },
      { msgtype: 'markdown', markdown, at: { ...at, atUserIds: [] } },
    ]) {
      expect((await client.sendDingRobot(body)).body).toEqual({ errcode: 0, errmsg: 'ok' });
    }
    const entries = await client.inbox('?channel=dingtalk-robot');
    expect(entries.map(({ msgtype, recipients, notes }) => [msgtype, recipients, notes])).toEqual([
      ['markdown', ['group:0b03'], []],
      ['link', ['group:0b03'], []],
      ['text', ['group:0b03'], []],
    ]);
  });

  it('checks the signature against its clock, with an hour of tolerance', async () => {
    const now = Date.now();
    expect(code(await client.sendSigned(robotText(), now))).toBe(0);
    expect(code(await client.sendSigned(robotText(), now - 3_590_000))).toBe(0);
    expect((await client.sendSigned(robotText(), now - 3_700_000)).body).toEqual({
      errcode: 310000,
      errmsg: 'invalid timestamp',
    });
    expect((await client.sendSigned(robotText(), now, 'SECother')).body).toEqual({
      errcode: 310000,
      errmsg: 'sign not match',
    });
    expect(code(await client.sendDingRobot(robotText(), DING_ROBOT))).toBe(310000);
  });

  it('looks for a keyword where the robot demands one', async () => {
    expect(code(await client.sendDingRobot(robotText('nothing'), DING_KEYWORD_ROBOT))).toBe(310000);
    expect(code(await client.sendDingRobot(robotText('鸿雁到了'), DING_KEYWORD_ROBOT))).toBe(0);
  });

  it.each<[string, object | string, number]>([
    ['a body that is no JSON', '{', 40035],
    ['an unknown message type', { msgtype: 'action_card', action_card: {} }, 400105],
    ['a markdown without title', { msgtype: 'markdown', markdown: { text: 'a' } }, 400402],
    ['a link with snake_case names', { msgtype: 'link', link: { title: 'a', text: 'b', message_url: 'c' } }, 400402],
    ['numbers as mobiles', { ...robotText(), at: { atMobiles: [13800001111] } }, 400402],
    ['a body over 20,000 bytes', robotText('a'.repeat(20_000)), 460101],
  ])('refuses %s', async (_name, body, errcode) => {
    expect(code(await client.sendDingRobot(body))).toBe(errcode);
    expect(await client.inbox()).toEqual([]);
  });

  it('refuses GET, a missing and an unknown token, and another content type', async () => {
    expect(code(await client.get('/robot/send'))).toBe(43002);
    expect((await client.post('/robot/send', robotText())).body).toEqual({
      errcode: 40035,
      errmsg: '缺少参数 access_token',
    });
    expect(code(await client.sendDingRobot(robotText(), 'made-up'))).toBe(300005);
    const path = `/robot/send?access_token=${DING_PLAIN_ROBOT}`;
    expect((await client.post(path, robotText(), 'text/plain')).body).toEqual({
      errcode: 40035,
      errmsg: '缺少参数 json',
    });
  });

  it('accepts a repeated msgUuid but does not show it twice', async () => {
    const body = { ...robotText(), msgUuid: 'd-1' };
    await client.sendDingRobot(body);
    expect(code(await client.sendDingRobot(body))).toBe(0);
    const entries = await client.inbox('?recipient=group:0b03');
    expect(entries.map((entry) => entry['recipients'])).toEqual([[], ['group:0b03']]);
  });

  it('blocks for ten minutes after the 21st message in a minute', async () => {
    for (let n = 0; n < 20; n += 1) expect(code(await client.sendDingRobot(robotText()))).toBe(0);
    expect(code(await client.sendDingRobot(robotText()))).toBe(130101);
    await client.advance(590_000);
    expect(code(await client.sendDingRobot(robotText()))).toBe(130101);
    await client.advance(10_001);
    expect(code(await client.sendDingRobot(robotText()))).toBe(0);
  });
});

describe('work messages', () => {
  it('are accepted with a numeric task id; the result tells who got them', async () => {
    const { body } = await client.ding(
      'asyncsend_v2',
      work({ userid_list: 'manager01,user02,nobody', dept_id_list: '99' }),
    );
    expect(body).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      task_id: expect.any(Number),
      request_id: expect.any(String),
    });
    const task = { agent_id: 1000000001, task_id: body['task_id'] };
    const [entry] = await client.inbox('?channel=dingtalk-work');
    expect(entry).toMatchObject({ providerMsgId: String(body['task_id']), account: 'dingsandboxkey01:1000000001' });
    await client.post(`/_sandbox/inbox/${String(entry?.['id'])}/read`, { recipients: ['user02'] });
    await client.advance(2_000);
    expect((await client.ding('getsendprogress', task)).body).toMatchObject({
      progress: { progress_in_percent: 100, status: 2 },
    });
    expect((await client.ding('getsendresult', task)).body['send_result']).toEqual({
      invalid_user_id_list: ['nobody'],
      forbidden_user_id_list: [],
      failed_user_id_list: [],
      read_user_id_list: ['user02'],
      unread_user_id_list: ['manager01'],
      invalid_dept_id_list: [99],
      forbidden_list: [],
    });
  });

  it.each<[string, object | string, number]>([
    ['broken JSON', '{', 40035],
    ['no agent_id', work({ agent_id: undefined }), 41011],
    ['a foreign agent_id', work({ agent_id: 1000000002 }), 40056],
    ['no receiver', work({ userid_list: undefined }), 40035],
    ['an empty department list', work({ dept_id_list: '' }), 400002],
    ['a list of ids', work({ userid_list: ['manager01'] }), 400002],
    ['101 users', work({ userid_list: Array.from({ length: 101 }, (_, n) => `x${n}`).join() }), 40032],
    ['21 departments', work({ dept_id_list: Array.from({ length: 21 }, (_, n) => n).join() }), 400002],
    ['a text as to_all_user', work({ to_all_user: 'yes' }), 400002],
    ['no msg', work({ msg: undefined }), 40035],
    ['msg as JSON text', work({ msg: '{}' }), 400002],
    ['an unknown message type', work({ msg: { msgtype: 'actionCard' } }), 40008],
    ['an empty text', work({ msg: { msgtype: 'text', text: { content: '' } } }), 44004],
    ['a markdown without title', work({ msg: { msgtype: 'markdown', markdown: { text: 'a' } } }), 40035],
    [
      '5,001 characters',
      work({ msg: { msgtype: 'markdown', markdown: { title: 'a', text: 'a'.repeat(5001) } } }),
      34016,
    ],
  ])('are refused with %s', async (_name, body, errcode) => {
    expect(code(await client.ding('asyncsend_v2', body))).toBe(errcode);
    expect(await client.inbox()).toEqual([]);
  });

  it('may come as form fields', async () => {
    const msg = JSON.stringify({ msgtype: 'text', text: { content: 'form' } });
    const form = new URLSearchParams({ agent_id: '1000000001', userid_list: 'lisi', to_all_user: 'false', msg });
    const path = `/topapi/message/corpconversation/asyncsend_v2?access_token=${await client.dingToken()}`;
    expect(code(await client.post(path, form.toString(), 'application/x-www-form-urlencoded'))).toBe(0);
  });

  it('reach a person with the same content once a day, although the call succeeds', async () => {
    await client.ding('asyncsend_v2', work());
    const { body } = await client.ding('asyncsend_v2', work({ userid_list: 'manager01,user02' }));
    const task = { agent_id: 1000000001, task_id: body['task_id'] };
    expect(body['errcode']).toBe(0);
    await client.advance(2_000);
    expect((await client.ding('getsendresult', task)).body['send_result']).toMatchObject({
      forbidden_user_id_list: ['manager01'],
      unread_user_id_list: ['user02'],
      forbidden_list: [{ code: '143106', count: 1, userid: 'manager01' }],
    });
    await client.advance(86_400_000);
    await client.ding('asyncsend_v2', work());
    expect((await client.inbox())[0]).toMatchObject({ recipients: ['manager01'] });
  });

  it('go to everyone three times a day', async () => {
    const toAll = (n: number): object =>
      work({ userid_list: undefined, to_all_user: true, msg: { msgtype: 'text', text: { content: `${n}` } } });
    const codes: unknown[] = [];
    for (let n = 0; n < 4; n += 1) codes.push(code(await client.ding('asyncsend_v2', toAll(n))));
    expect(codes).toEqual([0, 0, 0, 41045]);
  });

  it('are throttled above 20 calls a second per app and API', async () => {
    const path = `/topapi/message/corpconversation/getsendprogress?access_token=${await client.dingToken()}`;
    const answers = await Promise.all(Array.from({ length: 21 }, () => client.post(path, {})));
    expect(answers.filter(({ body }) => body['sub_code'] === '90018').map(code)).toEqual([88]);
    await client.advance(1_001);
    expect(code(await client.post(path, {}))).toBe(40035);
  });

  it('are recalled by their app within 24 hours', async () => {
    const { body } = await client.ding('asyncsend_v2', work());
    const task = { agent_id: 1000000001, msg_task_id: body['task_id'] };
    const path = '/topapi/message/corpconversation/recall?access_token=';
    expect(code(await client.post(path + (await client.dingToken(2)), task))).toBe(400002);
    expect(code(await client.ding('recall', { ...task, msg_task_id: 1 }))).toBe(400002);
    expect(code(await client.ding('recall', { agent_id: 1000000001, task_id: body['task_id'] }))).toBe(40035);
    expect(code(await client.ding('recall', task))).toBe(0);
    expect((await client.inbox())[0]).toMatchObject({ recalled: true });
    await client.advance(86_400_001);
    expect(code(await client.ding('recall', task))).toBe(400002);
  });
});

it('answers unknown paths as each family does', async () => {
  expect((await client.get('/user/get')).body).toEqual({ errcode: 404, errmsg: '请求的URI地址不存在' });
  expect((await client.post('/topapi/v2/user/notexist')).body).toMatchObject({
    errcode: 22,
    sub_msg: '不合法ApiName，ApiName = dingtalk.oapi.v2.user.notexist',
  });
  expect((await client.post('/v1.0/robot/nothing')).status).toBe(404);
});
