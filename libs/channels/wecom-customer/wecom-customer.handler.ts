import { MediaRejectedError, PermanentDeliveryError, textOf, type DeliveryError, type JsonObject } from '#libs/core';
import type { WecomReply } from '../_wecom/wecom-reply.js';
import { refusalOf } from '../_wecom/wecom.client.js';
import type {
  Addressee,
  ChannelHandler,
  OutboundDelivery,
  RecallAnswer,
  SendReceipt,
  SentDelivery,
} from '../channel.js';
import { bodyOf, contentKindOf, type Content } from '../content.js';
import { inFieldOrder } from '../field-order.js';
import type { FetchedReceipts } from '../receipts.js';
import { WECOM_CUSTOMER_CONTENTS } from './contents/index.js';
import { allUnreachable, audienceOf, leftOutIn } from './customer-audience.js';
import { stopTask } from './stop-task.js';
import { resultsOf } from './task-results.js';
import { secretsOf, type WecomCustomerAccount } from './wecom-customer.account.js';
import { askCustomers, type CustomerCall } from './wecom-customer.client.js';
import { WECOM_CUSTOMER_ERRORS } from './wecom-customer.errors.js';

const NOBODY_TO_SEND_TO = 41048;

/**
 * Messages to customers: `externalcontact/add_msg_template` makes a task, and the customers get it when the member has
 * confirmed it in the client. What came of it is asked with `get_groupmsg_task` and `get_groupmsg_send_result`.
 */
export class WecomCustomerHandler implements ChannelHandler<WecomCustomerAccount> {
  buildBody({ addressees, content }: OutboundDelivery, { sender }: WecomCustomerAccount): JsonObject {
    return {
      chat_type: 'single',
      ...audienceOf(addressees),
      ...(sender !== undefined && { sender }),
      ...messageOf(content),
    };
  }

  async send(call: CustomerCall, delivery: OutboundDelivery): Promise<SendReceipt> {
    const body = this.buildBody(delivery, call.account);
    const reply = await askCustomers(call, { operation: 'add_msg_template', body });
    if (reply.errcode !== 0) throw sendRefusal(reply, call, delivery.addressees);
    const task = textOf(reply.fields['msgid']);
    return {
      ...(task && { providerMsgId: task }),
      refused: leftOutIn(reply.fields, delivery.addressees),
      providerCode: '0',
    };
  }

  /** Stops the task: who has got it by then keeps it. */
  recall(call: CustomerCall, sent: SentDelivery): Promise<RecallAnswer> {
    return stopTask(call, sent);
  }

  async fetchReceipts(call: CustomerCall, sent: SentDelivery): Promise<FetchedReceipts> {
    return resultsOf(call, sent);
  }
}

/** A text with its attachments, or the one attachment that the kind is. */
function messageOf(content: Content): JsonObject {
  const type = WECOM_CUSTOMER_CONTENTS.find((candidate) => contentKindOf(candidate).kind === content.kind);
  const body = type ? inFieldOrder(type, bodyOf(content)) : bodyOf(content);
  if (content.kind !== 'text') return { attachments: [{ msgtype: content.kind, [content.kind]: body }] };
  const { attachments, ...text } = body;
  return { text, ...(attachments !== undefined && { attachments }) };
}

/** A refusal for the sake of the addressees names them. */
function sendRefusal(reply: WecomReply, call: CustomerCall, addressees: readonly Addressee[]): DeliveryError {
  const error = refusalOf(reply, WECOM_CUSTOMER_ERRORS, [call.token, ...secretsOf(call.account)]);
  if (!(error instanceof PermanentDeliveryError) || error instanceof MediaRejectedError) return error;
  const code = String(reply.errcode);
  const concernsOne = addressees.length === 1 && WECOM_CUSTOMER_ERRORS[code]?.class === 'recipient';
  if (reply.errcode !== NOBODY_TO_SEND_TO && !concernsOne) return error;
  const details = error.provider ? { provider: error.provider } : {};
  const refused = allUnreachable(addressees, code).map((item) => ({ ...item, reason: error.reason }));
  return new PermanentDeliveryError(error.reason, error.message, refused, details);
}
