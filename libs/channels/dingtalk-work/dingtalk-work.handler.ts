import type { JsonObject } from '#libs/core';
import { contentBody } from '../_dingtalk/content-body.js';
import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import { withRefused } from '../_dingtalk/refused-addressee.js';
import type { FetchedReceipts } from '../receipts.js';
import type { Addressee, ChannelHandler, OutboundDelivery, SendReceipt, SentDelivery } from '../channel.js';
import { WORK_CONTENTS } from './contents/index.js';
import type { DingtalkWorkAccount } from './dingtalk-work.account.js';
import { callWorkMessages, taskBody, taskIdOf, type WorkCall } from './dingtalk-work.client.js';
import { RECALL_ERRORS } from './dingtalk-work.errors.js';
import { fetchWorkReceipts } from './dingtalk-work.receipts.js';

/** Work messages of an in-house app: the calls under `corpconversation`. */
export class DingtalkWorkHandler implements ChannelHandler<DingtalkWorkAccount> {
  buildBody({ content, addressees }: OutboundDelivery, account: DingtalkWorkAccount): JsonObject {
    const userIds = idsOf(addressees, 'user');
    const departmentIds = idsOf(addressees, 'department');
    return {
      agent_id: account.agentId,
      ...(userIds && { userid_list: userIds }),
      ...(departmentIds && { dept_id_list: departmentIds }),
      ...(addressees.some(({ type }) => type === 'all') && { to_all_user: true }),
      msg: { msgtype: content.kind, [content.kind]: contentBody(WORK_CONTENTS, content) },
    };
  }

  /** A yes is an acceptance: the vendor delivers person by person afterwards. */
  async send(call: WorkCall, delivery: OutboundDelivery): Promise<SendReceipt> {
    try {
      const body = JSON.stringify(this.buildBody(delivery, call.account));
      const reply = await callWorkMessages(call, 'asyncsend_v2', body);
      const taskId = taskIdOf(reply);
      return { ...(taskId !== undefined && { providerMsgId: taskId }), refused: [], providerCode: reply.code };
    } catch (error) {
      throw withRefused(error, delivery.addressees, (code) => LEGACY_ERRORS[code]);
    }
  }

  /** Takes the whole task back; the vendor cannot spare single receivers. */
  async recall(call: WorkCall, sent: SentDelivery): Promise<void> {
    const body = taskBody(call.account.agentId, 'msg_task_id', sent.providerMsgId);
    await callWorkMessages(call, 'recall', body, RECALL_ERRORS);
  }

  fetchReceipts(call: WorkCall, sent: SentDelivery): Promise<FetchedReceipts> {
    return fetchWorkReceipts(call, sent);
  }
}

/** The vendor's comma-joined list of one type of addressee; undefined when there is none. */
function idsOf(addressees: readonly Addressee[], type: Addressee['type']): string | undefined {
  const ids = addressees.filter((addressee) => addressee.type === type).map(({ id }) => id);
  return ids.length > 0 ? ids.join(',') : undefined;
}
