import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import { errorsOn } from '../provider-errors.js';

/** Codes of the calls that ask about a task. */
export const TASK_ERRORS: ProviderErrorTable = {
  ...LEGACY_ERRORS,
  ...forCodes([400002], {
    class: 'content',
    reason: 'result_unavailable',
    text: {
      zh: 'AgentId 或任务 ID 不正确，或已超过查询期',
      en: 'The agent id or task id is wrong, or it is too late to ask',
    },
  }),
};

/** Codes of a recall; a rejected one is final. */
export const RECALL_ERRORS = errorsOn('recall', LEGACY_ERRORS);
