import { createServer, type Server } from 'node:http';
import { createDecipheriv } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OTHER_APP_SECRET, SandboxClient, type Answer } from './sandbox-client.js';

const AES_KEY = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ';
const BUTTONS = [{ text: '同意', key: 'approve' }];
const CARD = { card_type: 'button_interaction', main_title: { title: '请假' }, button_list: BUTTONS };

let client: SandboxClient;
let server: Server;
let answerWith: (path: URL) => { readonly status: number; readonly body: string };
const heard: string[] = [];
let lastTask = 0;

/** The text inside an envelope. */
function opened(encrypted: string): string {
  const key = Buffer.from(`${AES_KEY}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = decipher.update(Buffer.from(encrypted, 'base64'));
  return plain.subarray(20, 20 + plain.readUInt32BE(16)).toString();
}

beforeAll(async () => {
  client = await SandboxClient.start();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [, encrypted] = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(body) ?? [];
      if (encrypted) heard.push(opened(encrypted));
      const answer = answerWith(new URL(request.url ?? '/', 'http://app'));
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await client.close();
  server.close();
});
beforeEach(async () => {
  await client.reset();
  heard.length = 0;
  answerWith = ({ searchParams }) => ({ status: 200, body: opened(searchParams.get('echostr') ?? '') });
});

const code = ({ body }: Answer): unknown => body['errcode'];

async function call(path: string, body: object, secret?: string): Promise<Answer> {
  return client.post(`/cgi-bin/message/${path}?access_token=${await client.wecomToken(secret)}`, body);
}

async function sent(card: object = CARD, touser = 'zhangsan|lisi'): Promise<Answer['body']> {
  const withTask = { ...card, task_id: `task-${(lastTask += 1)}` };
  return (await call('send', { touser, msgtype: 'template_card', agentid: 1000002, template_card: withTask })).body;
}

const update = (responseCode: unknown, changes: object = {}, secret?: string): Promise<Answer> =>
  call(
    'update_template_card',
    { atall: 1, agentid: 1000002, response_code: responseCode, button: { replace_name: '已处理' }, ...changes },
    secret,
  );

const callBack = (changes: object = {}): Promise<Answer> => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom`;
  return client.post('/_sandbox/wecom/callback', {
    agentId: 1000002,
    url,
    token: 'token',
    aesKey: AES_KEY,
    ...changes,
  });
};

/** On the newest card. */
async function press(body: object): Promise<Answer> {
  const [entry] = await client.inbox('?limit=1');
  return client.post(`/_sandbox/inbox/${String(entry?.['id'])}/click`, body);
}

describe('update_template_card', () => {
  it('takes a code once, within 72 hours, from the app that sent the card', async () => {
    const { response_code: first } = await sent();
    expect(code(await update(first, { agentid: 1000003 }, OTHER_APP_SECRET))).toBe(42015);
    expect(await update(first)).toMatchObject({ body: { errcode: 0, errmsg: 'ok', invaliduser: [] } });
    expect(code(await update(first))).toBe(60140);
    expect(code(await update('made-up'))).toBe(60140);
    const { response_code: second } = await sent();
    await client.advance(72 * 3_600_000 + 1);
    expect(code(await update(second))).toBe(60140);
  });

  it.each([
    ['no agent', { agentid: undefined }, 41011],
    ['another agent', { agentid: 1000003 }, 301002],
    ['nobody to update', { atall: 0 }, 82101],
    ['people without the card', { atall: 0, userids: ['wangwu'] }, 82102],
    ['a list as text', { atall: 0, userids: 'zhangsan' }, 40035],
    ['departments as text', { atall: 0, partyids: ['1'] }, 40035],
    ['1001 people', { atall: 0, userids: Array.from({ length: 1001 }, (_, n) => `u${n}`) }, 40032],
    ['neither button nor card', { button: undefined }, 40058],
    ['a button without text', { button: {} }, 42020],
    ['a card of no type', { button: undefined, template_card: { card_type: 'poster' } }, 42031],
    ['a card without buttons', { button: undefined, template_card: { ...CARD, button_list: [] } }, 40058],
  ])('with %s answers its code, and the code of the card stays usable', async (_, changes, errcode) => {
    const { response_code: responseCode } = await sent();
    expect(code(await update(responseCode, changes))).toBe(errcode);
    expect(code(await update(responseCode))).toBe(0);
  });

  it('lists people without the card, lower-cased', async () => {
    const { response_code: responseCode } = await sent();
    const { body } = await update(responseCode, { atall: 0, userids: ['ZhangSan', 'Ghost01'] });
    expect(body).toMatchObject({ errcode: 0, invaliduser: ['ghost01'] });
    expect(await client.inbox()).toMatchObject([{ changes: [{ users: ['zhangsan'], button: '已处理' }] }]);
  });

  it('shows the new card on the page, and a vote may go without its submit button', async () => {
    const { response_code: responseCode } = await sent();
    const vote = {
      card_type: 'vote_interaction',
      main_title: { title: '投票已结束' },
      checkbox: { question_key: 'q', disable: true, option_list: [{ id: 'a', text: '甲', is_checked: true }] },
      replace_text: '已结束',
    };
    expect(code(await update(responseCode, { button: undefined, template_card: vote }))).toBe(0);
    const page = await (await fetch(`${client.url}/_sandbox/page/feed`)).text();
    expect(page).toContain('投票已结束');
    expect(page).toMatch(/<input\s+type="radio"\s+name="q"\s+value="a"\s+checked disabled/);
    expect(page).not.toContain('data-key');
  });
});

describe('a callback address', () => {
  it('is kept when it passes the check, and told why when it does not', async () => {
    expect(await callBack()).toMatchObject({ status: 200, body: { verified: true } });
    answerWith = () => ({ status: 403, body: 'forbidden' });
    expect(await callBack()).toMatchObject({
      status: 400,
      body: { error: 'url_check_failed', status: 403, answer: 'forbidden' },
    });
    expect((await callBack({ url: 'http://127.0.0.1:1/' })).body).toMatchObject({ status: 0 });
    expect((await callBack({ agentId: 7 })).status).toBe(404);
    expect((await callBack({ aesKey: 'short' })).status).toBe(400);
  });

  it('hears of a press, with a code that updates the card once more', async () => {
    await callBack();
    const { response_code: first } = await sent();
    await update(first, { button: undefined, template_card: CARD });
    answerWith = () => ({ status: 200, body: '' });
    const selections = [{ question: 'q', options: ['u1', 'u2'] }];
    const pressed = await press({ user: 'lisi', key: 'approve', selections });
    expect(pressed).toMatchObject({ status: 200, body: { callback: { status: 200 } } });
    const [document = ''] = heard;
    for (const part of [
      '<FromUserName><![CDATA[lisi]]>',
      '<Event><![CDATA[template_card_event]]>',
      `task-${lastTask}`,
    ]) {
      expect(document).toContain(part);
    }
    expect(document).toContain('<OptionId><![CDATA[u1]]></OptionId><OptionId><![CDATA[u2]]></OptionId>');
    const [, second] = /<ResponseCode><!\[CDATA\[(.*?)\]\]>/.exec(document) ?? [];
    expect(code(await update(second))).toBe(0);
    expect(await client.inbox()).toMatchObject([{ clicks: [{ user: 'lisi', key: 'approve' }] }]);
  });

  it.each([
    ['nobody calls back', 'approve', 'lisi', 'no_callback'],
    ['the button does not exist', 'reject', 'lisi', 'no_such_button'],
    ['the person did not get the card', 'approve', 'wangwu', 'not_a_reader'],
  ])('hears nothing where %s', async (_, key, user, error) => {
    await sent();
    expect(await press({ user, key })).toMatchObject({ status: 409, body: { error } });
  });

  it('hears nothing of a card that is dealt with', async () => {
    await callBack();
    const { response_code: responseCode } = await sent();
    await update(responseCode);
    const pressed = await press({ user: 'lisi', key: 'approve' });
    expect(pressed.body).toEqual({ error: 'greyed' });
    expect((await client.post('/_sandbox/inbox/999999/click', { user: 'lisi', key: 'approve' })).status).toBe(404);
  });
});

describe('status_bar/update', () => {
  const OA = { message_url: 'https://example.com', head: { bgcolor: 'FFBBBBBB', text: 'x' } };

  async function taskOf(oa: object): Promise<string> {
    const body = { agent_id: 1000000001, userid_list: 'manager01', msg: { msgtype: 'oa', oa } };
    const path = '/topapi/message/corpconversation/asyncsend_v2';
    const token = await client.dingToken();
    return String((await client.post(`${path}?access_token=${token}`, body)).body['task_id']);
  }

  async function set(task: string, changes: object = {}): Promise<unknown> {
    const body = { agent_id: 1000000001, task_id: Number(task), status_value: 'Approved', ...changes };
    const path = '/topapi/message/corpconversation/status_bar/update';
    return code(await client.post(`${path}?access_token=${await client.dingToken()}`, body));
  }

  it('changes the status of an OA message that has one', async () => {
    const task = await taskOf({ ...OA, status_bar: { status_value: 'Pending' } });
    expect(await set(task, { status_bg: '0xFF78C06E' })).toBe(0);
    expect(await set(task, { status_value: 'Paid' })).toBe(0);
    expect(await client.inbox()).toMatchObject([{ changes: [{}, { statusBar: { status_value: 'Paid' } }] }]);
    expect(await set(task, { status_value: undefined })).not.toBe(0);
    expect(await set(task, { status_bg: 'red' })).toBe(400002);
    expect(await set(await taskOf(OA))).toBe(400002);
    expect(await set('1')).toBe(400002);
  });
});
