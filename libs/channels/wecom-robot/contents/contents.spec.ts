import { describe, expect, it } from '@jest/globals';
import { isJsonObject, type JsonObject } from '#libs/core';
import type { Mention } from '../../channel.js';
import { checkRendered, checkStructure, contentKindOf, examplesOf } from '../../content.js';
import { makeDelivery } from '../../testing/provider-call.fixture.js';
import { reversed } from '../../testing/reversed.fixture.js';
import { WecomRobotHandler } from '../wecom-robot.handler.js';
import { WECOM_ROBOT_CONTENTS } from './index.js';

/** One call for each kind as the vendor's pages (doc 91770, 99110) have it. */
const REQUESTS: readonly JsonObject[] = [
  {
    msgtype: 'text',
    text: {
      content: '构建 #218 失败 <@chenwei>',
      mentioned_list: ['liu.fang'],
      mentioned_mobile_list: ['13900001234', '@all'],
    },
  },
  {
    msgtype: 'markdown',
    markdown: {
      content: '构建 <font color="warning">#218</font> 失败\n>分支：<font color="comment">main</font>\n<@chenwei>',
    },
  },
  {
    msgtype: 'markdown_v2',
    markdown_v2: { content: '# 日报\n- 新增 12\n- 关闭 9\n\n| 模块 | 缺陷 |\n| :--- | ---: |\n| 支付 | 3 |\n' },
  },
  {
    msgtype: 'image',
    image: {
      base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQz38NAAIqAXp4ksuCAAAAAElFTkSuQmCC',
      md5: '1486af6bb346a4c58fcf7a87253ab95f',
    },
  },
  {
    msgtype: 'news',
    news: {
      articles: [
        {
          title: '发布说明 3.2',
          description: '修复 14 个问题',
          url: 'https://portal.example.com/rel/3.2',
          picurl: 'https://static.example.com/rel32.png',
        },
      ],
    },
  },
  { msgtype: 'file', file: { media_id: '3Rob-k20Xy' } },
  { msgtype: 'voice', voice: { media_id: '3Rob-v81Qa' } },
  {
    msgtype: 'template_card',
    template_card: {
      card_type: 'text_notice',
      source: { desc: '发布平台', desc_color: 3 },
      main_title: { title: '版本 3.2 已上线', desc: '灰度 100%' },
      emphasis_content: { title: '14', desc: '修复问题数' },
      sub_title_text: '如有异常请回滚',
      horizontal_content_list: [{ keyname: '负责人', value: '刘芳', type: 3, userid: 'liu.fang' }],
      jump_list: [{ type: 1, title: '回滚手册', url: 'https://wiki.example.com/rollback' }],
      card_action: { type: 1, url: 'https://portal.example.com/rel/3.2' },
    },
  },
  {
    msgtype: 'template_card',
    template_card: {
      card_type: 'news_notice',
      main_title: { title: '监控周报' },
      card_image: { url: 'https://static.example.com/week34.png', aspect_ratio: 1.6 },
      vertical_content_list: [{ title: '可用性', desc: '99.97%' }],
      card_action: { type: 1, url: 'https://portal.example.com/week34' },
    },
  },
];

const handler = new WecomRobotHandler();

const kindOf = ({ msgtype }: JsonObject): string => (typeof msgtype === 'string' ? msgtype : '');

function bodyIn(request: JsonObject): JsonObject {
  const body = request[kindOf(request)];
  return isJsonObject(body) ? body : {};
}

const typeOf = (kind: string) => {
  const type = WECOM_ROBOT_CONTENTS.find((candidate) => contentKindOf(candidate).kind === kind);
  if (!type) throw new TypeError(`no kind ${kind}`);
  return type;
};

const build = (kind: string, body: JsonObject, mentions: readonly Mention[] = []): JsonObject =>
  handler.buildBody(makeDelivery({ content: { ...body, kind }, mentions }));

