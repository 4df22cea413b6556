import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import { errorsOn } from '../provider-errors.js';

/** Codes of a recall; a rejected one is final. */
export const RECALL_ERRORS = errorsOn('recall', LEGACY_ERRORS);

/** Codes of the calls that ask what became of a task. */
export const RECEIPT_ERRORS = errorsOn('receipts', LEGACY_ERRORS);
