import { PermanentDeliveryError } from '#libs/core';
import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import { callLegacy } from '../_dingtalk/legacy.client.js';
import type { LegacyReply } from '../_dingtalk/legacy-reply.js';
import type { ProviderCall } from '../provider-call.js';
import type { ProviderErrorTable } from '../provider-errors.js';
import { secretsOf, type DingtalkWorkAccount } from './dingtalk-work.account.js';

export type WorkCall = ProviderCall<DingtalkWorkAccount>;

/** Makes one call of the work message API; `body` is JSON text. */
export function callWorkMessages(
  { account, token, ...access }: WorkCall,
  operation: 'asyncsend_v2' | 'recall' | 'getsendprogress' | 'getsendresult' | 'status_bar/update',
  body: string,
  table: ProviderErrorTable = LEGACY_ERRORS,
): Promise<LegacyReply> {
  return callLegacy(access, {
    path: `/topapi/message/corpconversation/${operation}`,
    query: { access_token: token },
    body,
    ruleFor: (code) => table[code],
    secrets: [token, ...secretsOf(account)],
  });
}

/** The task id as the digits the vendor wrote: the number may exceed what a double holds. */
export const taskIdOf = (reply: LegacyReply): string | undefined => /"task_id"\s*:\s*"?(\d+)/.exec(reply.raw)?.[1];

/**
 * The body of a call about one task, with the task id as the JSON number that the vendor wants.
 * @throws PermanentDeliveryError `recall_no_provider_id` when the id is no number of the vendor's
 */
export function taskBody(agentId: number, field: 'task_id' | 'msg_task_id', taskId: string): string {
  if (!/^\d{1,20}$/.test(taskId)) {
    throw new PermanentDeliveryError('recall_no_provider_id', 'The task id is not a number');
  }
  return `{"agent_id":${agentId},"${field}":${taskId}}`;
}
