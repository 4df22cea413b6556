import { dingtalkWork } from '../dingtalk-work/index.js';
import { describeChannelContract } from './channel-contract.js';

const secrets = ['planted-app-secret-01', 'planted-callback-token-02', 'planted-callback-aes-key-03'] as const;

describeChannelContract(dingtalkWork, {
  account: {
    appKey: 'dingdemokey01',
    appSecret: secrets[0],
    agentId: 1000000001,
    callbackToken: secrets[1],
    callbackAesKey: secrets[2],
  },
  secrets,
  addressees: [
    { type: 'user', id: 'u_alice' },
    { type: 'user', id: 'u_bob' },
  ],
  success: { errcode: 0, errmsg: 'ok', task_id: 256271660001, request_id: '4jzldemo0001' },
  codeField: 'errcode',
  refusal: (code, text) => ({
    errcode: 88,
    sub_code: String(code),
    sub_msg: text,
    errmsg: `ding talk error[subcode=${code},submsg=${text}]`,
    request_id: '16l4demo0006',
  }),
  codes: { busy: -1, rate: 90018, content: 34016, credentials: 60020, token: 40014 },
  total: {
    addressees: [{ type: 'user', id: 'u_gone' }],
    answer: { errcode: 60121, errmsg: '找不到该用户' },
    refused: { 'user:u_gone': 'recipient_unknown' },
  },
  recalled: { errcode: 0, errmsg: 'ok', request_id: '7qwedemo0004' },
  receipts: {
    addressees: ['u_alice', 'u_bob', 'u_full', 'u_gone', 'u_lost', 'u_late'].map((id) => ({ type: 'user', id })),
    answer: {
      errcode: 0,
      errmsg: 'ok',
      send_result: {
        invalid_user_id_list: ['u_gone'],
        forbidden_user_id_list: ['u_full'],
        failed_user_id_list: ['u_lost'],
        read_user_id_list: ['u_alice'],
        unread_user_id_list: ['u_bob'],
        invalid_dept_id_list: [],
        forbidden_list: [{ code: '143105', count: 500, userid: 'u_full' }],
      },
      request_id: '6pcvdemo0003',
    },
    states: {
      'user:u_alice': 'read',
      'user:u_bob': 'unread',
      'user:u_full': 'limited',
      'user:u_gone': 'refused',
      'user:u_lost': 'failed',
    },
    nothing: { errcode: 0, errmsg: 'ok', send_result: {}, request_id: '6pcvdemo0003' },
  },
  token: {
    answer: { errcode: 0, access_token: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', errmsg: 'ok', expires_in: 7200 },
    value: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    expiresInSeconds: 7200,
  },
  uploads: {
    success: {
      media_id: {
        answer: {
          errcode: 0,
          errmsg: 'ok',
          type: 'image',
          media_id: '@lADPDemoImage01',
          created_at: 1_767_225_600_000,
        },
        value: '@lADPDemoImage01',
      },
    },
    refusal: (errcode, errmsg) => ({ errcode, errmsg }),
    codes: { busy: -1, size: 40006, token: 40014 },
    unknownMedia: 40007,
  },
});
