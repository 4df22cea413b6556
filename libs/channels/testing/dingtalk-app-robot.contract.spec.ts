import { dingtalkAppRobot } from '../dingtalk-app-robot/index.js';
import { describeChannelContract } from './channel-contract.js';

const secrets = ['planted-app-secret-01'] as const;

const people = ['u_alice', 'u_gone', 'u_busy', 'u_shy'].map((id) => ({ type: 'user' as const, id }));

describeChannelContract(dingtalkAppRobot, {
  account: { appKey: 'dingdemokey01', appSecret: secrets[0], robotCode: 'dingdemorobot01' },
  secrets,
  addressees: people,
  success: { processQueryKey: 'oDemoQueryKey0001' },
  codeField: 'processQueryKey',
  refusal: (code, message) => ({ code: String(code), requestid: '0198AA11-0002-7000-8000-0000000000A2', message }),
  codes: {
    busy: 'system.error',
    rate: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    content: 'invalidParameter.msgParam.invalid',
    credentials: 'invalidParameter.robotCode.notExsit',
    token: 'InvalidAuthentication',
  },
  // The deciding field is a key, not a code: any text is one.
  outcomes: { 'the code as text': 'sent' },
  partial: {
    addressees: people,
    answer: {
      processQueryKey: 'oDemoQueryKey0001',
      invalidStaffIdList: ['u_gone'],
      flowControlledStaffIdList: ['u_busy'],
      filteredStaffIdList: ['u_shy'],
    },
    refused: {
      'user:u_gone': 'recipient_unknown',
      'user:u_busy': 'would_be_dropped',
      'user:u_shy': 'recipient_refuses',
    },
  },
  total: {
    addressees: [{ type: 'user', id: 'u_gone' }],
    answer: { code: 'staffId.notExisted', requestid: '0198AA11', message: 'staffId not existed' },
    refused: { 'user:u_gone': 'recipient_unknown' },
  },
  recalled: { successResult: ['4711'], failedResult: {} },
  receipts: {
    addressees: people,
    answer: {
      sendStatus: 'SUCCESS',
      messageReadInfoList: [
        { name: 'Alice', userId: 'u_alice', readStatus: 'READ' },
        { name: 'Shy', userId: 'u_shy', readStatus: 'UNREAD' },
      ],
    },
    states: { 'user:u_alice': 'read', 'user:u_shy': 'unread' },
    nothing: { sendStatus: 'SUCCESS', messageReadInfoList: [] },
  },
  token: {
    answer: { accessToken: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', expireIn: 7200 },
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
  },
});
