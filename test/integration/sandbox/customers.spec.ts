import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OTHER_APP_SECRET, SandboxClient, type Answer } from './sandbox-client.js';

const APP = 'sandbox-secret-app-1000004';
const [FIRST, SECOND, THIRD] = ['wmSandboxCustomer0001', 'wmSandboxCustomer0002', 'wmSandboxCustomer0003'];
const DISPATCHED_MS = 2_000;

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const call = async (operation: string, body: unknown, secret = APP): Promise<Answer> =>
  client.post(`/cgi-bin/externalcontact/${operation}?access_token=${await client.wecomToken(secret)}`, body);

const read = async (operation: string, query = ''): Promise<Answer> =>
  client.get(`/cgi-bin/externalcontact/${operation}?access_token=${await client.wecomToken(APP)}${query}`);

const message = (changes: object = {}): object => ({
  chat_type: 'single',
  external_userid: [FIRST, SECOND],
  sender: 'zhangsan',
  text: { content: '您好，九月账单已出。' },
  attachments: [
    { msgtype: 'link', link: { title: '九月账单', desc: '点击查看', url: 'https://bill.example.com/202609' } },
    { msgtype: 'image', image: { media_id: '3Img-7hK2p_Qw91' } },
  ],
  ...changes,
});

const taken = async (changes: object = {}): Promise<string> => {
  const { body } = await call('add_msg_template', message(changes));
  expect(body).toMatchObject({ errcode: 0, errmsg: 'ok' });
  await client.advance(DISPATCHED_MS);
  return String(body['msgid']);
};

const confirm = async (member?: string): Promise<Answer> => {
  const [entry] = await client.inbox('?channel=wecom-customer');
  return client.post(`/_sandbox/inbox/${String(entry?.['id'])}/confirm`, member === undefined ? {} : { member });
};

const resultsOf = async (msgid: string, userid: string): Promise<unknown> =>
  (await call('get_groupmsg_send_result', { msgid, userid })).body['send_list'];

