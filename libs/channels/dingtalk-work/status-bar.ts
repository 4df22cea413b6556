import { isJsonObject } from '#libs/core';
import { forCodes } from '../_dingtalk/errors/for-codes.js';
import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import { inFieldOrder } from '../field-order.js';
import type { CardUpdateAnswer, CardUpdateSupport } from '../card-update.js';
import { ContentKind, bodyOf } from '../content.js';
import type { ProviderErrorTable } from '../provider-errors.js';
import { OaStatusBar } from './contents/oa-parts.js';
import type { DingtalkWorkAccount } from './dingtalk-work.account.js';
import { callWorkMessages, taskBody } from './dingtalk-work.client.js';

@ContentKind({
  kind: 'status_bar',
  layout: 'card',
  label: { zh: '状态栏', en: 'Status bar' },
  example: { status_value: 'Approved', status_bg: '0xFF78C06E' },
})
export class StatusBarUpdate extends OaStatusBar {}

/** Whether the task is unknown, another app's or too old is not told apart. */
const STATUS_BAR_ERRORS: ProviderErrorTable = {
  ...LEGACY_ERRORS,
  ...forCodes([400002], {
    class: 'content',
    reason: 'provider_rejected',
    text: { zh: '任务不存在或已超过更新时限', en: 'The task is unknown or too old to be updated' },
  }),
};

/** `corpconversation/status_bar/update`: the status of an OA message, as often as one likes while the vendor keeps the task. */
export const dingtalkStatusBar: CardUpdateSupport<DingtalkWorkAccount> = {
  contents: [StatusBarUpdate],
  hasAudience: false,

  canUpdate: (sent) => sent.kind === 'oa' && isJsonObject(sent['status_bar']),

  async update(call, { content, providerMsgId = '' }): Promise<CardUpdateAnswer> {
    const task = taskBody(call.account.agentId, 'task_id', providerMsgId);
    const status = JSON.stringify(inFieldOrder(StatusBarUpdate, bodyOf(content)));
    // The task id is a number beyond what a double holds: the two objects are joined as text.
    await callWorkMessages(call, 'status_bar/update', `${task.slice(0, -1)},${status.slice(1)}`, STATUS_BAR_ERRORS);
    return { refused: [] };
  },
};
