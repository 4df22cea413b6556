import { describe, expect, it } from '@jest/globals';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import type { Addressee } from '../../channel.js';
import { checkRendered, checkStructure, contentKindOf, examplesOf } from '../../content.js';
import { reversed } from '../../testing/reversed.fixture.js';
import { makeDelivery } from '../../testing/provider-call.fixture.js';
import { WecomAppHandler } from '../wecom-app.handler.js';
import { WECOM_APP_CONTENTS } from './index.js';

/** One call for each kind as the vendor's pages (doc 90236) have it. */
const REQUESTS: readonly JsonObject[] = [
  {
    touser: 'chenwei|liu.fang|ghost01',
    toparty: '12|999999',
    msgtype: 'text',
    agentid: 1000012,
    text: { content: '出库单 CK-20260801 已完成\n<a href="https://wms.example.com/ck/20260801">查看明细</a>' },
    safe: 0,
    enable_id_trans: 0,
    enable_duplicate_check: 1,
    duplicate_check_interval: 600,
  },
  { touser: '@all', msgtype: 'text', agentid: 1000012, text: { content: '今晚 22:00 至 23:00 系统维护' }, safe: 0 },
  {
    touser: 'chenwei',
    msgtype: 'image',
    agentid: 1000012,
    image: { media_id: '3Img-7hK2p_Qw91' },
    safe: 0,
    enable_duplicate_check: 0,
    duplicate_check_interval: 1800,
  },
  { touser: 'chenwei|liu.fang', msgtype: 'voice', agentid: 1000012, voice: { media_id: '3Voi-0aa81kLm2' } },
  {
    toparty: '12',
    msgtype: 'video',
    agentid: 1000012,
    video: { media_id: '3Vid-55cXz9', title: '消防演练', description: '八月演练录像，时长两分钟' },
    safe: 1,
  },
  { totag: '7', msgtype: 'file', agentid: 1000012, file: { media_id: '3Fil-93Tr0b' }, safe: 0 },
  {
    touser: 'liu.fang',
    msgtype: 'textcard',
    agentid: 1000012,
    textcard: {
      title: '报销单待审批',
      description:
        '<div class="gray">2026年8月20日</div><div class="normal">申请人：陈伟</div><div class="highlight">金额：1,280.00 元</div>',
      url: 'https://oa.example.com/expense/8841',
      btntxt: '去审批',
    },
    enable_id_trans: 0,
  },
  {
    touser: 'chenwei',
    msgtype: 'news',
    agentid: 1000012,
    news: {
      articles: [
        {
          title: '第三季度经营简报',
          description: '收入同比增长一成',
          url: 'https://portal.example.com/q3',
          picurl: 'https://static.example.com/q3-1068x455.png',
        },
        {
          title: '食堂订餐',
          description: '今日 10:30 截止',
          appid: 'wx0f1e2d3c4b5a6978',
          pagepath: 'pages/menu?day=20260820',
        },
      ],
    },
  },
  {
    toparty: '12',
    msgtype: 'mpnews',
    agentid: 1000012,
    mpnews: {
      articles: [
        {
          title: '信息安全须知',
          thumb_media_id: '3Img-7hK2p_Qw91',
          author: '信息安全部',
          content_source_url: 'https://portal.example.com/security',
          content: '<p>请勿在群里发送口令。</p>',
          digest: '三条必须遵守的规定',
        },
      ],
    },
    safe: 2,
  },
  {
    touser: 'chenwei',
    msgtype: 'markdown',
    agentid: 1000012,
    markdown: {
      content:
        '**磁盘告警**\n>主机：<font color="info">db-03</font>\n>使用率：<font color="warning">93%</font>\n>[处理手册](https://wiki.example.com/disk)',
    },
  },
  {
    touser: 'chenwei',
    msgtype: 'miniprogram_notice',
    miniprogram_notice: {
      appid: 'wx0f1e2d3c4b5a6978',
      page: 'pages/room?id=402',
      title: '会议室预定成功',
      description: '请提前五分钟到',
      emphasis_first_item: true,
      content_item: [
        { key: '会议室', value: '402' },
        { key: '时间', value: '2026-08-21 09:00' },
      ],
    },
  },
  {
    touser: 'chenwei',
    msgtype: 'template_card',
    agentid: 1000012,
    template_card: {
      card_type: 'text_notice',
      source: { icon_url: 'https://static.example.com/logo72.png', desc: '运维平台', desc_color: 2 },
      action_menu: { desc: '更多操作', action_list: [{ text: '不再提醒', key: 'mute' }] },
      task_id: 'alarm-20260820-0001',
      main_title: { title: '数据库主从延迟', desc: 'db-03 延迟超过阈值' },
      emphasis_content: { title: '87 秒', desc: '当前延迟' },
      sub_title_text: '请值班同学尽快处理',
      horizontal_content_list: [
        { keyname: '级别', value: 'P2' },
        { type: 1, keyname: '看板', value: '打开', url: 'https://grafana.example.com/d/1' },
        { type: 2, keyname: '日志', value: 'slow.log.txt', media_id: '3Fil-93Tr0b' },
        { type: 3, keyname: '负责人', value: '刘芳', userid: 'liu.fang' },
      ],
      jump_list: [{ type: 1, title: '处理手册', url: 'https://wiki.example.com/lag' }],
      card_action: { type: 1, url: 'https://grafana.example.com/d/1' },
    },
  },
  {
    touser: 'chenwei',
    msgtype: 'template_card',
    agentid: 1000012,
    template_card: {
      card_type: 'news_notice',
      source: { desc: '行政部' },
      main_title: { title: '中秋活动报名', desc: '限 200 人' },
      card_image: { url: 'https://static.example.com/moon.png', aspect_ratio: 2.0 },
      image_text_area: {
        type: 1,
        url: 'https://portal.example.com/moon',
        title: '活动须知',
        desc: '点击查看',
        image_url: 'https://static.example.com/moon-s.png',
      },
      vertical_content_list: [{ title: '地点', desc: '一号楼报告厅' }],
      horizontal_content_list: [{ keyname: '时间', value: '9月20日 14:00' }],
      jump_list: [{ type: 1, title: '立即报名', url: 'https://portal.example.com/moon/join' }],
      card_action: { type: 1, url: 'https://portal.example.com/moon' },
    },
  },
  {
    touser: 'liu.fang',
    msgtype: 'template_card',
    agentid: 1000012,
    template_card: {
      card_type: 'button_interaction',
      main_title: { title: '请假审批', desc: '陈伟 申请年假两天' },
      sub_title_text: '8月25日至8月26日',
      horizontal_content_list: [{ keyname: '剩余', value: '6.5 天' }],
      task_id: 'leave_8842@2026',
      button_selection: {
        question_key: 'handover',
        title: '交接人',
        option_list: [
          { id: 'u1', text: '王磊' },
          { id: 'u2', text: '赵敏' },
        ],
        selected_id: 'u1',
      },
      button_list: [
        { text: '同意', style: 1, key: 'approve:8842' },
        { text: '驳回', style: 2, key: 'reject:8842' },
        { type: 1, text: '详情', style: 3, url: 'https://oa.example.com/leave/8842' },
      ],
    },
  },
  {
    toparty: '12',
    msgtype: 'template_card',
    agentid: 1000012,
    template_card: {
      card_type: 'vote_interaction',
      source: { desc: '行政部' },
      main_title: { title: '团建去哪里', desc: '可以多选' },
      task_id: 'vote-2026-09',
      checkbox: {
        question_key: 'place',
        mode: 1,
        option_list: [
          { id: 'hike', text: '登山', is_checked: false },
          { id: 'camp', text: '露营', is_checked: true },
        ],
      },
      submit_button: { text: '提交', key: 'vote:2026-09' },
    },
  },
  {
    touser: 'chenwei|liu.fang',
    msgtype: 'template_card',
    agentid: 1000012,
    template_card: {
      card_type: 'multiple_interaction',
      main_title: { title: '工位偏好', desc: '搬迁前请填写' },
      task_id: 'seat-2026-08',
      select_list: [
        {
          question_key: 'floor',
          title: '楼层',
          selected_id: 'f3',
          option_list: [
            { id: 'f3', text: '三楼' },
            { id: 'f5', text: '五楼' },
          ],
        },
        {
          question_key: 'side',
          title: '朝向',
          option_list: [
            { id: 's', text: '靠窗' },
            { id: 'i', text: '靠内' },
          ],
        },
      ],
      submit_button: { text: '提交', key: 'seat:2026-08' },
    },
  },
];

