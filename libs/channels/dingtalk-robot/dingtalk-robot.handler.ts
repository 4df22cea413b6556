import type { JsonObject } from '#libs/core';
import { contentBody } from '../_dingtalk/content-body.js';
import { callLegacy } from '../_dingtalk/legacy.client.js';
import type { ChannelHandler, OutboundDelivery, SendReceipt } from '../channel.js';
import type { ProviderCall } from '../provider-call.js';
import { ROBOT_CONTENTS } from './contents/index.js';
import { secretsOf, type DingtalkRobotAccount } from './dingtalk-robot.account.js';
import { robotRule } from './dingtalk-robot.errors.js';
import { atOf } from './dingtalk-robot.mentions.js';
import { SEND_PATH, webhookQuery } from './dingtalk-robot.webhook.js';

/** Webhook robots: `robot/send`. The answer holds no message id, so there is nothing to recall by. */
export class DingtalkRobotHandler implements ChannelHandler<DingtalkRobotAccount> {
  /** `msgUuid` stays the same over all attempts: the vendor shows a repeated one only once. */
  buildBody({ content, deliveryId, mentions }: OutboundDelivery): JsonObject {
    const at = atOf(mentions);
    return {
      msgtype: content.kind,
      msgUuid: deliveryId,
      [content.kind]: contentBody(ROBOT_CONTENTS, content),
      ...(at && { at }),
    };
  }

  async send(call: ProviderCall<DingtalkRobotAccount>, delivery: OutboundDelivery): Promise<SendReceipt> {
    const { account } = call;
    const reply = await callLegacy(call, {
      path: SEND_PATH,
      query: webhookQuery(account, call.now),
      body: JSON.stringify(this.buildBody(delivery)),
      ruleFor: (code, message) => robotRule(code, message, account.keywords),
      secrets: secretsOf(account),
    });
    return { refused: [], providerCode: reply.code };
  }
}
