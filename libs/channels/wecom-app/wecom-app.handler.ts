import {
  isJsonObject,
  MediaRejectedError,
  PermanentDeliveryError,
  textOf,
  type DeliveryError,
  type JsonObject,
  type RefusedAddressee,
} from '#libs/core';
import { contentBody } from '../_wecom/content-body.js';
import { WECOM_ERRORS, WECOM_RECALL_ERRORS } from '../_wecom/errors/index.js';
import type { WecomReply } from '../_wecom/wecom-reply.js';
import { callWecom, refusalOf } from '../_wecom/wecom.client.js';
import type { Addressee, ChannelHandler, OutboundDelivery, SendReceipt, SentDelivery } from '../channel.js';
import type { ProviderCall } from '../provider-call.js';
import { allRefused, recipientLists, refusedIn } from './app-recipients.js';
import { WECOM_APP_CONTENTS } from './contents/index.js';
import { repeatCheckFields } from './repeat-check.js';
import { withTaskId } from './task-id.js';
import { secretsOf, type WecomAppAccount } from './wecom-app.account.js';

/** Route options that travel as they are given, in the order of doc 90236. */
const PASSED_OPTIONS = ['safe', 'enable_id_trans', 'enable_duplicate_check', 'duplicate_check_interval'] as const;

/** Travels without agent id: the bound mini program names the app. */
const MINI_PROGRAM_NOTICE = 'miniprogram_notice';

const ALL_INVALID = 81013;
/** Far above any real id; a longer one could not be used for a recall. */
const LONGEST_ID = 512;

/** App messages: `message/send` and `message/recall` (doc 90236, 94867). */
export class WecomAppHandler implements ChannelHandler<WecomAppAccount> {
  buildBody(delivery: OutboundDelivery, account: WecomAppAccount): JsonObject {
    const { addressees, deliveryId } = delivery;
    const { kind } = delivery.content;
    refuseBroadcast(kind, addressees);
    const { msgtype, ...content } = contentBody(WECOM_APP_CONTENTS, withTaskId(delivery.content, deliveryId));
    return {
      ...recipientLists(addressees),
      msgtype: msgtype ?? kind,
      ...(kind !== MINI_PROGRAM_NOTICE && { agentid: account.agentId }),
      ...content,
      ...givenOptions(delivery.options),
      ...repeatCheckFields(delivery),
    };
  }

  async send(call: ProviderCall<WecomAppAccount>, delivery: OutboundDelivery): Promise<SendReceipt> {
    const body = this.buildBody(delivery, call.account);
    const reply = await callWecom(call, { path: 'message/send', query: { access_token: call.token }, body });
    if (reply.errcode !== 0) throw sendRefusal(reply, call, delivery.addressees);
    return receiptOf(reply, delivery.addressees, cardIdIn(body));
  }

  async recall(call: ProviderCall<WecomAppAccount>, sent: SentDelivery): Promise<void> {
    const reply = await callWecom(call, {
      path: 'message/recall',
      query: { access_token: call.token },
      body: { msgid: sent.providerMsgId },
    });
    if (reply.errcode !== 0) throw refusalOf(reply, WECOM_RECALL_ERRORS, [call.token, ...secretsOf(call.account)]);
  }
}

/** The vendor reads a user called `@all` as everybody, in any case of letters; mini program notices cannot go there. */
function refuseBroadcast(kind: string, addressees: readonly Addressee[]): void {
  if (kind === MINI_PROGRAM_NOTICE && addressees.some(({ type }) => type === 'all')) {
    throw new PermanentDeliveryError('kind_unsupported', 'A mini program notice cannot go to everybody');
  }
  const disguised = addressees.find(({ type, id }) => type !== 'all' && id.toLowerCase() === '@all');
  if (!disguised) return;
  throw new PermanentDeliveryError('recipient_unknown', 'No person can be called "@all"', [
    { type: disguised.type, id: disguised.id, reason: 'recipient_unknown' },
  ]);
}

function givenOptions(options: OutboundDelivery['options']): JsonObject {
  const given: JsonObject = {};
  for (const name of PASSED_OPTIONS) {
    const value = options[name];
    if (value !== undefined && value !== null) given[name] = value;
  }
  return given;
}

/** The task id of a card that calls back: clicks name it. */
function cardIdIn({ template_card: card }: JsonObject): string {
  return isJsonObject(card) ? textOf(card['task_id']) : '';
}

function receiptOf({ fields }: WecomReply, addressees: readonly Addressee[], cardId: string): SendReceipt {
  const providerMsgId = idIn(fields, 'msgid');
  const responseCode = idIn(fields, 'response_code');
  return {
    ...(providerMsgId && { providerMsgId }),
    ...(responseCode && { responseCode }),
    ...(responseCode && cardId && { cardId }),
    refused: refusedIn(fields, addressees),
    providerCode: '0',
  };
}

function idIn(fields: JsonObject, name: string): string {
  const id = textOf(fields[name]);
  return id.length <= LONGEST_ID ? id : '';
}

/** A refusal for the sake of the addressees names them, so that each one gets its own reason. */
function sendRefusal(
  reply: WecomReply,
  call: ProviderCall<WecomAppAccount>,
  addressees: readonly Addressee[],
): DeliveryError {
  const error = refusalOf(reply, WECOM_ERRORS, [call.token, ...secretsOf(call.account)]);
  if (!(error instanceof PermanentDeliveryError) || error instanceof MediaRejectedError) return error;
  const refused = refusedBy(reply, addressees, error.reason);
  const reason = (refused.length === 1 ? refused[0]?.reason : undefined) ?? error.reason;
  const details = error.provider ? { provider: error.provider } : {};
  return new PermanentDeliveryError(reason, error.message, refused, details);
}

function refusedBy(reply: WecomReply, addressees: readonly Addressee[], reason: string): readonly RefusedAddressee[] {
  const providerCode = String(reply.errcode);
  if (reply.errcode === ALL_INVALID) return allRefused(reply.fields, addressees, providerCode);
  const concernsOne = addressees.length === 1 && WECOM_ERRORS[providerCode]?.class === 'recipient';
  return concernsOne ? addressees.map((addressee) => ({ ...addressee, reason, providerCode })) : [];
}
