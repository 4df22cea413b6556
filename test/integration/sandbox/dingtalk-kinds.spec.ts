import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxClient } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const robotCode = async (body: object): Promise<unknown> => (await client.sendDingRobot(body)).body['errcode'];
const card = (fields: object): object => ({ msgtype: 'actionCard', actionCard: { title: 'a', text: 'b', ...fields } });

describe('robot/send', () => {
  const btns = [{ title: 'Agree', actionURL: 'https://hr.example.com/1' }];
  const link = { title: 'a', messageURL: 'https://b.cn', picURL: 'https://c.cn/d.png' };

  it.each<[string, object, readonly string[]]>([
    ['a card that opens as a whole', card({ singleTitle: 'Open', singleURL: 'https://a.cn', btnOrientation: '0' }), []],
    ['a card with buttons', card({ btns, btnOrientation: '1', hideAvatar: '1' }), []],
    [
      'a card with both, ignoring the buttons',
      card({ btns, singleTitle: 'Open', singleURL: 'https://a.cn' }),
      ['actionCard.btns is ignored beside singleTitle and singleURL'],
    ],
    ['a feed', { msgtype: 'feedCard', feedCard: { links: [link, link] } }, []],
    [
      'a field of another type, with a note',
      { msgtype: 'feedCard', feedCard: { links: [{ ...link, picUrl: 'x' }] } },
      ['feedCard.links[0].picUrl is unknown'],
    ],
  ])('takes %s', async (_name, body, notes) => {
    expect(await robotCode(body)).toBe(0);
    expect((await client.inbox())[0]).toMatchObject({ notes, recipients: ['group:0b03'] });
  });

  it.each<[string, object]>([
    ['a card without address and buttons', card({})],
    ['a card with a text but no address', card({ singleTitle: 'Open' })],
    ['a card with no button in its list', card({ btns: [] })],
    ['a button in the spelling of links', card({ btns: [{ title: 'a', messageURL: 'b' }] })],
    ['a number as arrangement', card({ btns, btnOrientation: 1 })],
    ['a feed without entries', { msgtype: 'feedCard', feedCard: { links: [] } }],
    [
      'an entry with a made-up picture',
      { msgtype: 'feedCard', feedCard: { links: [{ ...link, picURL: '@made-up' }] } },
    ],
    ['an entry without a picture', { msgtype: 'feedCard', feedCard: { links: [{ ...link, picURL: '' }] } }],
  ])('refuses %s', async (_name, body) => {
    expect(await robotCode(body)).toBe(400402);
    expect(await client.inbox()).toEqual([]);
  });
});

describe('work messages', () => {
  const head = { bgcolor: 'FFBBBBBB', text: 'Expense' };
  const oa = (fields: object = {}): object => ({ message_url: 'https://oa.example.com', head, ...fields });
  const actionCard = { title: 'a', markdown: 'b', single_title: 'c', single_url: 'https://d.cn' };
  const buttons = (count: number): object[] =>
    Array.from({ length: count }, () => ({ title: 'Noodles', action_url: 'https://poll.example.com/1' }));
  const link = { messageUrl: 'https://a.cn', picUrl: '@lADPDemoImage01', title: 'a', text: 'b' };
  const send = async (kind: string, content: unknown, audience: object = { userid_list: 'manager01' }) =>
    client.ding('asyncsend_v2', { agent_id: 1000000001, ...audience, msg: { msgtype: kind, [kind]: content } });

  it.each<[string, unknown]>([
    ['image', { media_id: '@lADPDemoImage01' }],
    ['voice', { media_id: '@lATPDemoVoice01', duration: '10' }],
    ['file', { media_id: '@lAzDemoFile01' }],
    ['link', link],
    ['oa', oa({ status_bar: { status_value: 'Pending', status_bg: '0xFFF65E5E' }, body: { rich: { num: '1' } } })],
    ['action_card', actionCard],
    ['action_card', { title: 'a', markdown: 'b', btn_orientation: '1', btn_json_list: buttons(2) }],
  ])('of kind %s are taken', async (kind, content) => {
    expect((await send(kind, content)).body['errcode']).toBe(0);
    expect((await client.inbox())[0]).toMatchObject({ msgtype: kind, notes: [], recipients: ['manager01'] });
  });

  it.each<[string, string, unknown, number]>([
    ['an image without media', 'image', {}, 41006],
    ['no image at all', 'image', undefined, 34008],
    ['a number as media', 'file', { media_id: 7 }, 400002],
    ['a made-up media id', 'image', { media_id: '@lADPmadeUp' }, 40007],
    ['a picture as file', 'file', { media_id: '@lADPDemoImage01' }, 40007],
    ['a made-up picture in a link', 'link', { ...link, picUrl: '@lADPmadeUp' }, 40007],
    ['a made-up picture in its body', 'oa', oa({ body: { image: '@lADPmadeUp' } }), 40007],
    ['a voice of 60 seconds', 'voice', { media_id: '@lATPDemoVoice01', duration: '60' }, 400002],
    ['a voice whose length is a number', 'voice', { media_id: '@lATPDemoVoice01', duration: 10 }, 400002],
    ['a link in snake_case', 'link', { ...link, messageUrl: undefined, message_url: 'https://a.cn' }, 40035],
    ['a link without picture', 'link', { ...link, picUrl: undefined }, 40035],
    ['an OA message without head', 'oa', { message_url: 'https://a.cn' }, 40035],
    ['a colour with 0x', 'oa', oa({ head: { ...head, bgcolor: '0xFFBBBBBB' } }), 400002],
    ['a status colour without 0x', 'oa', oa({ status_bar: { status_value: 'a', status_bg: 'FFF65E5E' } }), 400002],
    ['a number as attachment count', 'oa', oa({ body: { file_count: 2 } }), 400002],
    ['a form that is no list', 'oa', oa({ body: { form: { key: 'a' } } }), 400002],
    ['a card without address and buttons', 'action_card', { title: 'a', markdown: 'b' }, 40035],
    ['a button text of 21 characters', 'action_card', { ...actionCard, single_title: 'a'.repeat(21) }, 34016],
    ['a title of 65 characters', 'action_card', { ...actionCard, title: 'a'.repeat(65) }, 34016],
    ['an address of 501 characters', 'action_card', { ...actionCard, single_url: 'a'.repeat(501) }, 34016],
    ['too many buttons in all', 'action_card', { title: 'a', markdown: 'b', btn_json_list: buttons(20) }, 34016],
  ])('are refused with %s', async (_name, kind, content, code) => {
    expect((await send(kind, content)).body['errcode']).toBe(code);
    expect(await client.inbox()).toEqual([]);
  });

  it.each<[string, object]>([
    ['six people', { userid_list: 'u0001,u0002,u0003,u0004,u0005,u0006' }],
    ['a department', { dept_id_list: '2' }],
    ['everybody', { to_all_user: true }],
  ])('with a status bar are refused for %s', async (_name, audience) => {
    const content = oa({ status_bar: { status_value: 'Pending' } });
    expect((await send('oa', content, audience)).body['errcode']).toBe(400002);
  });

  it('with more than six form entries are taken with a note', async () => {
    const form = Array.from({ length: 7 }, (_, n) => ({ key: `k${n}`, value: 'v' }));
    await send('oa', oa({ body: { form } }));
    expect((await client.inbox())[0]).toMatchObject({ notes: ['oa.body.form: only 6 entries are shown'] });
  });
});
