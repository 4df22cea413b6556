import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { quietNow } from './given.js';
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

  it('goes through another account of the channel when it is asked to, also to its group', async () => {
    const { api, given, sandbox } = system();
    for (const channel of ['wecom-app', 'wecom-robot']) {
      const template = await given.template(channel);
      const spare = await given.account(channel);
      const text = given.text('spare');
      const body = channel === 'wecom-app' ? { recipients: ['zhangsan'] } : {};
      const { id } = await api.send(template.message(text, { ...body, delaySeconds: 600 }));
      await api.do(`/v1/messages/${id}/cancel`);
      const other = await given.account(channel === 'wecom-app' ? 'wecom-robot' : 'wecom-app');
      for (const [account, code] of [
        ['no-such-account', 'unknown_account'],
        [other, 'channel_mismatch'],
      ]) {
        const refused = await api.post(`/v1/messages/${id}/replay`, { account });
        expect(refused).toMatchObject({ status: 422, body: { code } });
      }
      await api.do(`/v1/messages/${id}/replay`, { account: spare });
      const message = await api.settled(id);
      expect(message).toMatchObject({ status: 'sent', counts: { sent: 1 } });
      expect(message.counts).not.toHaveProperty('canceled');
      expect(message.deliveries[1]).toMatchObject({ kind: 'replay', account: spare, status: 'sent' });
      await sandbox.only(text);
      const [recipient] = await api.list(`/v1/messages/${id}/recipients`);
      expect(recipient.recipient).toBe(channel === 'wecom-app' ? 'user:zhangsan' : `group:${spare}`);
      const events = await api.list(`/v1/messages/${id}/timeline`);
      expect(events.map(({ event }: AnswerBody) => event)).toContain('replayed');
    }
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

  it('goes to those whom a rule had held back, when a person says that the rule does not count', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('anyway');
    const to = (...recipients: string[]) => template.message(text, { recipients });
    await api.sendAndSettle(to('zhangsan', 'lisi'));
    const { id } = await api.sendAndSettle(to('zhangsan', 'lisi'));
    const path = `/v1/messages/${id}/replay`;
    expect(await api.post(path)).toMatchObject({ status: 409, body: { code: 'not_replayable' } });
    const wish = { ignore: ['dedupe'], recipients: ['lisi'] };
    const preview = await api.post(path, { ...wish, dryRun: true });
    expect(preview).toMatchObject({ status: 200, body: { recipients: 1, deliveries: 1 } });
    expect(await api.message(id)).toMatchObject({ status: 'suppressed', deliveryCount: 1 });
    await api.do(path, wish);
    expect(await api.settled(id)).toMatchObject({ status: 'sent', counts: { sent: 1, suppressed: 1 } });
    const boxes = (await sandbox.inbox(text)).map(({ recipients }) => recipients);
    expect(boxes).toEqual([['zhangsan', 'lisi'], ['lisi']]);
    await api.do(path, { ignore: ['dedupe'], reason: ['duplicate_content'] });
    expect(await api.settled(id)).toMatchObject({ status: 'sent', counts: { sent: 2 } });
    const events = (await api.list(`/v1/messages/${id}/timeline`)).map(({ event }: AnswerBody) => event);
    expect(events.filter((event: string) => event === 'replayed')).toHaveLength(2);
  });

  it('is narrowed to states, and knows its fields', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-robot');
    const { id } = await api.send(template.message(given.text('narrow'), { delaySeconds: 600 }));
    await api.do(`/v1/messages/${id}/cancel`);
    const preview = async (body: JsonObject): Promise<AnswerBody> =>
      (await api.post(`/v1/messages/${id}/replay`, { dryRun: true, ...body })).body;
    expect(await preview({ status: ['failed'] })).toEqual({ recipients: 0, deliveries: 0 });
    expect(await preview({ status: ['canceled'], reason: ['canceled_by_operator'] })).toMatchObject({ recipients: 1 });
    expect(await preview({ ignore: ['gravity'] })).toMatchObject({ status: 422, errors: [{ pointer: '/ignore' }] });
  });
});

onEachBackend('a person in a hurry', (system) => {
  it.each(['send_at', 'quiet_hours'])('sends at once what waits (%s)', async (reason) => {
    const { api, given } = system();
    const template = await given.template('wecom-app', reason === 'quiet_hours' ? { quietHours: quietNow() } : {});
    const later = reason === 'send_at' ? { delaySeconds: 600 } : {};
    const { id } = await api.send(template.message(given.text('hurry'), { recipients: ['zhangsan'], ...later }));
    await api.waiting(id, reason);
    const stranger = await given.key();
    expect(await stranger.post(`/v1/messages/${id}/send-now`)).toMatchObject({ status: 404 });
    await api.do(`/v1/messages/${id}/send-now`);
    expect(await api.settled(id)).toMatchObject({ status: 'sent', deliveries: [{ attempts: 1 }] });
    const timeline = await api.list(`/v1/messages/${id}/timeline`);
    expect(timeline.map(({ event }: AnswerBody) => event)).toContain('sent_now');
    expect(await api.post(`/v1/messages/${id}/send-now`)).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_hurry' },
    });
  });
});
