import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { textKindOf } from './given.js';
import { onEachBackend, type System } from './system.js';

/** A published template over several channels that falls back, each with an account of its own. */
async function falling(
  { given }: System,
  channels: readonly string[],
  fallback: JsonObject,
): Promise<{ readonly code: string; readonly accounts: readonly string[] }> {
  const routes = [];
  for (const channel of channels) {
    const content = { kind: textKindOf(channel), content: '{{text}}' };
    routes.push({ channel, account: await given.account(channel), content });
  }
  return { code: await given.saved({ routes, fallback }), accounts: routes.map(({ account }) => account) };
}

const kinds = ({ deliveries }: AnswerBody): string[] =>
  deliveries.map(({ kind, channel, status }: AnswerBody) => `${kind} ${channel} ${status}`);

/** What the vendor knows by now is asked for at once, and the sweep looks at the message. */
async function learn({ database, sandbox }: System, id: string): Promise<void> {
  await sandbox.advanceClock(3_000);
  await database.query('UPDATE receipt_poll SET due_at = now() WHERE message_id = $1', [id]);
}

onEachBackend('a message that the first channel cannot bring', (system) => {
  it('goes out by the next one, of another vendor, once, with the story in its timeline', async () => {
    const { api, given, sandbox } = system();
    const { code } = await falling(system(), ['wecom-app', 'dingtalk-work'], { on: ['failed'] });
    const text = given.text('fallback');
    await sandbox.fault({ type: 'errcode', code: 40058 }, { endpoint: 'message/send' }, 1);
    const message = await api.sendAndSettle({ template: code, recipients: ['zhangsan'], params: { text } });
    expect(message).toMatchObject({ status: 'sent', recipientCount: 1, counts: { sent: 1 }, deliveryCount: 2 });
    expect(kinds(message)).toEqual(['first wecom-app failed', 'fallback dingtalk-work sent']);
    expect(await sandbox.inbox(text)).toMatchObject([{ recipients: ['zhangsan'] }]);
    expect(await api.list(`/v1/messages/${message.id}/timeline`)).toContainEqual(
      expect.objectContaining({ event: 'fallback', reason: 'failed', deliveryNo: 1 }),
    );
    const [recipient] = await api.list(`/v1/messages/${message.id}/recipients`);
    expect(recipient).toMatchObject({ recipient: 'user:zhangsan', channel: 'dingtalk-work', status: 'sent' });
  });

  it('mentions in a group whom the provider does not know, and nobody else', async () => {
    const { api, given, sandbox } = system();
    const { code } = await falling(system(), ['wecom-app', 'wecom-robot'], { on: ['unreachable'] });
    const text = given.text('elsewhere');
    const recipients = ['zhangsan', 'ghost-1'];
    const message = await api.sendAndSettle({ template: code, recipients, params: { text } });
    expect(message).toMatchObject({ status: 'sent', recipientCount: 2, counts: { sent: 2 } });
    expect(kinds(message)).toEqual(['first wecom-app partial', 'fallback wecom-robot sent']);
    const [, inGroup] = await sandbox.inbox(text);
    expect(JSON.parse(inGroup.request.rawBody).text.mentioned_list).toEqual(['ghost-1']);
  });

  it('is sent by the next one when nothing went out in time, and by both in the end', async () => {
    const { api, given, sandbox } = system();
    const fallback = { on: ['timeout'], afterSeconds: 1 };
    const { code, accounts } = await falling(system(), ['wecom-app', 'dingtalk-work'], fallback);
    const text = given.text('late');
    const [first = ''] = accounts;
    await api.do(`/v1/accounts/${first}/pause`);
    const { id } = await api.send({ template: code, recipients: ['manager01'], params: { text } });
    const isOut = ({ counts, deliveryCount }: AnswerBody): boolean => deliveryCount === 2 && counts.sent === 1;
    const late = await api.until(id, isOut, 'its fallback');
    expect(late).toMatchObject({ recipientCount: 1, counts: { sent: 1, pending: 1 } });
    expect(await sandbox.inbox(text)).toHaveLength(1);
    await api.do(`/v1/messages/${id}/cancel`);
    expect(kinds(await api.settled(id))).toEqual(['first wecom-app canceled', 'fallback dingtalk-work sent']);
  });

  it('goes on when a receipt says that the vendor held it back, or that nobody has read it', async () => {
    const { api, database, given, sandbox } = system();
    const fallback = { on: ['failed', 'unreachable', 'unread'], afterSeconds: 1 };
    const { code } = await falling(system(), ['dingtalk-work', 'wecom-robot'], fallback);
    await sandbox.giveHabit(['u0301'], 'limited');
    const [text, unread] = [given.text('held back'), given.text('unread')];
    const { id } = await api.sendAndSettle({ template: code, recipients: ['u0301'], params: { text } });
    await learn(system(), id);
    const isFallen = ({ counts, deliveryCount }: AnswerBody): boolean => deliveryCount === 2 && !counts.pending;
    expect(kinds(await api.until(id, isFallen, 'its fallback'))).toEqual([
      'first dingtalk-work failed',
      'fallback wecom-robot sent',
    ]);

    const late = await api.sendAndSettle({ template: code, recipients: ['manager01'], params: { text: unread } });
    await learn(system(), late.id);
    await api.until(late.id, ({ counts }: AnswerBody) => counts.delivered === 1, 'its receipt');
    const untilRead = `UPDATE delivery SET fallback_at = now(), sent_at = now() - interval '2 s' WHERE message_id = $1`;
    await database.query(untilRead, [late.id]);
    const both = await api.until(late.id, isFallen, 'its fallback');
    expect(both).toMatchObject({ recipientCount: 1, counts: { delivered: 1, sent: 1 } });
    expect(kinds(both)).toEqual(['first dingtalk-work sent', 'fallback wecom-robot sent']);
    expect(await sandbox.inbox(unread)).toHaveLength(2);
  });

  it('is refused at once when the next route could not send it either', async () => {
    const { api, given } = system();
    const [app, robot] = [await given.account('wecom-app'), await given.account('wecom-robot')];
    const routes = [
      { channel: 'wecom-app', account: app, content: { kind: 'text', content: '{{text}}' } },
      { channel: 'wecom-robot', account: robot, content: { kind: 'text', content: '{{other}}' } },
    ];
    const template = await given.saved({ routes, fallback: { on: ['failed'] } });
    const refused = await api.post('/v1/messages', { template, recipients: ['zhangsan'], params: { text: 'x' } });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'missing_variable', pointer: '/params/other' }] },
    });
  });
});
