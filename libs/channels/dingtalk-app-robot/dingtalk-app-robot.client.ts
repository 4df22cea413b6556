import type { JsonObject } from '#libs/core';
import { callV1 } from '../_dingtalk/v1.client.js';
import type { ProviderCall } from '../provider-call.js';
import { secretsOf, type DingtalkAppRobotAccount } from './dingtalk-app-robot.account.js';

export type AppRobotCall = ProviderCall<DingtalkAppRobotAccount>;

/** The vendor writes `oToMessages` for sending and `otoMessages` for recalling. */
export const ROBOT_PATHS = {
  sendToPeople: '/v1.0/robot/oToMessages/batchSend',
  sendToGroup: '/v1.0/robot/groupMessages/send',
  recallFromPeople: '/v1.0/robot/otoMessages/batchRecall',
  recallFromGroup: '/v1.0/robot/groupMessages/recall',
  readStatus: '/v1.0/robot/oToMessages/readStatus',
  groupReadStatus: '/v1.0/robot/groupMessages/query',
} as const;

/** Posts a JSON body to one of the robot calls. @throws the delivery errors of `#libs/core` */
export const postToRobot = (
  { account, token, ...access }: AppRobotCall,
  path: string,
  body: JsonObject,
): Promise<JsonObject> =>
  callV1(access, { path, body: JSON.stringify(body), token, secrets: [token, ...secretsOf(account)] });

/** Asks one of the robot calls. @throws the delivery errors of `#libs/core` */
export const askRobot = (
  { account, token, ...access }: AppRobotCall,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<JsonObject> => callV1(access, { path, query, token, secrets: [token, ...secretsOf(account)] });
