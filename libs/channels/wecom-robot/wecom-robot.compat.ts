import { refusedAsRobot } from '../_wecom/compat-answer.js';
import { contentFrom, type CompatSupport } from '../compat.js';
import { WECOM_ROBOT_CONTENTS } from './contents/index.js';
import type { WecomRobotAccount } from './wecom-robot.account.js';

/** Tools that send to a group: `webhook/send` (doc 91770). Mentions stand in the content. */
export const wecomRobotCompat: CompatSupport<WecomRobotAccount> = {
  send: {
    path: 'cgi-bin/webhook/send',
    credential: 'key',
    read: (body) => ({ content: contentFrom(WECOM_ROBOT_CONTENTS, body), recipients: [] }),
    accepted: () => ({ errcode: 0, errmsg: 'ok' }),
  },
  credentialOf: ({ webhook }) => webhook,
  refused: refusedAsRobot,
};