describe('the request of a robot message', () => {
  it.each(REQUESTS.map((request) => [JSON.stringify(request).slice(0, 70), request] as const))(
    'is the example of the vendor to the byte, in whatever order the template was stored: %s',
    (_name, request) => {
      const body = reversed(bodyIn(request));
      expect(checkStructure(typeOf(kindOf(request)), body, [])).toEqual([]);
      expect(checkRendered(typeOf(kindOf(request)), body, [])).toEqual([]);
      expect(JSON.stringify(build(kindOf(request), body))).toBe(JSON.stringify(request));
    },
  );

  it.each(WECOM_ROBOT_CONTENTS.map((type) => [contentKindOf(type).kind, type] as const))(
    'of %s is shown to authors as an example',
    (kind, type) => {
      const known = REQUESTS.filter((request) => kindOf(request) === kind).map(bodyIn);
      for (const example of examplesOf(type)) {
        expect(known.map((body) => ({ ...body, content: '' }))).toContainEqual({ ...example, content: '' });
      }
    },
  );

  it('computes the MD5 of a picture, and leaves a given one alone', () => {
    const base64 = Buffer.from('picture').toString('base64');
    expect(build('image', { base64 })).toEqual({
      msgtype: 'image',
      image: { base64, md5: '5456fc54c74a297ce994998c2873b370' },
    });
    const md5 = '0'.repeat(32);
    expect(build('image', { base64, md5 })).toMatchObject({ image: { md5 } });
  });
});

describe('the content of a robot message', () => {
  const faultsOf = (kind: string, body: JsonObject): string[] =>
    checkRendered(typeOf(kind), body, []).map(({ pointer, code }) => `${pointer} ${code}`);
  const card = (fields: JsonObject): JsonObject => ({
    card_type: 'text_notice',
    main_title: { title: '标题' },
    card_action: { type: 1, url: 'https://e.cn' },
    ...fields,
  });
  const megabytes = (size: number): string => Buffer.alloc(size * 1024 * 1024, 7).toString('base64');

  it.each<[string, string, JsonObject, string[]]>([
    ['a picture of 2 MB', 'image', { base64: megabytes(2) }, []],
    ['a picture of 3 MB', 'image', { base64: megabytes(3) }, ['/base64 content_too_long']],
    ['a data address', 'image', { base64: 'data:image/png;base64,iVBO' }, ['/base64 invalid_value']],
    ['base64 with line breaks', 'image', { base64: 'iVBO\niVBO' }, ['/base64 invalid_value']],
    ['an asset as picture', 'image', { base64: 'asset:01h' }, []],
    ['the short form of an asset', 'image', { asset: '01h' }, []],
    ['no picture', 'image', {}, ['/base64 missing_field']],
    ['no media id', 'voice', {}, ['/media_id missing_field']],
    ['an article without link', 'news', { articles: [{ title: 'a' }] }, ['/articles/0/url missing_field']],
    [
      'nine articles',
      'news',
      { articles: Array.from({ length: 9 }, () => ({ title: 'a', url: 'https://e.cn' })) },
      ['/articles too_many_items'],
    ],
    ['4,097 bytes of markdown v2', 'markdown_v2', { content: 'a'.repeat(4097) }, ['/content content_too_long']],
    ['a card of apps only', 'template_card', { card_type: 'vote_interaction' }, ['/card_type invalid_value']],
    ['a menu', 'template_card', card({ action_menu: {} }), ['/action_menu unknown_field']],
    ['a task id', 'template_card', card({ task_id: 'a' }), ['/task_id unknown_field']],
    ['over-long advised texts', 'template_card', card({ sub_title_text: '长'.repeat(113) }), []],
    ['a card without any title', 'template_card', card({ main_title: {} }), ['/main_title/title missing_field']],
    ['a news card without picture', 'template_card', card({ card_type: 'news_notice' }), ['/card_image missing_field']],
  ])('is judged like the vendor does: %s', (_name, kind, body, faults) => {
    expect(faultsOf(kind, body)).toEqual(faults);
  });
});
