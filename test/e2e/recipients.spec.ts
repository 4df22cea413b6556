import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

/** What became of each recipient, in the order of the request. */
async function fates({ api }: System, id: string): Promise<string[][]> {
  const recipients = await api.list(`/v1/messages/${id}/recipients?limit=200`);
  return recipients.map(({ recipient, status, reason }: AnswerBody) => [
    recipient,
    status,
    ...(reason ? [reason] : []),
  ]);
}

onEachBackend('recipients', (system) => {
  it('that the vendor does not know are told apart from those who got the message', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('partly');
    const recipients = [{ wecom: 'zhangsan' }, { wecom: 'Ghost-1' }, { wecom: 'lisi' }, { wecom: 'ghost-2' }];
    const message = await api.sendAndSettle(template.message(text, { recipients }));
    expect(message).toMatchObject({ status: 'partial', counts: { sent: 2, invalid: 2 } });
    expect(message.deliveries).toMatchObject([{ status: 'partial', attempts: 1 }]);
    expect(await fates(system(), message.id)).toEqual([
      ['wecom:zhangsan', 'sent'],
      ['wecom:ghost-1', 'invalid', 'recipient_unknown'],
      ['wecom:lisi', 'sent'],
      ['wecom:ghost-2', 'invalid', 'recipient_unknown'],
    ]);
    expect((await sandbox.only(text)).recipients).toEqual(['zhangsan', 'lisi']);
  });

  it('that are all unknown leave a failed message', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('nobody');
    const recipients = [{ wecom: 'ghost-1' }, { wecom: 'ghost-2' }];
    const message = await api.sendAndSettle(template.message(text, { recipients }));
    expect(message).toMatchObject({ status: 'failed', counts: { invalid: 2 } });
    expect(message.deliveries).toMatchObject([{ status: 'failed', attempts: 1, reason: 'all_invalid' }]);
    expect(await fates(system(), message.id)).toEqual([
      ['wecom:ghost-1', 'invalid', 'recipient_unknown'],
      ['wecom:ghost-2', 'invalid', 'recipient_unknown'],
    ]);
    expect(await sandbox.inbox(text)).toEqual([]);
    expect(await sandbox.requests(text)).toHaveLength(1);
  });

  it('written as mobile or e-mail are not in the directory, and the others get the message', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('dingtalk-work');
    const text = given.text('mobile');
    const recipients = [{ mobile: '+86 138-0000-0000' }, { email: 'Li@corp.cn' }, { dingtalk: 'manager01' }];
    const message = await api.sendAndSettle(template.message(text, { recipients }));
    expect(message).toMatchObject({ status: 'partial', counts: { sent: 1, invalid: 2 } });
    expect(await fates(system(), message.id)).toEqual([
      ['mobile:13800000000', 'invalid', 'not_in_directory'],
      ['email:li@corp.cn', 'invalid', 'not_in_directory'],
      ['dingtalk:manager01', 'sent'],
    ]);
    expect((await sandbox.only(text)).recipients).toEqual(['manager01']);
  });

  it('that nobody can address cost no provider call', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('nobody');
    const message = await api.sendAndSettle(template.message(text, { recipients: [{ mobile: '13800000000' }] }));
    expect(message).toMatchObject({ status: 'failed', deliveries: [{ attempts: 0, reason: 'not_in_directory' }] });
    expect(await api.list(`/v1/messages/${message.id}/attempts`)).toEqual([]);
    expect(await sandbox.requests(text)).toEqual([]);
  });

  it.each<readonly [string, JsonObject, string]>([
    ['wecom-app', { department: '12' }, 'department:12'],
    ['wecom-app', { wecom: { tag: '3' } }, 'wecom:tag:3'],
    ['wecom-app', { all: true }, 'all'],
    ['dingtalk-work', { department: 12 }, 'department:12'],
    ['dingtalk-work', { dingtalk: { all: true } }, 'dingtalk:all'],
  ])('on %s as a whole group need a right: %j', async (channel, group, ref) => {
    const { api, given, sandbox } = system();
    const template = await given.template(channel);
    const text = given.text('group');
    const body = template.message(text, { recipients: ['zhangsan', group] });
    const refused = await (await given.key({ preset: 'caller' })).post('/v1/messages', body);
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('messages:broadcast'), errors: [{ pointer: '/recipients/1' }] },
    });

    const operator = await given.key({ preset: 'operator' });
    const message = await operator.sendAndSettle(body);
    expect(message).toMatchObject({ status: 'sent', deliveryCount: 2 });
    expect(await fates(system(), message.id)).toEqual([
      ['user:zhangsan', 'sent'],
      [ref, 'sent'],
    ]);
    expect(await sandbox.inbox(text)).toHaveLength(2);
    expect(await api.list(`/v1/messages/${message.id}/deliveries`)).toMatchObject([{ no: 1 }, { no: 2 }]);
  });

  it('that are departments which do not exist are invalid', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const recipients = [{ department: '12' }, { department: '999999' }];
    const message = await api.sendAndSettle(template.message(given.text('department'), { recipients }));
    expect(message.status).toBe('partial');
    expect(await fates(system(), message.id)).toEqual([
      ['department:12', 'sent'],
      ['department:999999', 'invalid', 'department_unknown'],
    ]);
  });

  it('of a chat group are mentions: everybody needs no right there', async () => {
    const { given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const text = given.text('mention');
    const caller = await given.key();
    const message = await caller.sendAndSettle(template.message(text, { recipients: [{ all: true }] }));
    expect(message).toMatchObject({ status: 'sent', recipientCount: 1 });
    expect((await sandbox.only(text)).request.body.text.mentioned_list).toEqual(['@all']);
  });

  it('that occur twice get one message', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('twice');
    const recipients = ['zhangsan', { user: 'zhangsan' }, { wecom: 'lisi' }, { wecom: 'LISI' }];
    const message = await api.sendAndSettle(template.message(text, { recipients }));
    expect(message).toMatchObject({ status: 'sent', recipientCount: 2 });
    expect((await sandbox.only(text)).recipients).toEqual(['zhangsan', 'lisi']);
  });

  it.each([
    { channel: 'wecom-app', calls: 3, most: 1000 },
    { channel: 'dingtalk-work', calls: 25, most: 100 },
  ])('by the thousand go out in as few calls as $channel allows', async ({ channel, calls, most }) => {
    const { api, given, sandbox } = system();
    await sandbox.addPeople({ prefix: 'many', count: 2500 });
    const template = await given.template(channel);
    const text = given.text('many');
    const recipients = Array.from({ length: 2500 }, (_, index) => `many${index + 1}`);
    const message = await api.sendAndSettle(template.message(text, { recipients }));
    expect(message).toMatchObject({
      status: 'sent',
      recipientCount: 2500,
      counts: { sent: 2500 },
      deliveryCount: calls,
    });
    const entries = await sandbox.inbox(text);
    expect(entries).toHaveLength(calls);
    expect(Math.max(...entries.map((entry) => entry.recipients.length))).toBe(most);
    expect(new Set(entries.flatMap((entry) => entry.recipients)).size).toBe(2500);
  });
});
