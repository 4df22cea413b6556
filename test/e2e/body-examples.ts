import type { JsonObject } from '#libs/core';

export interface Example {
  readonly what: string;
  readonly channel: string;
  readonly content: JsonObject;
  readonly options?: JsonObject;
  readonly recipients?: readonly (string | JsonObject)[];
  /** The body as the vendor's examples write it. */
  readonly body: JsonObject;
}

/** Stands for the text that tells one message from all others. */
export const MARK = '§';

export const EXAMPLES: readonly Example[] = [
  {
    what: 'a text with switches',
    channel: 'wecom-app',
    content: {
      kind: 'text',
      content: `出库单 ${MARK} 已完成\n<a href="https://wms.example.com/ck/20260801">查看明细</a>`,
    },
    options: { safe: 0, enable_id_trans: 0, enable_duplicate_check: 1, duplicate_check_interval: 600 },
    recipients: [{ wecom: 'chenwei' }, { wecom: 'liu.fang' }],
    body: {
      touser: 'chenwei|liu.fang',
      msgtype: 'text',
      agentid: 1000002,
      text: { content: `出库单 ${MARK} 已完成\n<a href="https://wms.example.com/ck/20260801">查看明细</a>` },
      safe: 0,
      enable_id_trans: 0,
      enable_duplicate_check: 1,
      duplicate_check_interval: 600,
    },
  },
  {
    what: 'a text to everybody',
    channel: 'wecom-app',
    content: { kind: 'text', content: `今晚 ${MARK} 至 23:00 系统维护` },
    options: { safe: 0 },
    recipients: [{ all: true }],
    body: {
      touser: '@all',
      msgtype: 'text',
      agentid: 1000002,
      text: { content: `今晚 ${MARK} 至 23:00 系统维护` },
      safe: 0,
    },
  },
  {
    what: 'a text card',
    channel: 'wecom-app',
    content: {
      kind: 'textcard',
      title: `报销单 ${MARK} 待审批`,
      description: '<div class="gray">2026年8月20日</div><div class="highlight">金额：1,280.00 元</div>',
      url: 'https://oa.example.com/expense/8841',
      btntxt: '去审批',
    },
    options: { enable_id_trans: 0 },
    recipients: [{ wecom: 'liu.fang' }],
    body: {
      touser: 'liu.fang',
      msgtype: 'textcard',
      agentid: 1000002,
      textcard: {
        title: `报销单 ${MARK} 待审批`,
        description: '<div class="gray">2026年8月20日</div><div class="highlight">金额：1,280.00 元</div>',
        url: 'https://oa.example.com/expense/8841',
        btntxt: '去审批',
      },
      enable_id_trans: 0,
    },
  },
  {
    what: 'markdown to a department',
    channel: 'wecom-app',
    content: { kind: 'markdown', content: `**磁盘告警**\n>主机：<font color="info">${MARK}</font>` },
    recipients: [{ department: '12' }],
    body: {
      toparty: '12',
      msgtype: 'markdown',
      agentid: 1000002,
      markdown: { content: `**磁盘告警**\n>主机：<font color="info">${MARK}</font>` },
    },
  },
  {
    what: 'a text with mentions by id and mobile',
    channel: 'wecom-robot',
    content: { kind: 'text', content: `构建 ${MARK} 失败 <@chenwei>`, mentioned_list: ['liu.fang'] },
    recipients: ['wangwu', { mobile: '+86 139 0000 1234' }, { all: true }],
    body: {
      msgtype: 'text',
      text: {
        content: `构建 ${MARK} 失败 <@chenwei>`,
        mentioned_list: ['liu.fang', 'wangwu', '@all'],
        mentioned_mobile_list: ['13900001234'],
      },
    },
  },
  {
    what: 'markdown with mentions in its text',
    channel: 'wecom-robot',
    content: { kind: 'markdown', content: `构建 <font color="warning">${MARK}</font> 失败\n<@chenwei>` },
    recipients: ['chenwei', { wecom: 'lisi' }],
    body: {
      msgtype: 'markdown',
      markdown: { content: `构建 <font color="warning">${MARK}</font> 失败\n<@chenwei><@lisi>` },
    },
  },
  {
    what: 'a text with mentions by id and mobile',
    channel: 'dingtalk-robot',
    content: { kind: 'text', content: `[order] ${MARK} paid, please ship.` },
    recipients: [{ mobile: '13800001111' }, 'u_alice'],
    body: {
      msgtype: 'text',
      msgUuid: '',
      text: { content: `[order] ${MARK} paid, please ship. @13800001111 @u_alice` },
      at: { atMobiles: ['13800001111'], atUserIds: ['u_alice'] },
    },
  },
  {
    what: 'markdown with a mention of everybody',
    channel: 'dingtalk-robot',
    content: { kind: 'markdown', title: 'CPU alarm', text: `### CPU alarm\n\n- host: **${MARK}**` },
    recipients: [{ all: true }],
    body: {
      msgtype: 'markdown',
      msgUuid: '',
      markdown: { title: 'CPU alarm', text: `### CPU alarm\n\n- host: **${MARK}**` },
      at: { isAtAll: true },
    },
  },
  {
    what: 'a link',
    channel: 'dingtalk-robot',
    content: {
      kind: 'link',
      title: 'Weekly report 12',
      text: `Sales up ${MARK}`,
      picUrl: 'https://img.example.com/w12.png',
      messageUrl: 'https://bi.example.com/w12',
    },
    body: {
      msgtype: 'link',
      msgUuid: '',
      link: {
        title: 'Weekly report 12',
        text: `Sales up ${MARK}`,
        picUrl: 'https://img.example.com/w12.png',
        messageUrl: 'https://bi.example.com/w12',
      },
    },
  },
  {
    what: 'a text to two people',
    channel: 'dingtalk-work',
    content: { kind: 'text', content: `Please file ${MARK} before 18:00.` },
    recipients: [{ dingtalk: 'manager01' }, { dingtalk: 'user02' }],
    body: {
      agent_id: 1000000001,
      userid_list: 'manager01,user02',
      msg: { msgtype: 'text', text: { content: `Please file ${MARK} before 18:00.` } },
    },
  },
  {
    what: 'markdown to a department',
    channel: 'dingtalk-work',
    content: { kind: 'markdown', title: '发布完成', text: `# 发布完成  \n - 版本 **${MARK}**` },
    recipients: [{ department: '12' }],
    body: {
      agent_id: 1000000001,
      dept_id_list: '12',
      msg: { msgtype: 'markdown', markdown: { title: '发布完成', text: `# 发布完成  \n - 版本 **${MARK}**` } },
    },
  },
  {
    what: 'a text to everybody',
    channel: 'dingtalk-work',
    content: { kind: 'text', content: `Closed on ${MARK}.` },
    recipients: [{ all: true }],
    body: {
      agent_id: 1000000001,
      to_all_user: true,
      msg: { msgtype: 'text', text: { content: `Closed on ${MARK}.` } },
    },
  },
];
