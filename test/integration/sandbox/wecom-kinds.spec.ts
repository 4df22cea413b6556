import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelRegistry, CHANNELS, contentKindOf, examplesOf, type Content } from '#libs/channels';
import type { JsonObject, JsonValue } from '#libs/core';
import { OTHER_APP_SECRET, SandboxClient, type Answer } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const code = ({ body }: Answer): unknown => body['errcode'];
const times = (count: number, item: JsonValue): JsonValue[] => Array.from({ length: count }, () => item);

const channels = new ChannelRegistry(CHANNELS);
const app = channels.get('wecom-app');
const robot = channels.get('wecom-robot');

const examples = ({ contents }: typeof app): (readonly [string, Content])[] =>
  contents.flatMap((type) =>
    examplesOf(type).map((example) => {
      const { kind } = contentKindOf(type);
      const { card_type: cardType } = example;
      return [typeof cardType === 'string' ? `${kind} ${cardType}` : kind, { ...example, kind }] as const;
    }),
  );

function requestOf(content: Content): JsonObject {
  const addressees = [{ type: 'user' as const, id: 'zhangsan' }];
  const delivery = { deliveryId: 'm-1', content, addressees, mentions: [], options: {} };
  return app.handler.buildBody(delivery, app.sandbox.account);
}

const message = (msgtype: string, content: JsonValue, fields: JsonObject = {}): JsonObject => ({
  touser: 'zhangsan',
  msgtype,
  agentid: 1000002,
  [msgtype]: content,
  ...fields,
});

describe('a message of an app', () => {
  it.each(examples(app))('of kind %s is taken without a note and drawn', async (_name, content) => {
    expect(await client.sendWecom(requestOf(content))).toMatchObject({ body: { errcode: 0, errmsg: 'ok' } });
    expect(await client.inbox()).toMatchObject([{ msgtype: content.kind, notes: [], recipients: ['zhangsan'] }]);
    const page = await (await fetch(`${client.url}/_sandbox/page/feed`)).text();
    expect(page).toMatch(/<div class="bubble">(?!\s*<pre>)/);
  });

  const article = (fields: JsonObject): JsonObject =>
    message('news', { articles: [{ title: 'a', url: 'https://e.cn', ...fields }] });
  const stored = (fields: JsonObject): JsonObject =>
    message('mpnews', { articles: [{ title: 'a', thumb_media_id: '3Img-7hK2p_Qw91', content: 'a', ...fields }] });
  const notice = (fields: JsonObject): JsonObject =>
    message('miniprogram_notice', { appid: 'wx01', title: '会议室预定', ...fields });

  it.each<[string, JsonObject, number]>([
    ['an image without media id', message('image', {}), 41006],
    ['a made-up media id', message('image', { media_id: '3Img-made-up' }), 40007],
    ['a file as image', message('image', { media_id: '3Fil-93Tr0b' }), 40007],
    ['the upload of a robot', message('file', { media_id: '3Rob-k20Xy' }), 40007],
    ['news that are confidential', { ...article({}), safe: 1 }, 40074],
    ['text that stays inside the corp', message('text', { content: 'a' }, { safe: 2 }), 40035],
    ['nine articles', message('news', { articles: times(9, { title: 'a', url: 'https://e.cn' }) }), 45008],
    ['no article', message('news', {}), 40063],
    ['an article without title', article({ title: '' }), 41016],
    ['an article that leads nowhere', message('news', { articles: [{ title: 'a' }] }), 41010],
    ['half a mini program', article({ appid: 'wx01' }), 40058],
    ['65 bytes of author', stored({ author: 'a'.repeat(65) }), 45032],
    ['a body over 666 KB', stored({ content: 'a'.repeat(666 * 1024 + 1) }), 45002],
    ['a cover that is a file', stored({ thumb_media_id: '3Fil-93Tr0b' }), 40007],
    ['a notice without app id', notice({ appid: '' }), 90200],
    ['a notice of another app', notice({ appid: 'app' }), 90207],
    ['a notice with eleven items', notice({ content_item: times(11, { key: 'a', value: 'b' }) }), 90201],
    ['a notice with an empty key', notice({ content_item: [{ key: '', value: 'b' }] }), 90202],
    ['a notice with a long value', notice({ content_item: [{ key: 'a', value: '长'.repeat(31) }] }), 90203],
    ['a notice with a short title', notice({ title: '会议室' }), 40058],
    ['a notice to everybody', { ...notice({}), touser: '@all' }, 40035],
  ])('is refused: %s', async (_name, body, errcode) => {
    expect(code(await client.sendWecom(body))).toBe(errcode);
    expect(await client.inbox()).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    [
      '129 bytes of video title',
      message('video', { media_id: '3Vid-55cXz9', title: 'a'.repeat(129) }),
      'video.title is cut: 129 of 128',
    ],
    ['an unknown field', message('file', { media_id: '3Fil-93Tr0b', asset: '01h' }), 'file.asset means nothing here'],
    ['an agent id on a notice', notice({}), 'agentid means nothing for miniprogram_notice'],
    [
      'a confidential voice',
      message('voice', { media_id: '3Voi-0aa81kLm2' }, { safe: 1 }),
      'safe means nothing for voice',
    ],
  ])('is taken with a note: %s', async (_name, body, note) => {
    expect(code(await client.sendWecom(body))).toBe(0);
    expect((await client.inbox())[0]?.['notes']).toEqual([note]);
  });
});

