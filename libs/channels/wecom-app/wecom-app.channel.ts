import { wecomAppMedia } from '../_wecom/app-media.js';
import { fetchAppToken } from '../_wecom/app-token.js';
import { wecomCallback } from '../_wecom/callback/wecom-callback.js';
import { wecomDirectory } from '../_wecom/directory.js';
import type { ChannelDefinition } from '../channel.js';
import { wecomCards } from './card-update.js';
import { checkAppAccount } from './check-app-account.js';
import { WECOM_APP_CONTENTS } from './contents/index.js';
import { wecomRepeatCheck } from './repeat-check.js';
import { WecomAppAccount, secretsOf } from './wecom-app.account.js';
import { wecomAppCompat } from './wecom-app.compat.js';
import { WECOM_APP_ERRORS } from './wecom-app.errors.js';
import { WecomAppHandler } from './wecom-app.handler.js';

const SWITCH = [0, 1];

/** Kinds that can be confidential; only stored news can be kept inside the corp (2). */
const SAFE_KINDS = { text: SWITCH, image: SWITCH, video: SWITCH, file: SWITCH, mpnews: [0, 1, 2] };

const ID_TRANS_KINDS = {
  text: SWITCH,
  textcard: SWITCH,
  news: SWITCH,
  mpnews: SWITCH,
  miniprogram_notice: SWITCH,
  template_card: SWITCH,
};

/** Messages of a self-built WeCom app to members, departments, tags or everybody (doc 90236). */
export const wecomApp: ChannelDefinition<WecomAppAccount> = {
  name: 'wecom-app',
  family: 'wecom',
  label: { zh: '企业微信应用', en: 'WeCom app' },
  short: { zh: '企微应用', en: 'WeCom app' },
  account: WecomAppAccount,
  contents: WECOM_APP_CONTENTS,
  addressing: {
    to: 'people',
    perCall: { user: 1000, department: 100, tag: 100, all: 1 },
    separators: ['|'],
    notToAll: ['miniprogram_notice'],
  },
  options: [
    { name: 'safe', label: { zh: '保密', en: 'Confidential' }, type: 'integer', kinds: SAFE_KINDS },
    { name: 'enable_id_trans', label: { zh: 'ID 转译', en: 'Translate ids' }, type: 'integer', kinds: ID_TRANS_KINDS },
    {
      name: 'enable_duplicate_check',
      label: { zh: '重复检查', en: 'Duplicate check' },
      type: 'integer',
      values: [0, 1],
    },
    {
      name: 'duplicate_check_interval',
      label: { zh: '重复检查间隔（秒）', en: 'Duplicate check interval (s)' },
      type: 'integer',
      min: 1,
      max: 14_400,
    },
  ],
  // The vendor drops what is above these limits without telling (doc 90312).
  limits: [
    {
      key: 'personPerMinute',
      label: { zh: '每人每分钟', en: 'Per person and minute' },
      scope: 'person',
      limit: 30,
      windowSeconds: 60,
    },
    {
      key: 'personPerHour',
      label: { zh: '每人每小时', en: 'Per person and hour' },
      scope: 'person',
      limit: 1000,
      windowSeconds: 3600,
    },
  ],
  recall: { supported: true, windowSeconds: 86_400 },
  receipts: {
    supported: false,
    why: {
      zh: '企业微信不提供应用消息的送达和已读结果，“已发送”就是最终状态',
      en: 'WeCom tells of app messages neither delivery nor reading: “sent” is their last state',
    },
  },
  // The duplicate check protects only the calls that ask for it.
  resendsAfterAmbiguity: 1,
  repeatCheck: wecomRepeatCheck,
  handler: new WecomAppHandler(),
  errors: WECOM_APP_ERRORS,
  fetchToken: (call) => fetchAppToken(call, call.account, secretsOf(call.account)),
  media: wecomAppMedia(secretsOf),
  cards: wecomCards,
  callback: wecomCallback,
  compat: wecomAppCompat,
  directory: wecomDirectory(secretsOf),
  checkAccount: checkAppAccount,
  sandbox: {
    account: {
      corpId: 'wwsandbox00000001',
      corpSecret: 'sandbox-secret-app-1000002',
      agentId: 1000002,
      callbackToken: 'sandboxCallbackToken1000002',
      callbackAesKey: 'c2FuZGJveC1jYWxsYmFjay1hZXMta2V5LTEwMDAwMDI',
    },
    content: { kind: 'text', content: '鸿雁演示：企业微信应用消息第 {{counter}} 条，发送于 {{time}}' },
    recipients: [{ wecom: 'zhangsan' }, { wecom: 'lisi' }],
  },
};
