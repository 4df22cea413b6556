import type { LocalizedText } from '#libs/core';
import { findOut } from '../_dingtalk/account-finding.js';
import { fetchV1AppToken } from '../_dingtalk/app-token.js';
import { v1Rule } from '../_dingtalk/errors/v1-errors.js';
import type { AccountFinding } from '../channel.js';
import { secretsOf } from './dingtalk-app-robot.account.js';
import { ROBOT_PATHS, askRobot, type AppRobotCall } from './dingtalk-app-robot.client.js';

const CREDENTIALS_FINE: LocalizedText = { zh: 'AppKey 和 AppSecret 有效', en: 'App key and app secret are valid' };
const ROBOT_FINE: LocalizedText = { zh: '应用可以调用机器人接口', en: 'The app may call the robot API' };

/** No message has this key: asking about it changes nothing, and shows whether the app may ask at all. */
const NO_MESSAGE = 'none';

const ruleFor = (code: string) => v1Rule(code);

/**
 * Fetches a token, then asks with it who read a message that does not exist. Sends nothing.
 * A problem is a finding, never an exception.
 */
export async function checkAppRobotAccount(call: AppRobotCall): Promise<readonly AccountFinding[]> {
  let token = '';
  const fetch = async (): Promise<void> => {
    token = (await fetchV1AppToken(call, call.account, secretsOf(call.account))).value;
  };
  const credentials = await findOut({ check: 'credentials', fine: CREDENTIALS_FINE, ruleFor, run: fetch });
  if (!credentials.ok) return [credentials];
  const ask = (): Promise<void> => askForNoMessage({ ...call, token });
  return [credentials, await findOut({ check: 'api_access', fine: ROBOT_FINE, ruleFor, run: ask })];
}

async function askForNoMessage(call: AppRobotCall): Promise<void> {
  await askRobot(call, ROBOT_PATHS.readStatus, { robotCode: call.account.robotCode, processQueryKey: NO_MESSAGE });
}