describe('a message to customers', () => {
  it('reaches nobody before the member has confirmed it', async () => {
    const msgid = await taken();
    const open = await call('get_groupmsg_task', { msgid, limit: 1_000, cursor: '' });
    expect(open.body).toEqual({
      errcode: 0,
      errmsg: 'ok',
      task_list: [{ userid: 'zhangsan', status: 0 }],
      next_cursor: '',
    });
    expect(await resultsOf(msgid, 'zhangsan')).toMatchObject([{ status: 0 }, { status: 0 }]);
    expect((await confirm('zhangsan')).status).toBe(200);
    expect((await confirm('zhangsan')).status).toBe(409);
    expect((await call('get_groupmsg_task', { msgid })).body).toMatchObject({
      task_list: [{ userid: 'zhangsan', status: 2, send_time: expect.any(Number) }],
    });
    expect(await resultsOf(msgid, 'zhangsan')).toEqual([
      { external_userid: FIRST, userid: 'zhangsan', status: 1, send_time: expect.any(Number) },
      { external_userid: SECOND, userid: 'zhangsan', status: 1, send_time: expect.any(Number) },
    ]);
  });

  it('lists whom it leaves out, and is refused when nobody is left', async () => {
    const { body } = await call('add_msg_template', message({ external_userid: [FIRST, THIRD, 'wmNobody'] }));
    expect(body).toMatchObject({ errcode: 0, fail_list: [THIRD, 'wmNobody'], msgid: expect.any(String) });
    expect((await call('add_msg_template', message({ external_userid: ['wmNobody'] }))).body).toMatchObject({
      errcode: 41048,
    });
  });

  it('without a sender goes to whoever last spoke with each customer', async () => {
    const msgid = await taken({ sender: undefined, external_userid: [FIRST, SECOND, THIRD] });
    expect((await call('get_groupmsg_task', { msgid })).body['task_list']).toEqual([
      { userid: 'zhangsan', status: 0 },
      { userid: 'lisi', status: 0 },
    ]);
  });

  it('by tags goes to whoever bears one of each group', async () => {
    const either = {
      group_list: [{ tag_list: ['etSandboxTagVip', 'etSandboxTagTrial'] }, { tag_list: ['etSandboxTagEast'] }],
    };
    await taken({ sender: undefined, external_userid: undefined, tag_filter: either });
    const [entry] = await client.inbox('?channel=wecom-customer');
    expect(entry?.['recipients']).toEqual([FIRST, THIRD]);
  });

  it('is confirmed at once by members who do so, and fails where a customer cannot get it', async () => {
    const habit = (id: string, name: string) => client.post('/_sandbox/people/habits', { ids: [id], habit: name });
    await habit('zhangsan', 'confirms');
    await habit(FIRST, 'refuses');
    await habit(SECOND, 'limited');
    expect(await resultsOf(await taken(), 'zhangsan')).toMatchObject([{ status: 2 }, { status: 3 }]);
    const [entry] = await client.inbox('?channel=wecom-customer');
    expect(entry?.['dropped']).toEqual([
      { recipient: FIRST, reason: 'not_a_friend' },
      { recipient: SECOND, reason: 'customer_limit' },
    ]);
  });

  it('fails from the day on which a customer has had as many as the month has days', async () => {
    await client.post('/_sandbox/people/habits', { ids: ['zhangsan'], habit: 'confirms' });
    for (let count = 0; count < 31; count += 1) {
      await call('add_msg_template', message({ external_userid: [FIRST] }));
    }
    const msgid = await taken({ external_userid: [FIRST] });
    expect(await resultsOf(msgid, 'zhangsan')).toMatchObject([{ status: 3 }]);
  });

  it('ends when it is canceled, and only then', async () => {
    const msgid = await taken();
    expect((await call('cancel_groupmsg_send', { msgid })).body).toMatchObject({ errcode: 0 });
    expect((await call('cancel_groupmsg_send', { msgid })).body).toMatchObject({ errcode: 41093 });
    expect((await confirm('zhangsan')).status).toBe(409);
    expect(await resultsOf(msgid, 'zhangsan')).toMatchObject([{ status: 0 }, { status: 0 }]);
  });

  it('says nothing of itself while it is handed out, and nothing to others ever', async () => {
    const { body } = await call('add_msg_template', message());
    const { msgid } = body;
    expect((await call('get_groupmsg_task', { msgid })).body).toMatchObject({ errcode: 41063 });
    expect((await call('get_groupmsg_task', {})).body).toMatchObject({ errcode: 41046 });
    expect((await call('get_groupmsg_task', { msgid: 'made-up' })).body).toMatchObject({ errcode: 41047 });
    await client.advance(DISPATCHED_MS);
    expect((await call('get_groupmsg_task', { msgid, limit: 1_001 })).body).toMatchObject({ errcode: 40058 });
    expect((await call('get_groupmsg_send_result', { msgid, userid: 'lisi' })).body).toMatchObject({ errcode: 40003 });
  });

  it.each([
    ['another chat type', { chat_type: 'everybody' }, 40058],
    ['a sender without customers', { sender: 'zhaoliu' }, 84074],
    ['neither text nor attachments', { text: undefined, attachments: undefined }, 40063],
    ['an empty list of attachments', { text: undefined, attachments: [] }, 41088],
    ['over 4000 bytes of text', { text: { content: 'x'.repeat(4_001) } }, 40058],
    ['ten attachments', { attachments: Array.from({ length: 10 }, () => ({ msgtype: 'link', link: {} })) }, 41064],
    ['an attachment of another type', { attachments: [{ msgtype: 'voice', voice: {} }] }, 41065],
    ['a link without a title', { attachments: [{ msgtype: 'link', link: { url: 'https://x.example' } }] }, 41016],
    ['a media id that nobody uploaded', { attachments: [{ msgtype: 'file', file: { media_id: 'x' } }] }, 40007],
    ['a tag that is none', { external_userid: undefined, tag_filter: { group_list: [{ tag_list: ['et?'] }] } }, 40068],
    ['nobody at all', { external_userid: undefined, sender: undefined }, 40063],
  ])('is refused with %s', async (_what, changes, errcode) => {
    expect((await call('add_msg_template', message(changes))).body).toMatchObject({ errcode });
  });

  it('is refused to an app that may not call the customer contact API', async () => {
    expect((await call('add_msg_template', message(), OTHER_APP_SECRET)).body).toMatchObject({ errcode: 48002 });
  });

  it('is drawn with a button for each member who has to confirm', async () => {
    await taken({ sender: undefined, external_userid: [FIRST, THIRD] });
    const pageOf = async (): Promise<string> =>
      (await fetch(`${client.url}/`, { headers: { 'accept-language': 'en' } })).text();
    const page = await pageOf();
    expect(page).toContain('Confirm as zhangsan');
    expect(page).toContain('您好，九月账单已出。');
    const action = /action="(\/_sandbox\/page\/inbox\/\d+\/confirm[^"]*by=lisi[^"]*)"/.exec(page)?.[1] ?? '';
    await fetch(`${client.url}${action.replaceAll('&amp;', '&')}`, { method: 'POST' });
    const after = await pageOf();
    expect(after).toContain('lisi has confirmed');
    expect(after).toContain('Confirm as zhangsan');
  });
});

describe('customers', () => {
  it('are listed by member, with ids of tags, and one by one with their names', async () => {
    expect((await read('get_follow_user_list')).body).toMatchObject({ follow_user: ['zhangsan', 'lisi', 'wangwu'] });
    expect((await read('list', '&userid=zhangsan')).body).toMatchObject({ external_userid: [FIRST, SECOND] });
    expect((await read('list', '&userid=wangwu')).body).toMatchObject({ errcode: 84061 });
    const page = await call('batch/get_by_user', { userid_list: ['zhangsan', 'lisi'], cursor: '', limit: 2 });
    expect(page.body).toMatchObject({
      external_contact_list: [
        { external_contact: { external_userid: FIRST }, follow_info: { userid: 'zhangsan', remark: '林总' } },
        { external_contact: { external_userid: SECOND }, follow_info: { tag_id: ['etSandboxTagTrial'] } },
      ],
      next_cursor: expect.stringMatching(/./),
    });
    const { body } = await read('get', `&external_userid=${FIRST}`);
    expect(body).toMatchObject({
      follow_user: [{ tags: [{ tag_id: 'etSandboxTagVip', tag_name: 'VIP', group_name: '客户等级', type: 1 }, {}] }],
    });
    expect((await read('get', '&external_userid=wmNobody')).body).toMatchObject({ errcode: 40096 });
    expect((await call('batch/get_by_user', { userid_list: [] })).body).toMatchObject({ errcode: 40063 });
  });
});
