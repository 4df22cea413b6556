import type { LocalizedText } from '#libs/core';
import { findOut } from '../_dingtalk/account-finding.js';
import { fetchAppToken } from '../_dingtalk/app-token.js';
import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import type { AccountFinding } from '../channel.js';
import { secretsOf } from './dingtalk-work.account.js';
import { callWorkMessages, taskBody, type WorkCall } from './dingtalk-work.client.js';

const CREDENTIALS_FINE: LocalizedText = { zh: 'AppKey 和 AppSecret 有效', en: 'App key and app secret are valid' };
const MESSAGES_FINE: LocalizedText = { zh: '应用可以调用工作通知接口', en: 'The app may call the work message API' };

/** No task has this id: asking about it changes nothing, and shows whether the app may ask at all. */
const NO_TASK = '1';

const ruleFor = (code: string) => LEGACY_ERRORS[code];

/**
 * Fetches a token, then asks with it for the progress of a task that does not exist. Sends nothing.
 * A problem is a finding, never an exception.
 */
export async function checkWorkAccount(call: WorkCall): Promise<readonly AccountFinding[]> {
  let token = '';
  const fetch = async (): Promise<void> => {
    token = (await fetchAppToken(call, call.account, secretsOf(call.account))).value;
  };
  const credentials = await findOut({ check: 'credentials', fine: CREDENTIALS_FINE, ruleFor, run: fetch });
  if (!credentials.ok) return [credentials];
  const ask = (): Promise<void> => askForNoTask({ ...call, token });
  return [credentials, await findOut({ check: 'api_access', fine: MESSAGES_FINE, ruleFor, run: ask })];
}

async function askForNoTask(call: WorkCall): Promise<void> {
  await callWorkMessages(call, 'getsendprogress', taskBody(call.account.agentId, 'task_id', NO_TASK));
}
