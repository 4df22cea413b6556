import { PermanentDeliveryError, type JsonObject } from '#libs/core';
import { contentBody } from '../_dingtalk/content-body.js';
import { v1Rule } from '../_dingtalk/errors/v1-errors.js';
import { withRefused } from '../_dingtalk/refused-addressee.js';
import type { ChannelHandler, OutboundDelivery, SendReceipt, SentDelivery } from '../channel.js';
import { APP_ROBOT_CONTENTS } from './contents/index.js';
import type { DingtalkAppRobotAccount } from './dingtalk-app-robot.account.js';
import { ROBOT_PATHS, postToRobot, type AppRobotCall } from './dingtalk-app-robot.client.js';
import { confirmRecall } from './dingtalk-app-robot.recall.js';
import { receiptOf } from './dingtalk-app-robot.receipt.js';

/** A robot of an in-house app: one-to-one messages to persons, or messages to the account's chat group. */
export class DingtalkAppRobotHandler implements ChannelHandler<DingtalkAppRobotAccount> {
  /** @throws PermanentDeliveryError `no_route` without addressees when the account names no group */
  buildBody({ addressees, content }: OutboundDelivery, account: DingtalkAppRobotAccount): JsonObject {
    return {
      robotCode: account.robotCode,
      ...(addressees.length > 0 ? { userIds: addressees.map(({ id }) => id) } : groupOf(account)),
      msgKey: content.kind,
      msgParam: JSON.stringify(contentBody(APP_ROBOT_CONTENTS, content)),
    };
  }

  async send(call: AppRobotCall, delivery: OutboundDelivery): Promise<SendReceipt> {
    const { addressees } = delivery;
    const path = addressees.length > 0 ? ROBOT_PATHS.sendToPeople : ROBOT_PATHS.sendToGroup;
    const body = this.buildBody(delivery, call.account);
    try {
      return receiptOf(await postToRobot(call, path, body), addressees);
    } catch (error) {
      throw withRefused(error, addressees, (code) => v1Rule(code));
    }
  }

  /** Takes the message back from everybody it went to; nothing in the chat tells of it. */
  async recall(call: AppRobotCall, { addressees, providerMsgId }: SentDelivery): Promise<void> {
    const { account } = call;
    const isGroup = addressees.length === 0 && account.openConversationId !== undefined;
    const answer = await postToRobot(call, isGroup ? ROBOT_PATHS.recallFromGroup : ROBOT_PATHS.recallFromPeople, {
      robotCode: account.robotCode,
      ...(isGroup && groupOf(account)),
      processQueryKeys: [providerMsgId],
    });
    confirmRecall(answer, providerMsgId);
  }
}

function groupOf({ openConversationId }: DingtalkAppRobotAccount): JsonObject {
  if (openConversationId !== undefined) return { openConversationId };
  throw new PermanentDeliveryError('no_route', 'The message has no recipients and the account names no chat group');
}
