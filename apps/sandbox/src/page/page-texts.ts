import type { Language } from '#libs/core';
import type { DropReason } from '../inbox/inbox-entry.js';
import type { ChannelName } from '../exchange/vendor.js';

export interface PageTexts {
  readonly title: string;
  readonly subtitle: string;
  readonly empty: string;
  readonly recipient: string;
  readonly allChannels: string;
  readonly filter: string;
  readonly recalled: string;
  readonly notShown: string;
  readonly request: string;
  readonly nobody: string;
  /** On the button with which a recipient opens a message. */
  readonly open: string;
  readonly read: string;
  readonly more: (count: number) => string;
  readonly faults: (count: number) => string;
  readonly clock: (hours: string) => string;
  readonly pressAs: string;
  readonly pressed: (user: string, key: string) => string;
  readonly pressFailed: string;
  /** On the button with which a member confirms a message to customers. */
  readonly confirm: (member: string) => string;
  readonly confirmed: (member: string) => string;
  readonly channels: Readonly<Record<ChannelName, string>>;
  readonly drops: Readonly<Record<DropReason, string>>;
}

const ZH: PageTexts = {
  title: '沙箱收件箱',
  subtitle: '企业微信和钉钉的模拟环境：消息不会真正发出',
  empty: '还没有收到消息。',
  recipient: '收件人',
  allChannels: '全部通道',
  filter: '筛选',
  recalled: '已撤回',
  notShown: '未送达',
  request: '平台收到的请求',
  nobody: '无人可见',
  open: '打开（标为已读）',
  read: '已读',
  more: (count) => `等 ${count} 个`,
  faults: (count) => `${count} 个故障开关已打开，部分请求会失败`,
  clock: (hours) => `沙箱时间快了 ${hours} 小时`,
  pressAs: '点击人',
  pressed: (user, key) => `${user} 点击了 ${key}`,
  pressFailed: '点击没有送达应用的回调地址：',
  confirm: (member) => `${member} 确认发送`,
  confirmed: (member) => `${member} 已确认`,
  channels: {
    'wecom-app': '企业微信应用',
    'wecom-robot': '企业微信机器人',
    'wecom-customer': '企业微信客户群发',
    'dingtalk-robot': '钉钉机器人',
    'dingtalk-work': '钉钉工作通知',
    'dingtalk-app-robot': '钉钉应用机器人',
  },
  drops: {
    invalid: '不存在',
    member_limit: '超过每人频率，平台静默丢弃',
    duplicate_check: '重复检查命中，平台不再投递',
    msg_uuid_repeated: 'msgUuid 重复，平台不再显示',
    same_content_today: '当天已收到相同内容',
    daily_limit: '超过每人每日条数',
    minute_limit: '超过每分钟人次',
    flow_control: '对此人限流',
    protected: '此人受保护，应用不能发给他',
    undelivered: '平台没有送达',
    not_a_friend: '已不是好友',
    customer_limit: '已达到群发接收上限',
  },
};

const EN: PageTexts = {
  title: 'Sandbox inbox',
  subtitle: 'A fake WeCom and DingTalk: nothing here reaches a real person',
  empty: 'No messages yet.',
  recipient: 'Recipient',
  allChannels: 'All channels',
  filter: 'Filter',
  recalled: 'Recalled',
  notShown: 'Not delivered',
  request: 'Request as received',
  nobody: 'Nobody sees it',
  open: 'Open it (mark it as read)',
  read: 'read',
  more: (count) => `${count} in all`,
  faults: (count) => `${count} fault switch(es) on: some calls will fail`,
  clock: (hours) => `Sandbox time is ${hours} h ahead`,
  pressAs: 'Press as',
  pressed: (user, key) => `${user} pressed ${key}`,
  pressFailed: 'The callback address of the app was not told: ',
  confirm: (member) => `Confirm as ${member}`,
  confirmed: (member) => `${member} has confirmed`,
  channels: {
    'wecom-app': 'WeCom app',
    'wecom-robot': 'WeCom robot',
    'wecom-customer': 'WeCom customers',
    'dingtalk-robot': 'DingTalk robot',
    'dingtalk-work': 'DingTalk work message',
    'dingtalk-app-robot': 'DingTalk app robot',
  },
  drops: {
    invalid: 'does not exist',
    member_limit: 'over the rate per member, dropped without a sign',
    duplicate_check: 'caught by the duplicate check',
    msg_uuid_repeated: 'msgUuid repeated, not shown again',
    same_content_today: 'same content today',
    daily_limit: 'over the messages per person and day',
    minute_limit: 'over the persons per minute',
    flow_control: 'held back by flow control',
    protected: 'shielded from apps',
    undelivered: 'lost on the way',
    not_a_friend: 'is no contact any more',
    customer_limit: 'has had as many mass messages as allowed',
  },
};

export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = { zh: ZH, en: EN };

/** The first of the browser's languages that the page speaks, else English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const tags = (acceptLanguage ?? '').toLowerCase().split(',');
  const known = tags.map((tag) => tag.trim().slice(0, 2)).find((tag) => tag === 'zh' || tag === 'en');
  return known === 'zh' ? 'zh' : 'en';
}
