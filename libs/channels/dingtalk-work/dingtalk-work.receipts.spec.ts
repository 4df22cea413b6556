import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { Addressee } from '../channel.js';
import type { FetchedReceipts } from '../receipts.js';
import { TEST_NOW, makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer, sentJson } from '../testing/scripted-provider-http.js';
import { fetchWorkReceipts } from './dingtalk-work.receipts.js';

const account = { appKey: 'dingdemokey01', appSecret: 'demo-secret-01', agentId: 1000000001 };
const user = (id: string): Addressee => ({ type: 'user', id });
const department = (id: string): Addressee => ({ type: 'department', id });

const FINISHED = { errcode: 0, errmsg: 'ok', progress: { progress_in_percent: 100, status: 2 } };
const result = (send_result: JsonObject): JsonObject => ({ errcode: 0, errmsg: 'ok', send_result });

const ask = (
  http: ScriptedProviderHttp,
  addressees: readonly Addressee[],
  ageMs = 10_000,
): Promise<FetchedReceipts> => {
  const sentAt = new Date(TEST_NOW.getTime() - ageMs);
  return fetchWorkReceipts(makeCall(account, http), { providerMsgId: '256271660001', addressees, sentAt });
};

const told = (send_result: JsonObject, addressees: readonly Addressee[]): Promise<FetchedReceipts> =>
  ask(new ScriptedProviderHttp(answer(FINISHED), answer(result(send_result))), addressees);

describe('fetchWorkReceipts', () => {
  it('asks for the progress, then for the result, with the task id as a number', async () => {
    const http = new ScriptedProviderHttp(answer(FINISHED), answer(result({})));
    await ask(http, [user('u_alice')]);
    expect(http.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/topapi/message/corpconversation/getsendprogress',
      '/topapi/message/corpconversation/getsendresult',
    ]);
    expect(sentJson(http.requests[1])).toEqual({ agent_id: 1000000001, task_id: 256271660001 });
  });

  it.each([0, 1])('asks no further while the task has status %i', async (status) => {
    const running = { errcode: 0, errmsg: 'ok', progress: { progress_in_percent: 40, status } };
    const http = new ScriptedProviderHttp(answer(running));
    await expect(ask(http, [user('u_alice')])).resolves.toEqual({ done: false, recipients: [] });
  });

  it('leaves the progress out when the task is older than two minutes', async () => {
    const http = new ScriptedProviderHttp(answer(result({ read_user_id_list: ['u_alice'] })));
    await expect(ask(http, [user('u_alice')], 120_000)).resolves.toMatchObject({ done: true });
  });

  it('reads every list, with the reason and code of each who was left out', async () => {
    const names = ['u_gone', 'u_full', 'u_dup', 'u_boss', 'u_lost', 'u_alice', 'u_bob', 'u_late'];
    const receipts = await told(
      {
        invalid_user_id_list: ['u_gone'],
        forbidden_user_id_list: ['u_full', 'u_dup', 'u_boss'],
        failed_user_id_list: ['u_lost'],
        read_user_id_list: ['u_alice'],
        unread_user_id_list: ['u_bob'],
        invalid_dept_id_list: [],
        forbidden_list: [
          { code: '143105', count: 500, userid: 'u_full' },
          { code: '143106', count: 1, userid: 'u_dup' },
          { code: '1430004', count: 0, userid: 'u_boss' },
        ],
      },
      names.map(user),
    );
    expect(receipts.done).toBe(false);
    expect(receipts.recipients.map(({ addressee, ...fate }) => [addressee?.id, fate])).toEqual([
      ['u_gone', { state: 'refused', reason: 'recipient_unknown', providerCode: 'invalid_user_id_list' }],
      ['u_full', { state: 'limited', reason: 'person_daily_limit', providerCode: '143105' }],
      ['u_dup', { state: 'limited', reason: 'same_content_today', providerCode: '143106', repeats: true }],
      ['u_boss', { state: 'refused', reason: 'recipient_protected', providerCode: '1430004' }],
      ['u_lost', { state: 'failed', reason: 'not_delivered', providerCode: 'failed_user_id_list' }],
      ['u_alice', { state: 'read' }],
      ['u_bob', { state: 'unread' }],
    ]);
  });

  it('believes the forbidden list alone, and the list of names alone', async () => {
    const byCode = await told({ forbidden_list: [{ code: 143_103, userid: 'u_a' }] }, [user('u_a')]);
    expect(byCode.recipients).toMatchObject([
      { state: 'limited', reason: 'over_vendor_limit', providerCode: '143103' },
    ]);
    const byName = await told({ forbidden_user_id_list: ['u_a'] }, [user('u_a')]);
    expect(byName).toMatchObject({ done: true, recipients: [{ state: 'limited', reason: 'over_vendor_limit' }] });
  });

  it('is done when nobody is still to read it', async () => {
    await expect(told({ read_user_id_list: ['u_a'] }, [user('u_a'), user('u_b')])).resolves.toMatchObject({
      done: false,
    });
    await expect(
      told({ read_user_id_list: ['u_a'], failed_user_id_list: ['u_b'] }, [user('u_a'), user('u_b')]),
    ).resolves.toMatchObject({ done: true });
  });

  it.each([{}, { read_user_id_list: null }, { forbidden_list: ['x', { code: '1' }, { userid: 'u_a' }] }])(
    'takes nothing out of lists that hold nothing: %j',
    async (send_result) => {
      await expect(told(send_result, [user('u_a')])).resolves.toEqual({ done: false, recipients: [] });
    },
  );

  it('tells of a department whether it exists, and that it was reached when it is the only one', async () => {
    const both = [department('7'), department('9')];
    await expect(told({ invalid_dept_id_list: [9], read_user_id_list: ['u_a'] }, both)).resolves.toEqual({
      done: true,
      recipients: [
        {
          addressee: department('9'),
          state: 'refused',
          reason: 'department_unknown',
          providerCode: 'invalid_dept_id_list',
        },
      ],
    });
    await expect(told({ read_user_id_list: ['u_a'] }, [department('7')])).resolves.toEqual({
      done: true,
      recipients: [{ addressee: department('7'), state: 'delivered' }],
    });
    await expect(told({ failed_user_id_list: ['u_a'] }, [{ type: 'all', id: '' }])).resolves.toMatchObject({
      recipients: [{ state: 'failed', reason: 'not_delivered' }],
    });
    await expect(told({}, [department('7')])).resolves.toEqual({ done: false, recipients: [] });
  });

  it('says that the result is out of reach when the vendor does not know the task any more', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 400002, errmsg: '参数错误' }));
    await expect(ask(http, [user('u_a')])).rejects.toMatchObject({
      name: 'PermanentDeliveryError',
      reason: 'result_unavailable',
    });
  });
});
