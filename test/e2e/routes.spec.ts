import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const CONTENT = { kind: 'text', content: '{{text}}' };

/** A template with a route to people at each vendor and one to a chat group. */
async function threeRoutes({ given }: System, changes: JsonObject = {}): Promise<string> {
  const channels = ['wecom-app', 'dingtalk-work', 'dingtalk-robot'];
  const routes: JsonObject[] = [];
  for (const channel of channels) routes.push({ channel, account: await given.account(channel), content: CONTENT });
  return given.saved({ routes, ...changes });
}

const channelsOf = ({ deliveries }: AnswerBody): string[] => deliveries.map(({ channel }: AnswerBody) => channel);

onEachBackend('a template with several routes', (system) => {
  it('takes the first one that can address a person', async () => {
    const { api, given, sandbox } = system();
    const template = await threeRoutes(system());
    const text = given.text('first');
    const recipients = ['zhangsan', { dingtalk: 'manager01' }, { wecom: 'lisi' }];
    const message = await api.sendAndSettle({ template, recipients, params: { text } });
    expect(message).toMatchObject({ status: 'sent', recipientCount: 3 });
    expect(channelsOf(message)).toEqual(['wecom-app', 'dingtalk-work']);
    const entries = await sandbox.inbox(text);
    expect(entries.map(({ channel, recipients: shown }) => [channel, shown]).sort()).toEqual([
      ['dingtalk-work', ['manager01']],
      ['wecom-app', ['zhangsan', 'lisi']],
    ]);
  });

  it('takes every one with the strategy "all", and keeps the books per route', async () => {
    const { api, given, sandbox } = system();
    const template = await threeRoutes(system(), { strategy: 'all' });
    const text = given.text('all');
    const message = await api.sendAndSettle({ template, recipients: ['zhangsan'], params: { text } });
    expect(message).toMatchObject({ status: 'sent', deliveryCount: 3, counts: { sent: 3 } });
    expect(channelsOf(message)).toEqual(['wecom-app', 'dingtalk-work', 'dingtalk-robot']);
    expect(await sandbox.inbox(text)).toHaveLength(3);
  });

  it('is narrowed by the caller to a channel or an account', async () => {
    const { api, given } = system();
    const template = await threeRoutes(system(), { strategy: 'all' });
    const body = { template, recipients: ['zhangsan'], params: { text: given.text('narrow') } };
    const byChannel = await api.send({ ...body, channel: 'dingtalk-work' });
    expect(channelsOf(byChannel)).toEqual(['dingtalk-work']);
    const [{ account }] = byChannel.deliveries;
    const byAccount = await api.send({ ...body, account, params: { text: given.text('narrow') } });
    expect(byAccount.deliveries).toMatchObject([{ channel: 'dingtalk-work', account }]);
    const none = await api.post('/v1/messages', { ...body, channel: 'wecom-robot' });
    expect(none).toMatchObject({ status: 422, body: { errors: [{ pointer: '/channel', code: 'no_matching_route' }] } });
  });

  it('of two vendors wants to know whose department is meant', async () => {
    const { api, given, sandbox } = system();
    const template = await threeRoutes(system());
    const text = given.text('department');
    const body = { template, params: { text } };
    const refused = await api.post('/v1/messages', { ...body, recipients: [{ department: '12' }] });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/recipients/0', code: 'ambiguous_recipient' }] },
    });
    await api.sendAndSettle({ ...body, recipients: [{ dingtalk: { department: '12' } }] });
    expect((await sandbox.only(text)).channel).toBe('dingtalk-work');
  });

  it('goes on with one vendor while the other one refuses', async () => {
    const { api, given, sandbox } = system();
    const template = await threeRoutes(system(), { strategy: 'all' });
    await sandbox.fault(
      { type: 'errcode', code: 40058, message: 'invalid Request Parameter' },
      { endpoint: 'message/send' },
    );
    const message = await api.sendAndSettle({ template, recipients: ['lisi'], params: { text: given.text('half') } });
    expect(message).toMatchObject({ status: 'partial', counts: { sent: 2, failed: 1 } });
    expect(message.deliveries).toMatchObject([{ status: 'failed' }, { status: 'sent' }, { status: 'sent' }]);
  });

  it('sends through one account of a pool', async () => {
    const { api, given } = system();
    const accounts = [await given.account('wecom-robot'), await given.account('wecom-robot')];
    const template = await given.saved({ routes: [{ channel: 'wecom-robot', accounts, content: CONTENT }] });
    const { deliveries } = await api.sendAndSettle({ template, params: { text: given.text('pool') } });
    expect(deliveries).toHaveLength(1);
    expect(accounts).toContain(deliveries[0].account);
  });
});
