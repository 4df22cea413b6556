import type { LocalizedText } from '#libs/core';
import type { ProviderErrorClass, ProviderErrorRule } from '../../provider-errors.js';

/** One line of an error table: class, reason, what happened (zh, en), and what to do about it where anything can be done. */
export const rule = (
  kind: ProviderErrorClass,
  reason: string,
  [zh, en]: readonly [zh: string, en: string],
  remedy?: LocalizedText,
): ProviderErrorRule => ({ class: kind, reason, text: { zh, en }, ...(remedy && { remedy }) });

/** A throttle, with the block that the vendor puts on it (doc 90312). */
export const throttle = (waitMs: number, text: readonly [zh: string, en: string]): ProviderErrorRule => ({
  ...rule('rate', 'provider_throttled', text, REMEDY.slower),
  waitMs,
});

/** What an operator can do, where several codes share the way out. */
export const REMEDY = {
  credentials: {
    zh: '在管理后台核对企业 ID、应用 Secret 与 AgentId，重新填写后账号会自动恢复',
    en: 'Compare corp id, secret and agent id with the admin console and enter them anew; the account then resumes',
  },
  token: {
    zh: '令牌会自动重新获取；若反复出现，请检查账号，并确认没有其他系统频繁获取令牌',
    en: 'The token is renewed by itself; if this comes back, check the account and whether another system fetches tokens',
  },
  slower: {
    zh: '等待即可；若经常出现，请降低账号的发送速度，并检查是否有其他系统使用同一应用或机器人',
    en: 'Wait; if it happens often, lower the limits of the account and look for other systems that use the same app or robot',
  },
  newVersion: {
    zh: '升级鸿雁；若仍出现，请报告此错误',
    en: 'Update Hongyan; if it still happens, report it',
  },
  trustedIp: {
    zh: '在应用详情的“企业可信 IP”中加入本机出口 IP，约 1 分钟后生效',
    en: "Add this host's egress IP to the trusted IPs on the app's page; it works after about a minute",
  },
  appRights: {
    zh: '在管理后台为应用授予所需的接口权限',
    en: 'Grant the app the right to this call in the admin console',
  },
  enableApp: {
    zh: '在管理后台启用应用，或联系企业管理员',
    en: 'Enable the app in the admin console, or ask the administrator',
  },
  visibleRange: {
    zh: '请管理员把成员、部门或标签加入应用的可见范围',
    en: "Ask the administrator to add the member, department or tag to the app's visible range",
  },
  directory: {
    zh: '核对账号是否仍存在，并同步通讯录',
    en: 'Check that the id still exists and synchronise the directory',
  },
  license: {
    zh: '为成员购买或分配接口许可',
    en: 'Assign the member an API licence',
  },
  split: {
    zh: '减少单次调用的收件人数量',
    en: 'Address fewer recipients in one call',
  },
  shorten: { zh: '缩短该字段后重发', en: 'Shorten the field and send again' },
  template: { zh: '按提示修改模板内容', en: 'Correct the content of the template' },
  link: {
    zh: '链接须以 http:// 或 https:// 开头，且域名可被平台访问',
    en: 'Links must begin with http:// or https:// and name a host that the vendor accepts',
  },
  wording: { zh: '修改措辞后重发', en: 'Reword the message and send again' },
  media: {
    zh: '重新上传符合类型与大小要求的素材',
    en: 'Upload the media again, of the right type and size',
  },
  callback: {
    zh: '在应用的“接收消息”中配置回调地址',
    en: 'Set a callback address under "Receive messages" of the app',
  },
  miniProgram: {
    zh: '在管理后台关联该小程序，并核对 AppID 与页面路径',
    en: 'Link the mini program in the admin console and check its app id and page',
  },
  robot: {
    zh: '确认机器人仍在群里且未停用，复制它的新地址到账号',
    en: 'See that the robot is still in the group and enabled, and copy its address into the account',
  },
  ownCard: {
    zh: '用发送该卡片的应用、对收到它的人更新',
    en: 'Update a card through the app that sent it, for people who got it',
  },
  cardOnce: {
    zh: '更新码只能用一次，72 小时内有效；需要时重新发送卡片',
    en: 'An update code works once and for 72 hours; send a new card instead',
  },
  correction: { zh: '发送一条更正消息', en: 'Send a correction instead' },
  signIn: { zh: '请用户重新登录', en: 'Let the user sign in again' },
  group: {
    zh: '核对群聊 ID，并确认群由此应用创建',
    en: 'Check the id of the group chat and that this app created it',
  },
  massMessage: {
    zh: '核对群发内容与发送状态后重新创建',
    en: 'Check content and state of the mass message and create it anew',
  },
  taskId: { zh: '为每张卡片使用新的 task_id', en: 'Use a new task_id for each card' },
  customers: {
    zh: '核对客户联系权限与客户关系',
    en: 'Check the customer contact rights and whether the person is still a contact',
  },
} as const satisfies Record<string, LocalizedText>;
