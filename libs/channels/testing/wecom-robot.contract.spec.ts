import { wecomRobot } from '../wecom-robot/index.js';
import { describeChannelContract } from './channel-contract.js';

const webhook = '0b6c1f52-7a90-4d3e-9c11-5f8a2e4d7b60';

describeChannelContract(wecomRobot, {
  account: { webhook },
  secrets: [webhook],
  addressees: [],
  success: { errcode: 0, errmsg: 'ok' },
  codeField: 'errcode',
  refusal: (errcode, errmsg) => ({ errcode, errmsg }),
  codes: { busy: -1, rate: 45009, content: 40058, credentials: 93000 },
  uploads: {
    success: {
      media_id: {
        answer: { errcode: 0, errmsg: '', type: 'file', media_id: '3Fil-93Tr0b', created_at: '1760000200' },
        value: '3Fil-93Tr0b',
      },
    },
    lifetimeMs: 3 * 86_400_000,
    refusal: (errcode, errmsg) => ({ errcode, errmsg }),
    codes: { busy: -1, size: 45001 },
    unknownMedia: 40007,
  },
});
