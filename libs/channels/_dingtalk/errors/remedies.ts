import type { LocalizedText } from '#libs/core';

/** What an operator can do, where several codes share the way out. */
export const REMEDY = {
  template: { zh: '按提示修改模板内容', en: 'Correct the content of the template' },
  shorten: { zh: '缩短内容后重发', en: 'Shorten the content and send again' },
  wording: { zh: '修改措辞后重发', en: 'Reword the message and send again' },
  link: { zh: '换成钉钉允许的域名', en: 'Use a domain that DingTalk allows' },
  split: { zh: '减少单次调用的接收人数量', en: 'Address fewer receivers in one call' },
  media: { zh: '重新上传符合类型与大小要求的素材', en: 'Upload the media again, of the right type and size' },
  userId: { zh: '核对 userid', en: 'Check the userid' },
  directory: { zh: '核对其是否仍存在，并同步通讯录', en: 'Check that it still exists and synchronise the directory' },
  slower: {
    zh: '等待即可；若经常出现，请降低账号的发送速度',
    en: 'Wait; if it happens often, lower the limits of the account',
  },
  tomorrow: { zh: '明天再发', en: 'Send again tomorrow' },
  otherContent: { zh: '修改内容后再发，或明天再发', en: 'Change the content, or send again tomorrow' },
  otherChannel: { zh: '换其他通道或直接联系', en: 'Use another channel, or get in touch directly' },
  token: {
    zh: '令牌会自动重新获取；若反复出现，请检查账号',
    en: 'The token is renewed by itself; if this comes back, check the account',
  },
  newVersion: { zh: '升级鸿雁；若仍出现，请报告此错误', en: 'Update Hongyan; if it still happens, report it' },
  corp: { zh: '请企业管理员确认企业状态', en: 'Ask the administrator about the state of the organisation' },
  allowSending: {
    zh: '在钉钉开放平台检查应用与机器人的状态和权限',
    en: 'Look at state and rights of app and robot in the DingTalk developer console',
  },
  trustedIp: {
    zh: '把出口 IP 加入应用的服务器出口 IP 列表',
    en: 'Add the outgoing IP to the server IP list of the app',
  },
  correction: { zh: '发送一条更正消息', en: 'Send a correction instead' },
  askPeople: { zh: '向收件人本人确认', en: 'Ask the people themselves' },
} as const satisfies Record<string, LocalizedText>;
