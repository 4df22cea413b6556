import { wecomApp } from '../wecom-app/index.js';
import { describeChannelContract } from './channel-contract.js';

const secrets = [
  'planted-corp-secret-01',
  'planted-contacts-secret-02',
  'planted-callback-token-03',
  'planted-callback-aes-key-04',
] as const;

describeChannelContract(wecomApp, {
  account: {
    corpId: 'ww1a2b3c4d5e6f7a8b',
    corpSecret: secrets[0],
    agentId: 1000012,
    contactsSecret: secrets[1],
    callbackToken: secrets[2],
    callbackAesKey: secrets[3],
  },
  secrets,
  addressees: [{ type: 'user', id: 'chenwei' }],
  success: { errcode: 0, errmsg: 'ok', msgid: 'mQv3-text-0001' },
  codeField: 'errcode',
  refusal: (errcode, errmsg) => ({ errcode, errmsg }),
  codes: { busy: -1, rate: 45009, content: 45002, credentials: 60020, token: 42001 },
  partial: {
    addressees: [
      { type: 'user', id: 'chenwei' },
      { type: 'user', id: 'Ghost01' },
      { type: 'user', id: 'wanglei' },
      { type: 'department', id: '12' },
      { type: 'department', id: '999999' },
      { type: 'tag', id: '7' },
    ],
    answer: {
      errcode: 0,
      errmsg: 'ok',
      invaliduser: 'ghost01',
      invalidparty: '999999',
      invalidtag: '7',
      unlicenseduser: 'wanglei',
      msgid: 'mQv3-text-0001',
    },
    refused: {
      'user:Ghost01': 'recipient_unknown',
      'user:wanglei': 'no_license',
      'department:999999': 'department_unknown',
      'tag:7': 'tag_unknown',
    },
  },
  total: {
    addressees: [
      { type: 'user', id: 'ghost01' },
      { type: 'user', id: 'ghost02' },
      { type: 'tag', id: '99' },
    ],
    answer: { errcode: 81013, errmsg: 'user & party & tag all invalid', invaliduser: 'ghost01' },
    refused: { 'user:ghost01': 'recipient_unknown', 'user:ghost02': 'recipient_unknown', 'tag:99': 'tag_unknown' },
  },
  recalled: { errcode: 0, errmsg: 'ok' },
  token: {
    answer: { errcode: 0, errmsg: 'ok', access_token: 'tok_app1000012_0001', expires_in: 7200 },
    value: 'tok_app1000012_0001',
    expiresInSeconds: 7200,
  },
  uploads: {
    success: {
      media_id: {
        answer: { errcode: 0, errmsg: '', type: 'file', media_id: '3Fil-93Tr0b', created_at: '1760000200' },
        value: '3Fil-93Tr0b',
      },
      url: {
        answer: { errcode: 0, errmsg: 'ok', url: 'https://p.qpic.example.com/pic_wework/1/0' },
        value: 'https://p.qpic.example.com/pic_wework/1/0',
      },
    },
    lifetimeMs: 3 * 86_400_000,
    refusal: (errcode, errmsg) => ({ errcode, errmsg }),
    codes: { busy: -1, size: 45001, token: 42001 },
    unknownMedia: 40007,
  },
});
