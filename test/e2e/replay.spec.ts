import { expect, it } from '@jest/globals';
import { onEachBackend } from './system.js';

onEachBackend('a replay', (system) => {
  it('sends again to those who did not get the message, and to nobody else', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app', { content: { kind: 'text', content: '{{text}} {{name}}' } });
    const text = given.text('replay');
    await sandbox.fault({ type: 'errcode', code: 40058 }, { endpoint: 'message/send' }, 1);
    const recipients = ['zhangsan', { user: 'lisi', params: { name: 'b' } }];
    const { id } = await api.sendAndSettle({ template: template.code, recipients, params: { text, name: 'a' } });
    expect(await api.message(id)).toMatchObject({ status: 'partial', counts: { sent: 1, failed: 1 } });
    await api.do(`/v1/messages/${id}/replay`);
    const message = await api.settled(id);
    expect(message).toMatchObject({ status: 'sent', counts: { sent: 2 }, deliveryCount: 3 });
    expect(message.deliveries[2]).toMatchObject({ no: 3, kind: 'replay', status: 'sent' });
    expect((await sandbox.inbox(text)).map((entry) => entry.recipients[0]).sort()).toEqual(['lisi', 'zhangsan']);
  });

  it('of a message that everybody got is refused', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-robot');
    const { id } = await api.sendAndSettle(template.message(given.text('sent')));
    const refused = await api.post(`/v1/messages/${id}/replay`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'not_replayable' } });
  });

  it('of a canceled message sends it, after a recall it is refused', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const [canceled, recalled] = [given.text('canceled'), given.text('recalled')];
    const first = await api.send(template.message(canceled, { delaySeconds: 600 }));
    await api.do(`/v1/messages/${first.id}/cancel`);
    await api.do(`/v1/messages/${first.id}/replay`);
    expect(await api.settled(first.id)).toMatchObject({ status: 'sent', deliveryCount: 2 });
    expect(await sandbox.inbox(canceled)).toHaveLength(1);

    const second = await api.send(template.message(recalled, { delaySeconds: 600 }));
    await api.do(`/v1/messages/${second.id}/recall`);
    const refused = await api.post(`/v1/messages/${second.id}/replay`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'recalled' } });
    expect(await sandbox.inbox(recalled)).toEqual([]);
  });
});
