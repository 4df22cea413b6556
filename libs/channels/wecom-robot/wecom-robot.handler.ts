import { isJsonObject, type JsonObject } from '#libs/core';
import { contentBody } from '../_wecom/content-body.js';
import { WECOM_ROBOT_ERRORS } from '../_wecom/errors/index.js';
import { callWecom, refusalOf } from '../_wecom/wecom.client.js';
import type { ChannelHandler, OutboundDelivery, SendReceipt } from '../channel.js';
import type { ProviderCall } from '../provider-call.js';
import { WECOM_ROBOT_CONTENTS } from './contents/index.js';
import { mentionLists } from './robot-mentions.js';
import { withPictureHash } from './picture-hash.js';
import type { WecomRobotAccount } from './wecom-robot.account.js';

/** Group robots: `webhook/send` (doc 91770). The answer holds no message id, so there is nothing to recall by. */
export class WecomRobotHandler implements ChannelHandler<WecomRobotAccount> {
  buildBody({ content, mentions }: OutboundDelivery): JsonObject {
    const body = contentBody(WECOM_ROBOT_CONTENTS, withPictureHash(content));
    const text = body['text'];
    if (content.kind !== 'text' || !isJsonObject(text)) return body;
    return { ...body, text: { ...text, ...mentionLists(text, mentions) } };
  }

  async send(call: ProviderCall<WecomRobotAccount>, delivery: OutboundDelivery): Promise<SendReceipt> {
    const key = call.account.webhook;
    const reply = await callWecom(call, { path: 'webhook/send', query: { key }, body: this.buildBody(delivery) });
    if (reply.errcode !== 0) throw refusalOf(reply, WECOM_ROBOT_ERRORS, [key]);
    return { refused: [], providerCode: '0' };
  }
}
