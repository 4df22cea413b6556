import { describe, expect, it } from '@jest/globals';
import { PermanentDeliveryError } from '#libs/core';
import { checkRendered, contentKindOf } from '../content.js';
import { makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from '../testing/scripted-provider-http.js';
import { StatusBarUpdate, dingtalkStatusBar } from './status-bar.js';

const account = { appKey: 'dingkey', appSecret: 'dingsecret', agentId: 1000000001 };
const content = { kind: 'status_bar', status_bg: '0xFF78C06E', status_value: 'Approved' };

describe('an update of the status bar', () => {
  it('names the task by all its digits', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 0, errmsg: 'ok', request_id: 'r' }));
    const update = { content, providerMsgId: '98765432109876543210' };
    expect(await dingtalkStatusBar.update(makeCall(account, http), update)).toEqual({ refused: [] });
    expect(http.requests[0]?.url).toContain('/topapi/message/corpconversation/status_bar/update?access_token=');
    expect(http.requests[0]?.body).toBe(
      '{"agent_id":1000000001,"task_id":98765432109876543210,"status_value":"Approved","status_bg":"0xFF78C06E"}',
    );
  });

  it('of a task that is unknown or too old is refused for good', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 400002, errmsg: '参数错误' }));
    const update = dingtalkStatusBar.update(makeCall(account, http), { content, providerMsgId: '1' });
    await expect(update).rejects.toThrow(PermanentDeliveryError);
  });

  it('suits OA messages that were sent with one', () => {
    const oa = { kind: 'oa', status_bar: { status_value: 'Pending' } };
    expect(dingtalkStatusBar.canUpdate(oa, content)).toBe(true);
    expect(dingtalkStatusBar.canUpdate({ kind: 'oa' }, content)).toBe(false);
    expect(dingtalkStatusBar.canUpdate({ kind: 'text' }, content)).toBe(false);
    expect(checkRendered(StatusBarUpdate, contentKindOf(StatusBarUpdate).example, [])).toEqual([]);
  });
});
