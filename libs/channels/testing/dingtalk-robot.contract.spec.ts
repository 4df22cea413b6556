import { dingtalkRobot } from '../dingtalk-robot/index.js';
import { describeChannelContract } from './channel-contract.js';

const secrets = ['planted0access0token0of0a0robot01', 'SECplanted-signing-secret-02'] as const;

describeChannelContract(dingtalkRobot, {
  account: { webhook: secrets[0], secret: secrets[1], keywords: ['订单'] },
  secrets,
  addressees: [],
  success: { errcode: 0, errmsg: 'ok' },
  codeField: 'errcode',
  refusal: (errcode, errmsg) => ({ errcode, errmsg }),
  codes: { busy: -1, rate: 130101, content: 460101, credentials: 300005 },
});
