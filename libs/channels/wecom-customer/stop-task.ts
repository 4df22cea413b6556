import { AmbiguousDeliveryError, PermanentDeliveryError } from '#libs/core';
import { refusalOf } from '../_wecom/wecom.client.js';
import type { RecallAnswer, SentDelivery } from '../channel.js';
import { resultsOf } from './task-results.js';
import { secretsOf } from './wecom-customer.account.js';
import { askCustomers, type CustomerCall } from './wecom-customer.client.js';
import { CANCEL_ERRORS } from './wecom-customer.errors.js';

const ALREADY_CANCELED = 41093;

/**
 * `cancel_groupmsg_send` ends a task; what customers have got by then stays. The results are read afterwards, when nothing can
 * be added to them, and tell who that is.
 * @throws AmbiguousDeliveryError when the task is stopped and the vendor does not tell whom it had reached
 */
export async function stopTask(call: CustomerCall, sent: SentDelivery): Promise<RecallAnswer> {
  const reply = await askCustomers(call, { operation: 'cancel_groupmsg_send', body: { msgid: sent.providerMsgId } });
  if (reply.errcode !== 0 && reply.errcode !== ALREADY_CANCELED) {
    throw refusalOf(reply, CANCEL_ERRORS, [call.token, ...secretsOf(call.account)]);
  }
  const { recipients } = await resultsOf(call, sent).catch((error: unknown) => {
    if (!(error instanceof PermanentDeliveryError)) throw error;
    throw new AmbiguousDeliveryError('recall_unconfirmed', error.message);
  });
  return {
    kept: recipients.flatMap(({ addressee, state }) => (state === 'delivered' && addressee ? [addressee] : [])),
  };
}
