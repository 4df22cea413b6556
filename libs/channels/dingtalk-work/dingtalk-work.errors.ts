import { forCodes } from '../_dingtalk/errors/for-codes.js';
import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import type { ProviderErrorTable } from '../provider-errors.js';

/** Codes of a recall; a rejected one is final. */
export const RECALL_ERRORS: ProviderErrorTable = {
  ...LEGACY_ERRORS,
  ...forCodes([400002], {
    class: 'content',
    reason: 'recall_rejected',
    text: { zh: 'AgentId 或任务 ID 不正确', en: 'The agent id or task id is wrong' },
  }),
};
