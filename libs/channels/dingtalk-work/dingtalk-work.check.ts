import { DeliveryError, PermanentDeliveryError, type LocalizedText } from '#libs/core';
import { fetchAppToken } from '../_dingtalk/app-token.js';
import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import type { AccountFinding } from '../channel.js';
import { secretsOf } from './dingtalk-work.account.js';
import { callWorkMessages, taskBody, type WorkCall } from './dingtalk-work.client.js';

const CREDENTIALS_FINE: LocalizedText = { zh: 'AppKey 和 AppSecret 有效', en: 'App key and app secret are valid' };
const MESSAGES_FINE: LocalizedText = { zh: '应用可以调用工作通知接口', en: 'The app may call the work message API' };

/** No task has this id: asking about it changes nothing, and shows whether the app may ask at all. */
const NO_TASK = '1';

/**
 * Fetches a token, then asks with it for the progress of a task that does not exist. Sends nothing.
 * A problem is a finding, never an exception.
 */
export async function checkWorkAccount(call: WorkCall): Promise<readonly AccountFinding[]> {
  let token = '';
  const credentials = await find('credentials', CREDENTIALS_FINE, async () => {
    token = (await fetchAppToken(call, call.account, secretsOf(call.account))).value;
  });
  if (!credentials.ok) return [credentials];
  return [credentials, await find('api_access', MESSAGES_FINE, () => askForNoTask({ ...call, token }))];
}

async function askForNoTask(call: WorkCall): Promise<void> {
  await callWorkMessages(call, 'getsendprogress', taskBody(call.account.agentId, 'task_id', NO_TASK));
}

async function find(check: string, fine: LocalizedText, probe: () => Promise<void>): Promise<AccountFinding> {
  try {
    await probe();
    return { check, ok: true, text: fine };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return isAboutTheTask(error) ? { check, ok: true, text: fine } : faultFinding(check, error);
  }
}

/** A refusal of the made-up task means that app and rights were accepted before it was looked for. */
function isAboutTheTask(error: DeliveryError): boolean {
  if (!(error instanceof PermanentDeliveryError) || !error.provider) return false;
  return (LEGACY_ERRORS[error.provider.code]?.class ?? 'content') === 'content';
}

function faultFinding(check: string, error: DeliveryError): AccountFinding {
  const rule = error.provider && LEGACY_ERRORS[error.provider.code];
  const text = rule?.text ?? { zh: `钉钉没有正常答复：${error.message}`, en: error.message };
  return { check, ok: false, text, ...(rule?.remedy && { remedy: rule.remedy }) };
}
