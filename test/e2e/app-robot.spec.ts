import { expect, it } from '@jest/globals';
import { onEachBackend } from './system.js';

const GROUP = { openConversationId: 'cidSandboxGroup01==' };

onEachBackend('an app robot', (system) => {
  it('takes back what it sent to people and what it sent to the group of its account', async () => {
    const { api, given, sandbox } = system();
    const account = await given.account('dingtalk-app-robot', { config: GROUP });
    const template = await given.template('dingtalk-app-robot', { account });
    const [toPeople, toGroup] = [given.text('to people'), given.text('to the group')];
    const first = await api.sendAndSettle(template.message(toPeople, { recipients: [{ dingtalk: 'manager01' }] }));
    const second = await api.sendAndSettle(template.message(toGroup));
    expect(await sandbox.only(toPeople)).toMatchObject({ recipients: ['manager01'] });
    expect(await sandbox.only(toGroup)).toMatchObject({ recipients: [`group:${GROUP.openConversationId}`] });
    expect(await api.list(`/v1/messages/${second.id}/recipients`)).toMatchObject([{ recipient: `group:${account}` }]);

    for (const { id } of [first, second]) {
      await api.do(`/v1/messages/${id}/recall`);
      await api.until(id, ({ status }) => status === 'recalled', 'its recall');
    }
    for (const text of [toPeople, toGroup]) expect(await sandbox.only(text)).toMatchObject({ recalled: true });
  });

  it('reports who was left out of a message that arrived', async () => {
    const { api, given } = system();
    const template = await given.template('dingtalk-app-robot');
    const recipients = [{ dingtalk: 'manager01' }, { dingtalk: 'ghost' }];
    const message = await api.sendAndSettle(template.message(given.text('partly'), { recipients }));
    expect(message).toMatchObject({ status: 'partial', counts: { sent: 1, invalid: 1 } });
  });

  it('says why a message without recipients went nowhere when its account names no group', async () => {
    const { api, given } = system();
    const template = await given.template('dingtalk-app-robot');
    const message = await api.sendAndSettle(template.message(given.text('nowhere')));
    expect(message).toMatchObject({ status: 'failed', deliveries: [{ reason: 'no_route' }] });
  });
});

onEachBackend('a status bar', (system) => {
  it('is refused at once for more people than it may go to', async () => {
    const { api, given } = system();
    const head = { bgcolor: 'FFBBBBBB', text: 'Expense' };
    const status_bar = { status_value: '{{text}}' };
    const content = { kind: 'oa', message_url: 'https://oa.example.com/m/55', head, status_bar };
    const template = await given.template('dingtalk-work', { content });
    const people = (count: number): string[] => Array.from({ length: count }, (_, n) => `u000${n + 1}`);
    const refused = await api.post('/v1/messages', template.message('Pending', { recipients: people(6) }));
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/recipients', code: 'too_many_recipients', limit: 5, actual: 6 }] },
    });
    const { status } = await api.sendAndSettle(template.message('Pending', { recipients: people(5) }));
    expect(status).toBe('sent');
  });
});
