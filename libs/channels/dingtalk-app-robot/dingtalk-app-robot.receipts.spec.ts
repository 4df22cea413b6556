import { describe, expect, it } from '@jest/globals';
import type { Addressee } from '../channel.js';
import type { FetchedReceipts } from '../receipts.js';
import { TEST_NOW, makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer, sentJson } from '../testing/scripted-provider-http.js';
import { DingtalkAppRobotHandler } from './dingtalk-app-robot.handler.js';

const account = { appKey: 'dingdemokey01', appSecret: 'demo-secret-01', robotCode: 'dingdemorobot01' };
const [alice, carol] = ['u_alice', 'u_carol'].map((id): Addressee => ({ type: 'user', id }));
const people = [alice, carol].flatMap((addressee) => addressee ?? []);

const ask = (
  http: ScriptedProviderHttp,
  addressees: readonly Addressee[] = people,
  through: object = account,
): Promise<FetchedReceipts> => {
  const call = makeCall({ ...account, ...through }, http);
  return new DingtalkAppRobotHandler().fetchReceipts(call, { providerMsgId: 'o+Key/1=', addressees, sentAt: TEST_NOW });
};

const states = (sendStatus: string, ...list: readonly [string, string][]): ScriptedProviderHttp =>
  new ScriptedProviderHttp(
    answer({
      sendStatus,
      messageReadInfoList: list.map(([userId, readStatus]) => ({ name: userId, userId, readStatus })),
    }),
  );

describe('receipts of an app robot', () => {
  it('are asked for by the percent-encoded key', async () => {
    const http = states('SUCCESS');
    await ask(http);
    expect(http.requests[0]).toMatchObject({
      method: 'GET',
      url: 'https://v1.vendor.example/v1.0/robot/oToMessages/readStatus?robotCode=dingdemorobot01&processQueryKey=o%2BKey%2F1%3D',
    });
  });

  it.each(['SUCCESS', 'SUCESS'])('tell who has read a message of status %s, in any case of letters', async (status) => {
    await expect(ask(states(status, ['u_alice', 'read'], ['u_carol', 'UNREAD']))).resolves.toEqual({
      done: false,
      recipients: [
        { addressee: alice, state: 'read' },
        { addressee: carol, state: 'unread' },
      ],
    });
  });

  it('are over when everybody has read', async () => {
    const { done } = await ask(states('SUCCESS', ['u_alice', 'READ'], ['u_carol', 'READ']));
    expect(done).toBe(true);
    expect(await ask(states('SUCCESS', ['u_alice', 'READ']))).toMatchObject({ done: false });
  });

  it('tell nothing yet while the message is on its way, and nothing more once it was taken back', async () => {
    await expect(ask(states('PROCESSING', ['u_alice', 'UNREAD']))).resolves.toEqual({ done: false, recipients: [] });
    await expect(ask(states('RECALLED', ['u_alice', 'READ']))).resolves.toEqual({ done: true, recipients: [] });
  });

  it('tell of a group only that the message is there', async () => {
    const group = { openConversationId: 'cidDemoGroup01==' };
    const http = new ScriptedProviderHttp(answer({ sendStatus: 'SUCCESS', readUserIds: ['u_alice'], hasMore: false }));
    await expect(ask(http, [], group)).resolves.toEqual({ done: true, recipients: [{ state: 'delivered' }] });
    expect(http.requests[0]?.url).toBe('https://v1.vendor.example/v1.0/robot/groupMessages/query');
    expect(sentJson(http.requests[0])).toEqual({
      robotCode: 'dingdemorobot01',
      ...group,
      processQueryKey: 'o+Key/1=',
      maxResults: 1,
    });
  });

  it('are refused when it is too late to ask', async () => {
    const late = answer(
      { code: 'robot.processQueryKey.expired', requestid: 'r', message: 'processQueryKey已过期' },
      400,
    );
    await expect(ask(new ScriptedProviderHttp(late))).rejects.toMatchObject({ name: 'PermanentDeliveryError' });
  });
});
