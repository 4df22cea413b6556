import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../../apps/sandbox/src/create-sandbox.js';
import {
  CHANNELS,
  ChannelRegistry,
  UndiciProviderHttp,
  contentKindOf,
  type Addressee,
  type OutboundDelivery,
  type ProviderCall,
} from '#libs/channels';
import type { JsonObject } from '#libs/core';

const robot = new ChannelRegistry(CHANNELS).get('dingtalk-app-robot');
const GROUP: JsonObject = { ...robot.sandbox.account, openConversationId: 'cidSandboxGroup01==' };
const people: Addressee[] = ['manager01', 'user02'].map((id) => ({ type: 'user', id }));

let sandbox: Sandbox;
let http: UndiciProviderHttp;
let token = '';

beforeAll(async () => {
  sandbox = await createSandbox({ host: '127.0.0.1', port: 0 });
  http = new UndiciProviderHttp({ allowedOrigins: [sandbox.url] });
  token = (await robot.fetchToken?.(callAs()))?.value ?? '';
});

afterAll(async () => {
  await http.close();
  await sandbox.close();
});

const callAs = (account: JsonObject = robot.sandbox.account, overrides: Partial<ProviderCall> = {}): ProviderCall => ({
  account,
  accountCode: robot.name,
  hosts: { primary: sandbox.url, v1: sandbox.url },
  http,
  token,
  now: new Date(),
  signal: AbortSignal.timeout(10_000),
  ...overrides,
});

const makeDelivery = (overrides: Partial<OutboundDelivery> = {}): OutboundDelivery => ({
  deliveryId: 'delivery-1',
  content: { kind: 'sampleText', content: 'Build 118 passed' },
  addressees: people,
  mentions: [],
  options: {},
  ...overrides,
});

async function newest(): Promise<unknown> {
  const answer = await fetch(`${sandbox.url}/_sandbox/inbox?channel=${robot.name}&limit=1`);
  const [entry] = (await answer.json()) as unknown[];
  return entry;
}

const examples = robot.contents.map((type) => [contentKindOf(type).kind, contentKindOf(type).example] as const);

describe('an app robot on the sandbox', () => {
  it.each(examples)('brings a %s to its people and takes it back', async (kind, example) => {
    const delivery = makeDelivery({ content: { ...example, kind } });
    const { providerMsgId = '', refused } = await robot.handler.send(callAs(), delivery);
    expect(refused).toEqual([]);
    await expect(newest()).resolves.toMatchObject({ msgtype: kind, recipients: ['manager01', 'user02'], notes: [] });
    await robot.handler.recall?.(callAs(), { providerMsgId, addressees: people, sentAt: new Date() });
    await expect(newest()).resolves.toMatchObject({ providerMsgId, recalled: true });
  });

  it('brings a message to the group of its account and takes it back', async () => {
    const { providerMsgId = '' } = await robot.handler.send(callAs(GROUP), makeDelivery({ addressees: [] }));
    await expect(newest()).resolves.toMatchObject({ recipients: ['group:cidSandboxGroup01=='] });
    await robot.handler.recall?.(callAs(GROUP), { providerMsgId, addressees: [], sentAt: new Date() });
    await expect(newest()).resolves.toMatchObject({ providerMsgId, recalled: true });
  });

  it('tells who was left out', async () => {
    const addressees: Addressee[] = ['manager01', 'nobody', 'busy-bee'].map((id) => ({ type: 'user', id }));
    await expect(robot.handler.send(callAs(), makeDelivery({ addressees }))).resolves.toMatchObject({
      refused: [
        { addressee: { id: 'nobody' }, reason: 'recipient_unknown' },
        { addressee: { id: 'busy-bee' }, reason: 'would_be_dropped' },
      ],
    });
  });

  it('asks for a new token when its own is refused', async () => {
    const stale = callAs(robot.sandbox.account, { token: 'stale' });
    await expect(robot.handler.send(stale, makeDelivery())).rejects.toMatchObject({ name: 'TokenRejectedError' });
  });

  it('is told of an unknown robot and of a group that is gone', async () => {
    const unknown = { ...robot.sandbox.account, robotCode: 'other' };
    await expect(robot.handler.send(callAs(unknown), makeDelivery())).rejects.toMatchObject({
      reason: 'robot_removed',
    });
    const gone = { ...GROUP, openConversationId: 'cidSandboxDisbanded==' };
    await expect(robot.handler.send(callAs(gone), makeDelivery({ addressees: [] }))).rejects.toMatchObject({
      reason: 'group_gone',
    });
  });

  it('finds its account in order, and a wrong secret out of order', async () => {
    await expect(robot.checkAccount?.(callAs())).resolves.toMatchObject([{ ok: true }, { ok: true }]);
    const account = { ...robot.sandbox.account, appSecret: 'wrong' };
    await expect(robot.checkAccount?.(callAs(account))).resolves.toMatchObject([{ check: 'credentials', ok: false }]);
  });
});