describe('a template card of an app', () => {
  const card = (fields: JsonObject): JsonObject =>
    message('template_card', {
      card_type: 'text_notice',
      main_title: { title: 'a' },
      card_action: { type: 1, url: 'https://e.cn' },
      ...fields,
    });
  const buttons = (fields: JsonObject): JsonObject =>
    message('template_card', {
      card_type: 'button_interaction',
      main_title: { title: 'a' },
      task_id: 'task-1',
      button_list: [{ text: 'a', key: 'a' }],
      ...fields,
    });
  const row = (fields: JsonObject): JsonObject => card({ horizontal_content_list: [{ keyname: 'a', ...fields }] });
  const menu = (keys: string[]): JsonObject =>
    card({ task_id: 'task-1', action_menu: { action_list: keys.map((key) => ({ text: 'a', key })) } });
  const select = (fields: JsonObject): JsonObject =>
    message('template_card', {
      card_type: 'multiple_interaction',
      main_title: { title: 'a' },
      task_id: 'task-1',
      select_list: [{ question_key: 'q', option_list: [{ id: 'a', text: 'a' }] }],
      submit_button: { key: 's' },
      ...fields,
    });

  it.each<[string, JsonObject, number]>([
    ['an unknown card type', card({ card_type: 'constructor' }), 42031],
    ['no title at all', card({ main_title: {} }), 41016],
    ['no click', card({ card_action: null }), 42045],
    ['a click of type 0', card({ card_action: { type: 0 } }), 42045],
    ['a click without address', card({ card_action: { type: 1 } }), 42028],
    ['a click without app id', card({ card_action: { type: 2 } }), 42030],
    ['no picture', card({ card_type: 'news_notice' }), 42044],
    [
      'a ratio out of range',
      card({ card_type: 'news_notice', card_image: { url: 'https://e.cn', aspect_ratio: 3 } }),
      40058,
    ],
    ['seven rows', card({ horizontal_content_list: times(7, { keyname: 'a' }) }), 42035],
    ['a row without name', row({ keyname: '' }), 42027],
    ['a row without file', row({ type: 2 }), 42029],
    ['a row with another media', row({ type: 2, media_id: '3Img-7hK2p_Qw91' }), 40007],
    ['a row without member', row({ type: 3 }), 42050],
    [
      'five vertical rows',
      card({
        card_type: 'news_notice',
        card_image: { url: 'https://e.cn' },
        vertical_content_list: times(5, { title: 'a' }),
      }),
      42036,
    ],
    ['four jumps', card({ jump_list: times(4, { title: 'a' }) }), 42042],
    ['a jump without title', card({ jump_list: [{}] }), 42033],
    ['equal menu keys', menu(['a', 'a']), 42051],
    ['a menu without task id', { ...card({ action_menu: { action_list: [{ text: 'a', key: 'a' }] } }) }, 42014],
    ['buttons without task id', buttons({ task_id: '' }), 42014],
    ['a task id with a blank', buttons({ task_id: 'a b' }), 42014],
    ['a task id of 129 bytes', buttons({ task_id: 'a'.repeat(129) }), 42014],
    ['a button without key', buttons({ button_list: [{ text: 'a' }] }), 42019],
    ['a button without text', buttons({ button_list: [{ key: 'a' }] }), 42020],
    ['a button without address', buttons({ button_list: [{ text: 'a', type: 1 }] }), 42028],
    ['equal button keys', buttons({ button_list: times(2, { text: 'a', key: 'a' }) }), 42018],
    ['four selections', select({ select_list: times(4, {}) }), 42047],
    ['a selection without options', select({ select_list: [{ question_key: 'q' }] }), 42037],
    ['a selection without question', select({ select_list: [{ option_list: [{ id: 'a', text: 'a' }] }] }), 42043],
    ['an option without id', select({ select_list: [{ question_key: 'q', option_list: [{ text: 'a' }] }] }), 42040],
    ['an option without text', select({ select_list: [{ question_key: 'q', option_list: [{ id: 'a' }] }] }), 42041],
    ['a submit button without key', select({ submit_button: { text: 'a' } }), 42046],
  ])('is refused: %s', async (_name, body, errcode) => {
    expect(code(await client.sendWecom(body))).toBe(errcode);
    expect(await client.inbox()).toEqual([]);
  });

  it('gets a code to update it exactly when it calls back', async () => {
    expect((await client.sendWecom(card({}))).body).not.toHaveProperty('response_code');
    expect((await client.sendWecom(menu(['a']))).body['response_code']).toMatch(/^rc-/);
    expect((await client.sendWecom(buttons({ task_id: 'task-2' }))).body['response_code']).toMatch(/^rc-/);
  });

  it('takes a task id once per app, and only when the message was taken', async () => {
    expect(code(await client.sendWecom({ ...buttons({}), touser: 'ghost01' }))).toBe(81013);
    expect(code(await client.sendWecom(buttons({})))).toBe(0);
    const again = await client.sendWecom(buttons({}));
    expect(code(again)).toBe(42014);
    expect(again.body['errmsg']).toMatch(/^taskid has existed or empty or exceed max len, hint:/);
  });

  it('that calls back is refused to an app without a callback address', async () => {
    const token = await client.wecomToken(OTHER_APP_SECRET);
    const send = (body: JsonObject): Promise<Answer> =>
      client.post(`/cgi-bin/message/send?access_token=${token}`, { ...body, agentid: 1000003 });
    expect(code(await send(buttons({})))).toBe(43012);
    expect(code(await send(card({})))).toBe(0);
  });

  it.each<[string, JsonObject, string]>([
    [
      'an advised length',
      card({ main_title: { title: '长'.repeat(37) } }),
      'template_card.main_title.title has 37 characters, over the advised 36',
    ],
    ['a block of another type', card({ button_list: [] }), 'template_card.button_list means nothing here'],
  ])('is taken with a note over %s', async (_name, body, note) => {
    expect(code(await client.sendWecom(body))).toBe(0);
    expect((await client.inbox())[0]?.['notes']).toEqual([note]);
  });
});

