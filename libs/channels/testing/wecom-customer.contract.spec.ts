import { wecomCustomer } from '../wecom-customer/index.js';
import { describeChannelContract } from './channel-contract.js';

const corpSecret = 'planted-corp-secret-01';

describeChannelContract(wecomCustomer, {
  account: { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret, sender: 'liu.fang' },
  secrets: [corpSecret],
  addressees: [{ type: 'user', id: 'wmAbCd0001' }],
  success: { errcode: 0, errmsg: 'ok', fail_list: [], msgid: 'msgGrp-0001' },
  codeField: 'errcode',
  refusal: (errcode, errmsg) => ({ errcode, errmsg }),
  codes: { busy: -1, rate: 45009, content: 41064, credentials: 60020, token: 42001 },
  partial: {
    addressees: [
      { type: 'user', id: 'wmAbCd0001' },
      { type: 'user', id: 'wmAbCd0002' },
    ],
    answer: { errcode: 0, errmsg: 'ok', fail_list: ['wmAbCd0002'], msgid: 'msgGrp-0001' },
    refused: { 'user:wmAbCd0002': 'customer_unreachable' },
  },
  total: {
    addressees: [
      { type: 'user', id: 'wmAbCd0001' },
      { type: 'user', id: 'wmAbCd0002' },
    ],
    answer: { errcode: 41048, errmsg: 'no customer to send' },
    refused: { 'user:wmAbCd0001': 'customer_unreachable', 'user:wmAbCd0002': 'customer_unreachable' },
  },
  recalled: { errcode: 0, errmsg: 'ok' },
  afterRecall: [{ errcode: 0, errmsg: 'ok', next_cursor: '', task_list: [{ userid: 'liu.fang', status: 0 }] }],
  receipts: {
    addressees: ['wmSent', 'wmLater', 'wmGone', 'wmFull', 'wmOther'].map((id) => ({ type: 'user', id })),
    before: [
      { errcode: 0, errmsg: 'ok', next_cursor: '', task_list: [{ userid: 'liu.fang', status: 2, send_time: 1 }] },
    ],
    answer: {
      errcode: 0,
      errmsg: 'ok',
      next_cursor: '',
      send_list: [
        { external_userid: 'wmSent', userid: 'liu.fang', status: 1, send_time: 1_760_000_400 },
        { external_userid: 'wmLater', userid: 'liu.fang', status: 0 },
        { external_userid: 'wmGone', userid: 'liu.fang', status: 2 },
        { external_userid: 'wmFull', userid: 'liu.fang', status: 3 },
      ],
    },
    states: { 'user:wmSent': 'delivered', 'user:wmGone': 'refused', 'user:wmFull': 'limited' },
    nothing: { errcode: 0, errmsg: 'ok', next_cursor: '', task_list: [{ userid: 'liu.fang', status: 0 }] },
  },
  token: {
    answer: { errcode: 0, errmsg: 'ok', access_token: 'tok_app1000004_0001', expires_in: 7200 },
    value: 'tok_app1000004_0001',
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
