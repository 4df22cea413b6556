import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxClient } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const work = (changes: object): object => ({
  agent_id: 1000000001,
  msg: { msgtype: 'text', text: { content: 'hello' } },
  ...changes,
});

describe('DingTalk work messages', () => {
  it('are worked off within two seconds, and nobody is listed before their turn', async () => {
    const { body } = await client.ding('asyncsend_v2', work({ userid_list: 'u0001,u0002,u0003,u0004' }));
    const task = { agent_id: 1000000001, task_id: body['task_id'] };
    const at = async (): Promise<unknown> => {
      const { body: shown } = await client.ding('getsendprogress', task);
      const { body: result } = await client.ding('getsendresult', task);
      const lists = result['send_result'] as Readonly<Record<string, readonly string[]>>;
      const { progress_in_percent: percent, status } = shown['progress'] as Readonly<Record<string, number>>;
      return { begun: (percent ?? 0) >= 50, status, listed: (lists['unread_user_id_list'] ?? []).length };
    };
    await client.advance(1_000);
    // Real time passes as well: at least half of them, and the end only after two seconds.
    expect(await at()).toEqual({ begun: true, status: expect.any(Number), listed: expect.any(Number) });
    await client.advance(1_000);
    expect(await at()).toEqual({ begun: true, status: 2, listed: 4 });
  });

  it('are read, refused, held back or lost as the members are told to', async () => {
    const habit = (id: string, name: string | null) =>
      client.post('/_sandbox/people/habits', { ids: [id], habit: name });
    await habit('u0001', 'reads');
    await habit('u0002', 'refuses');
    await habit('u0003', 'limited');
    await habit('u0004', 'loses');
    expect(await habit('u0005', 'sleeps')).toMatchObject({ status: 400 });
    const { body } = await client.ding('asyncsend_v2', work({ userid_list: 'u0001,u0002,u0003,u0004,u0005' }));
    await client.advance(2_000);
    const task = { agent_id: 1000000001, task_id: body['task_id'] };
    expect((await client.ding('getsendresult', task)).body['send_result']).toMatchObject({
      read_user_id_list: ['u0001'],
      unread_user_id_list: ['u0005'],
      failed_user_id_list: ['u0004'],
      forbidden_list: [
        { code: '1430004', count: 0, userid: 'u0002' },
        { code: '143105', count: 500, userid: 'u0003' },
      ],
    });
    await habit('u0002', null);
    expect((await client.get('/_sandbox/people/habits')).body).toEqual({
      u0001: 'reads',
      u0003: 'limited',
      u0004: 'loses',
    });
  });
});

describe('a recipient on the inbox page', () => {
  const page = async (path = '/'): Promise<string> => (await fetch(client.url + path)).text();

  it('opens a message with a press on their name, which marks it as read by them', async () => {
    const { body } = await client.ding('asyncsend_v2', work({ userid_list: 'lisi,wangwu' }));
    const action = /action="([^"]*by=lisi[^"]*)"/.exec(await page('/?recipient=lisi'))?.[1]?.replaceAll('&amp;', '&');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(client.url + (action ?? ''), { method: 'POST', headers: form, redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/?channel=&recipient=lisi');
    await client.advance(2_000);
    const task = { agent_id: 1000000001, task_id: body['task_id'] };
    expect((await client.ding('getsendresult', task)).body['send_result']).toMatchObject({
      read_user_id_list: ['lisi'],
      unread_user_id_list: ['wangwu'],
    });
    expect(await page()).toContain('lisi ✓');
  });

  it('cannot open what was taken back, what they do not see, or what is not there', async () => {
    const { body } = await client.ding('asyncsend_v2', work({ userid_list: 'lisi' }));
    const [entry] = await client.inbox();
    const open = (id: unknown, by: string) =>
      fetch(`${client.url}/_sandbox/page/inbox/${String(id)}/read?by=${by}`, { method: 'POST', redirect: 'manual' });
    expect((await open(entry?.['id'], 'wangwu')).status).toBe(303);
    await client.ding('recall', { agent_id: 1000000001, msg_task_id: body['task_id'] });
    expect((await open(entry?.['id'], 'lisi')).status).toBe(303);
    expect((await open('9999', 'lisi')).status).toBe(404);
    expect((await client.inbox())[0]).toMatchObject({ readBy: [] });
    expect(await page()).not.toContain('by=lisi');
  });
});