const account = { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret: 's3cr3t-of-app-1000012', agentId: 1000012 };
const handler = new WecomAppHandler();

const kindOf = ({ msgtype }: JsonObject): string => (typeof msgtype === 'string' ? msgtype : '');

function bodyIn(request: JsonObject): JsonObject {
  const body = request[kindOf(request)];
  return isJsonObject(body) ? body : {};
}

function nameOf(request: JsonObject): string {
  const { card_type: cardType } = bodyIn(request);
  return typeof cardType === 'string' ? `${kindOf(request)} ${cardType}` : kindOf(request);
}

const split = (list: JsonValue | undefined): string[] => (typeof list === 'string' ? list.split('|') : []);

function addresseesOf({ touser, toparty, totag }: JsonObject): Addressee[] {
  if (touser === '@all') return [{ type: 'all', id: '' }];
  return [
    ...split(touser).map((id) => ({ type: 'user' as const, id })),
    ...split(toparty).map((id) => ({ type: 'department' as const, id })),
    ...split(totag).map((id) => ({ type: 'tag' as const, id })),
  ];
}

const OPTIONS = ['safe', 'enable_id_trans', 'enable_duplicate_check', 'duplicate_check_interval'];
const optionsOf = (request: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(request).filter(([name]) => OPTIONS.includes(name)));

const typeOf = (kind: string) => {
  const type = WECOM_APP_CONTENTS.find((candidate) => contentKindOf(candidate).kind === kind);
  if (!type) throw new TypeError(`no kind ${kind}`);
  return type;
};

describe('the request of an app message', () => {
  it.each(REQUESTS.map((request) => [nameOf(request), request] as const))(
    'of %s is the example of the vendor to the byte, in whatever order the template was stored',
    (_name, request) => {
      const body = reversed(bodyIn(request));
      const delivery = makeDelivery({
        content: { ...body, kind: kindOf(request) },
        addressees: addresseesOf(request),
        options: reversed(optionsOf(request)),
      });
      expect(checkStructure(typeOf(kindOf(request)), body, [])).toEqual([]);
      expect(checkRendered(typeOf(kindOf(request)), body, [])).toEqual([]);
      expect(JSON.stringify(handler.buildBody(delivery, account))).toBe(JSON.stringify(request));
    },
  );

  it.each(WECOM_APP_CONTENTS.map((type) => [contentKindOf(type).kind, type] as const))(
    'of %s is shown to authors as an example',
    (kind, type) => {
      const known = REQUESTS.filter((request) => kindOf(request) === kind).map(bodyIn);
      for (const example of examplesOf(type)) expect(known).toContainEqual(example);
    },
  );
});
