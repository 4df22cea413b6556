import { afterEach, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

async function fates({ api }: System, id: string): Promise<unknown[][]> {
  const recipients = await api.list(`/v1/messages/${id}/recipients?limit=200`);
  return recipients.map(({ providerUserId, reason, recipient, status }: AnswerBody) => [
    recipient,
    status,
    reason ?? providerUserId ?? null,
  ]);
}

/** Added once and kept, so that the directory is in use; a worker sees that within two seconds. */
async function useDirectory({ api, given }: System): Promise<void> {
  await api.do('/v1/people', { user: 'anchor', name: 'anchor' });
  const template = await given.template('wecom-app');
  const isSeen = async (): Promise<boolean> => {
    const probe = await api.sendAndSettle(template.message(given.text('probe'), { recipients: ['zhangsan'] }));
    return probe.reason === 'not_in_directory' || probe.status === 'failed';
  };
  await waitFor(isSeen, { deadlineMs: 20_000, what: 'the directory to be seen' });
}

async function addPeople(system: System, ...people: readonly JsonObject[]): Promise<void> {
  for (const person of people) await system.api.do('/v1/people', person);
  if ((await system.api.get('/v1/people/anchor')).status === 404) await useDirectory(system);
}

onEachBackend('the directory', (system) => {
  afterEach(async () => {
    await system().database.query(`DELETE FROM person WHERE user_id <> 'anchor'`);
  });

  it('turns people into what the vendor calls them', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const identity = (providerUserId: string): JsonObject => ({ identities: [{ family: 'wecom', providerUserId }] });
    await addPeople(
      system(),
      { user: 'E1', name: 'A', ...identity('zhangsan') },
      { user: 'E2', name: 'B', mobile: '13800001002', ...identity('LiSi') },
      { user: 'E3', name: 'C', email: 'c@corp.cn', ...identity('wangwu') },
      { user: 'E4', name: 'D' },
      { user: 'E5', name: 'E', active: false, ...identity('zhaoliu') },
    );
    const text = given.text('by name');
    const recipients = ['E1', { mobile: '+86 138 0000 1002' }, { email: 'C@corp.cn' }, 'E4', 'E5', 'zhaoliu'];
    const message = await api.sendAndSettle(template.message(text, { recipients }));
    expect(await fates(system(), message.id)).toEqual([
      ['user:E1', 'sent', 'zhangsan'],
      ['mobile:13800001002', 'sent', 'LiSi'],
      ['email:c@corp.cn', 'sent', 'wangwu'],
      ['user:E4', 'invalid', 'no_identity'],
      ['user:E5', 'suppressed', 'person_inactive'],
      ['user:zhaoliu', 'invalid', 'not_in_directory'],
    ]);
    expect(message).toMatchObject({ status: 'partial' });
    expect((await sandbox.only(text)).recipients).toEqual(['zhangsan', 'lisi', 'wangwu']);
  });

  it('sends by the route of the vendor who knows somebody, and tells so beforehand', async () => {
    const { api, given } = system();
    const [wecom, dingtalk] = [await given.account('wecom-app'), await given.account('dingtalk-work')];
    const content = { kind: 'text', content: '{{text}}' };
    const template = await given.saved({
      routes: [
        { channel: 'wecom-app', account: wecom, content },
        { channel: 'dingtalk-work', account: dingtalk, content },
      ],
    });
    await addPeople(
      system(),
      { user: 'E1', name: 'A', identities: [{ family: 'wecom', providerUserId: 'zhangsan' }] },
      { user: 'E2', name: 'B', identities: [{ family: 'dingtalk', providerUserId: 'manager01' }] },
    );
    const body = { template, params: { text: given.text('both') }, recipients: ['E1', 'E2', 'E3'] };
    const trial = await api.post('/v1/messages?dryRun=true', body);
    expect(trial.body.people).toEqual([
      { recipient: 'user:E1', channel: 'wecom-app', providerUserId: 'zhangsan' },
      { recipient: 'user:E3', channel: 'wecom-app', reason: 'not_in_directory' },
      { recipient: 'user:E2', channel: 'dingtalk-work', providerUserId: 'manager01' },
    ]);
    const message = await api.sendAndSettle(body);
    expect((await fates(system(), message.id)).map(([recipient, status]) => [recipient, status]).sort()).toEqual([
      ['user:E1', 'sent'],
      ['user:E2', 'sent'],
      ['user:E3', 'invalid'],
    ]);
  });

  it('lets strangers through where the template takes them as they are', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app', { unknownUser: 'as_is' });
    await addPeople(system(), { user: 'E1', name: 'A' });
    const message = await api.sendAndSettle(template.message(given.text('stranger'), { recipients: ['zhangsan'] }));
    expect(message.status).toBe('sent');
  });

  it('does not try again what the vendor has refused, until a login has proven it', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    await addPeople(system(), {
      user: 'E1',
      name: 'A',
      identities: [{ family: 'wecom', providerUserId: 'ghost-7' }],
    });
    const first = await api.sendAndSettle(template.message(given.text('refused'), { recipients: ['E1'] }));
    expect(await fates(system(), first.id)).toEqual([['user:E1', 'invalid', 'recipient_unknown']]);
    const isStale = async (): Promise<boolean> => (await api.read('/v1/people/E1')).identities[0].staleAt !== null;
    await waitFor(isStale, { deadlineMs: 10_000, what: 'the refusal to be noted' });
    const second = await api.sendAndSettle(template.message(given.text('not tried'), { recipients: ['E1'] }));
    expect(await fates(system(), second.id)).toEqual([['user:E1', 'invalid', 'identity_stale']]);
    expect(second.deliveries).toMatchObject([{ attempts: 0 }]);
  });

  it('is read by a worker from the vendor', async () => {
    const { api, given } = system();
    const account = await given.account('dingtalk-work');
    const { id } = await api.do('/v1/directory/sync', { account });
    const isOver = async (): Promise<AnswerBody> => {
      const sync = await api.read(`/v1/directory/syncs/${id}`);
      return sync.finishedAt === null ? undefined : sync;
    };
    const sync = await waitFor(isOver, { deadlineMs: 30_000, what: 'the end of the sync' });
    expect(sync.status).toBe('succeeded');
    expect(sync.counts.created).toBeGreaterThan(5);
    expect((await api.read('/v1/people/manager01')).identities).toMatchObject([{ family: 'dingtalk', account }]);
  });
});
