import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../../apps/sandbox/src/create-sandbox.js';
import {
  CHANNELS,
  ChannelRegistry,
  UndiciProviderHttp,
  contentKindOf,
  type Addressee,
  type ChannelDefinition,
  type OutboundDelivery,
  type ProviderCall,
} from '#libs/channels';
import type { JsonObject } from '#libs/core';

const channels = new ChannelRegistry(CHANNELS);
const robot = channels.get('dingtalk-robot');
const work = channels.get('dingtalk-work');

let sandbox: Sandbox;
let http: UndiciProviderHttp;

beforeAll(async () => {
  sandbox = await createSandbox({ host: '127.0.0.1', port: 0 });
  http = new UndiciProviderHttp({ allowedOrigins: [sandbox.url] });
});

afterAll(async () => {
  await http.close();
  await sandbox.close();
});

function callOn(channel: ChannelDefinition, overrides: Partial<ProviderCall> = {}): ProviderCall {
  return {
    account: channel.sandbox.account,
    accountCode: channel.name,
    hosts: { primary: sandbox.url, v1: sandbox.url },
    http,
    token: '',
    now: new Date(),
    signal: AbortSignal.timeout(10_000),
    ...overrides,
  };
}

let deliveryNo = 0;
const makeDelivery = (overrides: Partial<OutboundDelivery>): OutboundDelivery => ({
  deliveryId: `delivery-${(deliveryNo += 1)}`,
  content: { kind: 'text', content: `Hello ${deliveryNo}` },
  addressees: [],
  mentions: [],
  options: {},
  ...overrides,
});

interface Entry {
  readonly msgtype: string;
  readonly recipients: readonly string[];
  readonly providerMsgId?: string;
  readonly recalled: boolean;
  readonly dropped: readonly unknown[];
}

async function newestIn(channel: ChannelDefinition): Promise<Entry | undefined> {
  const answer = await fetch(`${sandbox.url}/_sandbox/inbox?channel=${channel.name}&limit=1`);
  const inbox = (await answer.json()) as Entry[] | { readonly data: Entry[] };
  return Array.isArray(inbox) ? inbox[0] : inbox.data[0];
}

const examplesOf = (channel: ChannelDefinition): [string, JsonObject][] =>
  channel.contents.map((type) => [contentKindOf(type).kind, contentKindOf(type).example]);

describe('a webhook robot on the sandbox', () => {
  it.each(examplesOf(robot))('delivers a %s to its group', async (kind, example) => {
    const content = { ...example, kind };
    const delivery = makeDelivery({ content, mentions: [{ type: 'user', id: 'manager01' }] });
    await expect(robot.handler.send(callOn(robot), delivery)).resolves.toMatchObject({ providerCode: '0' });
    await expect(newestIn(robot)).resolves.toMatchObject({ msgtype: kind, dropped: [] });
  });

  it('is not shown twice when a delivery is repeated', async () => {
    const delivery = makeDelivery({});
    await robot.handler.send(callOn(robot), delivery);
    await robot.handler.send(callOn(robot), delivery);
    await expect(newestIn(robot)).resolves.toMatchObject({ recipients: [], dropped: [{}] });
  });

  it('is refused for a clock more than an hour off, and for a wrong secret', async () => {
    const late = new Date(Date.now() - 61 * 60_000);
    await expect(robot.handler.send(callOn(robot, { now: late }), makeDelivery({}))).rejects.toMatchObject({
      reason: 'clock_skew',
    });
    const account = { ...robot.sandbox.account, secret: 'SECwrong' };
    await expect(robot.handler.send(callOn(robot, { account }), makeDelivery({}))).rejects.toMatchObject({
      reason: 'signature_mismatch',
    });
  });

  it('is refused for an unknown access_token', async () => {
    const account = { webhook: 'ffff' };
    await expect(robot.handler.send(callOn(robot, { account }), makeDelivery({}))).rejects.toMatchObject({
      reason: 'robot_removed',
    });
  });
});

describe('a work message on the sandbox', () => {
  const addressees: Addressee[] = [
    { type: 'user', id: 'manager01' },
    { type: 'user', id: 'user02' },
  ];
  let token = '';

  beforeAll(async () => {
    token = (await work.fetchToken?.(callOn(work)))?.value ?? '';
  });

  it.each(examplesOf(work))('reaches its people as %s and is taken back', async (kind, example) => {
    const delivery = makeDelivery({ content: { ...example, kind }, addressees });
    const { providerMsgId = '' } = await work.handler.send(callOn(work, { token }), delivery);
    await expect(newestIn(work)).resolves.toMatchObject({ msgtype: kind, recipients: ['manager01', 'user02'] });
    await work.handler.recall?.(callOn(work, { token }), { providerMsgId, addressees, sentAt: new Date() });
    await expect(newestIn(work)).resolves.toMatchObject({ providerMsgId, recalled: true });
  });

  it.each([
    ['departments', [{ type: 'department', id: '2' }]],
    ['everybody', [{ type: 'all', id: '' }]],
  ] as [string, Addressee[]][])('reaches %s', async (_, group) => {
    const receipt = await work.handler.send(callOn(work, { token }), makeDelivery({ addressees: group }));
    expect(receipt.providerMsgId).toMatch(/^\d+$/);
  });

  it('asks for a new token when its own is refused', async () => {
    const sending = work.handler.send(callOn(work, { token: 'stale' }), makeDelivery({ addressees }));
    await expect(sending).rejects.toMatchObject({ name: 'TokenRejectedError' });
  });

  it('finds the account in order, and a wrong secret out of order', async () => {
    await expect(work.checkAccount?.(callOn(work))).resolves.toMatchObject([{ ok: true }, { ok: true }]);
    const account = { ...work.sandbox.account, appSecret: 'wrong' };
    await expect(work.checkAccount?.(callOn(work, { account }))).resolves.toMatchObject([
      { check: 'credentials', ok: false },
    ]);
  });
});
