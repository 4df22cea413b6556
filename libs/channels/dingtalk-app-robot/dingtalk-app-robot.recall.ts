import {
  AmbiguousDeliveryError,
  PermanentDeliveryError,
  RetryableDeliveryError,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '#libs/core';
import { safeText } from '../safe-text.js';

/** Reasons of single keys that are about the vendor, not about the message. */
const PASSING: ReadonlySet<string> = new Set(['SYSTEM_ERROR', 'system.error', 'systemError']);

/**
 * Reads what became of one key: `successResult` lists keys, `failedResult` gives a reason by key.
 * @throws RetryableDeliveryError `provider_error` when the vendor failed
 * @throws PermanentDeliveryError `recall_rejected` when it refuses
 * @throws AmbiguousDeliveryError `garbled_answer` when the answer does not mention the key
 */
export function confirmRecall({ successResult, failedResult }: JsonObject, key: string): void {
  const reason = reasonFor(failedResult, key);
  if (reason !== undefined) throw refusal(reason);
  if (Array.isArray(successResult) && successResult.includes(key)) return;
  throw new AmbiguousDeliveryError('garbled_answer', 'DingTalk does not say what became of the recall');
}

function reasonFor(failed: JsonValue | undefined, key: string): string | undefined {
  if (!isJsonObject(failed) || !Object.hasOwn(failed, key)) return undefined;
  const reason = failed[key];
  return typeof reason === 'string' ? reason : JSON.stringify(reason ?? null);
}

function refusal(reason: string): RetryableDeliveryError | PermanentDeliveryError {
  const code = safeText(reason, []);
  const provider = { name: 'dingtalk', code, message: '' };
  if (PASSING.has(reason)) {
    return new RetryableDeliveryError('provider_error', `DingTalk could not recall (${code})`, true, { provider });
  }
  return new PermanentDeliveryError('recall_rejected', `DingTalk refused to recall (${code})`, [], { provider });
}
