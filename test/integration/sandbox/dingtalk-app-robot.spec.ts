import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxClient, type Answer } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const GROUP = 'cidSandboxGroup01==';
const robot = { robotCode: 'dingsandboxrobot01' };
const text = { msgKey: 'sampleText', msgParam: '{"content":"Build 118 passed"}' };
const people = { ...robot, userIds: ['manager01', 'user02'], ...text };
const group = { ...robot, openConversationId: GROUP, ...text };

/** A call of `/v1.0/robot` with a token in the header. A GET when there is no body. */
async function call(path: string, body?: unknown, token?: string): Promise<Answer> {
  const response = await fetch(`${client.url}/v1.0/robot/${path}`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      'content-type': 'application/json',
      'x-acs-dingtalk-access-token': token ?? (await client.dingToken()),
    },
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const codeOf = ({ body, status }: Answer): [number, unknown] => [status, body['code']];
const sendToPeople = (fields: object = {}): Promise<Answer> => call('oToMessages/batchSend', { ...people, ...fields });
const sendToGroup = (fields: object = {}): Promise<Answer> => call('groupMessages/send', { ...group, ...fields });
const keyOf = ({ body }: Answer): string => String(body['processQueryKey']);

describe('the token', () => {
  it('belongs into the header', async () => {
    const inQuery = await client.post(`/v1.0/robot/groupMessages/send?access_token=${await client.dingToken()}`, group);
    expect(codeOf(inQuery)).toEqual([400, 'AuthenticationFailed.MissingParameter']);
    expect(await call('groupMessages/send', group, 'made-up')).toMatchObject({
      status: 400,
      body: { code: 'InvalidAuthentication', requestid: expect.any(String), message: '不合法的access_token' },
    });
  });

  it('admits twenty calls a second of each API', async () => {
    const token = await client.dingToken();
    const answers = await Promise.all(Array.from({ length: 21 }, () => call('groupMessages/send', group, token)));
    expect(answers.filter(({ status }) => status !== 200).map(codeOf)).toEqual([
      [403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'],
    ]);
    expect((await call('oToMessages/batchSend', people, token)).status).toBe(200);
  });
});

describe('sending', () => {
  it('to persons succeeds as a whole and lists who gets nothing', async () => {
    const answer = await sendToPeople({ userIds: ['manager01', 'nobody', 'busy-bee'] });
    expect(answer).toEqual({
      status: 200,
      body: {
        processQueryKey: expect.any(String),
        invalidStaffIdList: ['nobody'],
        flowControlledStaffIdList: ['busy-bee'],
      },
    });
    expect((await client.inbox('?channel=dingtalk-app-robot'))[0]).toMatchObject({
      providerMsgId: keyOf(answer),
      msgtype: 'sampleText',
      recipients: ['manager01'],
      dropped: [
        { recipient: 'nobody', reason: 'invalid' },
        { recipient: 'busy-bee', reason: 'flow_control' },
      ],
    });
  });

  it('to a group answers with the key alone', async () => {
    const answer = await sendToGroup();
    expect(answer.body).toEqual({ processQueryKey: expect.any(String) });
    expect((await client.inbox())[0]).toMatchObject({ recipients: [`group:${GROUP}`] });
  });

  it.each<[string, object, string]>([
    ['no robot code', { robotCode: undefined }, 'invalidParameter.robotCode.missing'],
    ['a foreign robot', { robotCode: 'dingsandboxrobot02' }, 'invalidParameter.robotCode.notExsit'],
    ['nobody', { userIds: [] }, 'invalidParameter.userIds.empty'],
    ['21 people', { userIds: Array.from({ length: 21 }, (_, n) => `u${n}`) }, 'invalidParameter.userIds.overMax'],
    ['a number as person', { userIds: [7] }, 'invalidParameter.userId.empty'],
    ['an unknown message template', { msgKey: 'sampleFeedCard' }, 'invalidParameter.msgKey.invalid'],
    ['msgParam as an object', { msgParam: { content: 'a' } }, 'invalidParameter.msgParam.invalid'],
    ['msgParam that is no JSON', { msgParam: 'a' }, 'invalidParameter.msgParam.invalid'],
    ['a missing member', { msgParam: '{"text":"a"}' }, 'invalidParameter.msgParam.invalid'],
    ['a member that is no text', { msgParam: '{"content":1}' }, 'invalidParameter.msgParam.invalid'],
    [
      'more than 15,000 bytes',
      { msgParam: JSON.stringify({ content: 'a'.repeat(15_000) }) },
      'invalidParameter.msgParam.tooLong',
    ],
  ])('to persons is refused with %s', async (_name, fields, code) => {
    expect(codeOf(await sendToPeople(fields))).toEqual([400, code]);
    expect(await client.inbox()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['no group', { openConversationId: undefined }, 'miss.openConversationId'],
    ['an unknown group', { openConversationId: 'cidNone' }, 'invalid.openConversationId'],
    ['a dissolved group', { openConversationId: 'cidSandboxDisbanded==' }, 'group.disbanded'],
  ])('to a group is refused with %s', async (_name, fields, code) => {
    expect(codeOf(await sendToGroup(fields))).toEqual([400, code]);
  });
});

describe('recall', () => {
  const recall = (keys: unknown): Promise<Answer> =>
    call('otoMessages/batchRecall', { ...robot, processQueryKeys: keys });

  it('of one-to-one messages has a path of its own, and tells of each key', async () => {
    const key = keyOf(await sendToPeople());
    expect((await call('oToMessages/batchRecall', { ...robot, processQueryKeys: [key] })).status).toBe(404);
    expect((await recall([key, 'other'])).body).toEqual({
      successResult: [key],
      failedResult: { other: 'invalid.processQueryKey' },
    });
    expect((await client.inbox())[0]).toMatchObject({ recalled: true });
  });

  it('of group messages wants their group', async () => {
    const processQueryKeys = [keyOf(await sendToGroup())];
    expect((await recall(processQueryKeys)).body['successResult']).toEqual([]);
    const body = { ...robot, openConversationId: GROUP, processQueryKeys };
    expect((await call('groupMessages/recall', body)).body).toEqual({
      successResult: processQueryKeys,
      failedResult: {},
    });
    expect((await client.inbox())[0]).toMatchObject({ recalled: true });
  });

  it('takes up to twenty keys, none of them older than a day', async () => {
    const key = keyOf(await sendToPeople());
    expect(codeOf(await recall([]))).toEqual([400, 'invalidParameter.processQueryKey.missing']);
    expect(codeOf(await recall(Array.from({ length: 21 }, () => key)))).toEqual([
      400,
      'invalidParameter.processQueryKeys.overMax',
    ]);
    await client.advance(86_400_001);
    expect(codeOf(await recall([key]))).toEqual([400, 'robot.processQueryKey.expired']);
  });
});

describe('the read state', () => {
  const markRead = async (recipients: string[]): Promise<void> => {
    const [entry] = await client.inbox();
    await client.post(`/_sandbox/inbox/${String(entry?.['id'])}/read`, { recipients });
  };
  const askPeople = (key: string): Promise<Answer> =>
    call(`oToMessages/readStatus?${new URLSearchParams({ ...robot, processQueryKey: key }).toString()}`);

  it('of a one-to-one message is told person by person', async () => {
    const key = keyOf(await sendToPeople());
    await markRead(['user02']);
    expect((await askPeople(key)).body).toEqual({
      sendStatus: 'SUCCESS',
      messageReadInfoList: [
        { name: 'manager01', userId: 'manager01', readStatus: 'UNREAD' },
        { name: 'user02', userId: 'user02', readStatus: 'READ' },
      ],
    });
    expect(codeOf(await askPeople('none'))).toEqual([400, 'invalid.processQueryKey']);
  });

  it('of a group message lists its readers, and says when it was recalled', async () => {
    const key = keyOf(await sendToGroup());
    const query = { ...robot, openConversationId: GROUP, processQueryKey: key, maxResults: 200 };
    expect((await call('groupMessages/query', query)).body).toEqual({
      sendStatus: 'SUCCESS',
      readUserIds: [],
      nextToken: '',
      hasMore: false,
    });
    await markRead([`group:${GROUP}`]);
    await call('groupMessages/recall', { ...robot, openConversationId: GROUP, processQueryKeys: [key] });
    expect((await call('groupMessages/query', query)).body).toMatchObject({
      sendStatus: 'RECALLED',
      readUserIds: ['zhangsan', 'lisi', 'manager01', 'user02'],
    });
    expect(codeOf(await call('groupMessages/query', { ...query, maxResults: 201 }))).toEqual([
      400,
      'invalidParameter.param.invalid',
    ]);
  });
});
