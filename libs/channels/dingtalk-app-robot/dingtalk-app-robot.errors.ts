import { REMEDY } from '../_dingtalk/errors/remedies.js';
import { V1_ERRORS } from '../_dingtalk/errors/v1-errors.js';
import type { ProviderErrorRule, ProviderErrorTable } from '../provider-errors.js';

/** Reason that a recall gives for a single message. */
const RECALL_FAILED: ProviderErrorRule = {
  class: 'retry',
  reason: 'provider_error',
  text: { zh: '钉钉撤回时出现系统异常', en: 'DingTalk met an internal error while recalling' },
};

/** Lists in which an answer names the people that it leaves out; they stand for a code. */
const LEFT_OUT: ProviderErrorTable = {
  invalidStaffIdList: {
    class: 'recipient',
    reason: 'recipient_unknown',
    text: { zh: '钉钉中没有这个用户', en: 'DingTalk knows no such user' },
    remedy: REMEDY.userId,
  },
  flowControlledStaffIdList: {
    class: 'recipient',
    reason: 'would_be_dropped',
    text: {
      zh: '发给此人的消息过多，钉钉没有投递',
      en: 'Too many messages to this person: DingTalk did not deliver it',
    },
    remedy: REMEDY.slower,
  },
  filteredStaffIdList: {
    class: 'recipient',
    reason: 'recipient_refuses',
    text: { zh: '此人屏蔽了机器人', en: 'The person has blocked the robot' },
    remedy: REMEDY.otherChannel,
  },
};

export const APP_ROBOT_ERRORS: ProviderErrorTable = { ...V1_ERRORS, ...LEFT_OUT, SYSTEM_ERROR: RECALL_FAILED };