describe('a message of a robot', () => {
  it.each(examples(robot))('of kind %s is taken without a note and drawn', async (_name, content) => {
    const delivery = { deliveryId: 'm-1', content, addressees: [], mentions: [], options: {} };
    const body = robot.handler.buildBody(delivery, robot.sandbox.account);
    expect((await client.sendWecomRobot(body)).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await client.inbox()).toMatchObject([{ msgtype: content.kind, notes: [], recipients: ['group:b0b1'] }]);
    const page = await (await fetch(`${client.url}/_sandbox/page/feed`)).text();
    expect(page).toMatch(/<div class="bubble">(?!\s*<pre>)/);
  });

  const card = (fields: JsonObject): JsonObject => ({
    msgtype: 'template_card',
    template_card: {
      card_type: 'text_notice',
      main_title: { title: 'a' },
      card_action: { type: 1, url: 'https://e.cn' },
      ...fields,
    },
  });
  const picture = (data: Buffer, md5: string): JsonObject => ({
    msgtype: 'image',
    image: { base64: data.toString('base64'), md5 },
  });

  it.each<[string, JsonObject, number]>([
    ['a picture over 2 MB', picture(Buffer.alloc(2 * 1024 * 1024 + 1), '0'.repeat(32)), 93018],
    ['a picture with another MD5', picture(Buffer.from('a'), '0'.repeat(32)), 301019],
    ['bytes that are no picture', picture(Buffer.from('a'), '0cc175b9c0f1b6a831c399e269772661'), 40123],
    ['a data address', { msgtype: 'image', image: { base64: 'data:image/png;base64,aaaa', md5: 'a' } }, 40058],
    ['no MD5', { msgtype: 'image', image: { base64: 'aaaa' } }, 40058],
    ['the upload of an app', { msgtype: 'file', file: { media_id: '3Fil-93Tr0b' } }, 40007],
    ['an article without link', { msgtype: 'news', news: { articles: [{ title: 'a' }] } }, 41010],
    ['4,097 bytes of markdown v2', { msgtype: 'markdown_v2', markdown_v2: { content: 'a'.repeat(4097) } }, 40058],
    ['a card with buttons', card({ card_type: 'button_interaction' }), 42031],
    ['a news card without picture', card({ card_type: 'news_notice', image_text_area: {} }), 42044],
  ])('is refused: %s', async (_name, body, errcode) => {
    expect(code(await client.sendWecomRobot(body))).toBe(errcode);
    expect(await client.inbox()).toEqual([]);
  });

  it('has advised lengths of its own, and no menu', async () => {
    await client.sendWecomRobot(card({ main_title: { title: '长'.repeat(27) }, action_menu: {} }));
    expect((await client.inbox())[0]?.['notes']).toEqual([
      'template_card.main_title.title has 27 characters, over the advised 26',
      'template_card.action_menu means nothing here',
    ]);
  });
});
