import { PermanentDeliveryError, type JsonObject } from '#libs/core';
import { contentBody } from '../_dingtalk/content-body.js';
import { v1Rule } from '../_dingtalk/errors/v1-errors.js';
import { withRefused } from '../_dingtalk/refused-addressee.js';
import type { Addressee, ChannelHandler, OutboundDelivery, SendReceipt, SentDelivery } from '../channel.js';
import type { FetchedReceipts } from '../receipts.js';
import { APP_ROBOT_CONTENTS } from './contents/index.js';
import type { DingtalkAppRobotAccount } from './dingtalk-app-robot.account.js';
import { ROBOT_PATHS, postToRobot, type AppRobotCall } from './dingtalk-app-robot.client.js';
import { confirmRecall } from './dingtalk-app-robot.recall.js';
import { receiptOf } from './dingtalk-app-robot.receipt.js';
import { fetchGroupReceipts, fetchPersonReceipts } from './dingtalk-app-robot.receipts.js';

/** A robot of an in-house app: one-to-one messages to persons, or messages to the account's chat group. */
export class DingtalkAppRobotHandler implements ChannelHandler<DingtalkAppRobotAccount> {
  buildBody({ addressees, content }: OutboundDelivery, account: DingtalkAppRobotAccount): JsonObject {
    return {
      robotCode: account.robotCode,
      ...(groupFor(addressees, account) ?? { userIds: addressees.map(({ id }) => id) }),
      msgKey: content.kind,
      msgParam: JSON.stringify(contentBody(APP_ROBOT_CONTENTS, content)),
    };
  }

  /** @throws PermanentDeliveryError `no_route`, without a call, when there is neither an addressee nor a group */
  async send(call: AppRobotCall, delivery: OutboundDelivery): Promise<SendReceipt> {
    const { addressees } = delivery;
    const group = groupFor(addressees, call.account);
    if (addressees.length === 0 && !group) throw noDestination();
    const path = group ? ROBOT_PATHS.sendToGroup : ROBOT_PATHS.sendToPeople;
    try {
      return receiptOf(await postToRobot(call, path, this.buildBody(delivery, call.account)), addressees);
    } catch (error) {
      throw withRefused(error, addressees, (code) => v1Rule(code));
    }
  }

  /** Takes the message back from everybody it went to; nothing in the chat tells of it. */
  async recall(call: AppRobotCall, { addressees, providerMsgId }: SentDelivery): Promise<void> {
    const { account } = call;
    const group = groupFor(addressees, account);
    const answer = await postToRobot(call, group ? ROBOT_PATHS.recallFromGroup : ROBOT_PATHS.recallFromPeople, {
      robotCode: account.robotCode,
      ...group,
      processQueryKeys: [providerMsgId],
    });
    confirmRecall(answer, providerMsgId);
  }

  fetchReceipts(call: AppRobotCall, sent: SentDelivery): Promise<FetchedReceipts> {
    const group = groupFor(sent.addressees, call.account);
    return group ? fetchGroupReceipts(call, sent, group) : fetchPersonReceipts(call, sent);
  }
}

/** The account's chat group, where a message without addressees goes; undefined: it goes to persons. */
function groupFor(
  addressees: readonly Addressee[],
  { openConversationId }: DingtalkAppRobotAccount,
): { openConversationId: string } | undefined {
  return addressees.length === 0 && openConversationId !== undefined ? { openConversationId } : undefined;
}

const noDestination = (): PermanentDeliveryError =>
  new PermanentDeliveryError('no_route', 'The message has no recipients and the account names no chat group');
