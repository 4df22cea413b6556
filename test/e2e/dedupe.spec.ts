import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

async function expectSuppressed({ api }: System, message: AnswerBody, reason: string, by: AnswerBody): Promise<void> {
  expect(message).toMatchObject({ status: 'suppressed', reason, counts: { suppressed: 1 } });
  expect(message.deliveries).toMatchObject([{ status: 'suppressed', attempts: 0, reason }]);
  const [recipient] = await api.list(`/v1/messages/${message.id}/recipients`);
  expect(recipient).toMatchObject({ status: 'suppressed', reason, detail: { duplicateOf: by.id } });
}

const to = (...recipients: (string | JsonObject)[]): JsonObject => ({ recipients });

onEachBackend('people', (system) => {
  it('get the same content once in five minutes, and the second message names the first', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('same');
    const first = await api.sendAndSettle(template.message(text, to('zhangsan')));
    // One person, however written; the vendor ignores case.
    for (const recipient of ['zhangsan', { wecom: 'ZhangSan' }]) {
      const second = await api.sendAndSettle(template.message(text, to(recipient)));
      await expectSuppressed(system(), second, 'duplicate_content', first);
    }
    expect(await sandbox.inbox(text)).toHaveLength(1);
  });

  it('who have had the content are left out, the others get it', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('overlap');
    await api.sendAndSettle(template.message(text, to('zhangsan')));
    const second = await api.sendAndSettle(template.message(text, to('zhangsan', 'lisi')));
    expect(second).toMatchObject({ status: 'sent', counts: { suppressed: 1, sent: 1 } });
    expect((await sandbox.inbox(text)).map(({ recipients }) => recipients)).toEqual([['zhangsan'], ['lisi']]);
  });

  it('get another content, another template, or the same with dedupe off', async () => {
    const { api, given, sandbox } = system();
    const [template, other] = [await given.template('wecom-app'), await given.template('wecom-app')];
    const off = await given.template('wecom-app', { dedupe: { content: null } });
    const text = given.text('another');
    const bodies = [
      template.message(text, to('lisi')),
      template.message(`${text}!`, to('lisi')),
      other.message(text, to('lisi')),
    ];
    for (const body of [...bodies, off.message(text, to('lisi')), off.message(text, to('lisi'))]) {
      expect(await api.sendAndSettle(body)).toMatchObject({ status: 'sent' });
    }
    expect(await sandbox.inbox(text)).toHaveLength(5);
  });

  it('get no more messages of a template than its frequency allows', async () => {
    const { api, given } = system();
    const dedupe = { content: null, frequency: { limit: 2, windowSeconds: 86_400 } };
    const template = await given.template('dingtalk-work', { dedupe });
    const sent: AnswerBody[] = [];
    for (let count = 0; count < 2; count += 1) {
      sent.push(await api.sendAndSettle(template.message(given.text('often'), to('manager01'))));
    }
    const third = await api.sendAndSettle(template.message(given.text('often'), to('manager01')));
    await expectSuppressed(system(), third, 'frequency_limit', sent[1]);
    expect(await api.sendAndSettle(template.message(given.text('often'), to('user02')))).toMatchObject({
      status: 'sent',
    });
  });

  it('get one of fifty equal messages that are sent at once', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('fifty');
    const body = template.message(text, to('zhangsan'));
    const ids = await Promise.all(Array.from({ length: 50 }, async () => (await api.send(body)).id));
    await api.allSettled(ids);
    const messages = await api.list(`/v1/messages?ids=${ids.join(',')}&limit=200`);
    const statuses = messages.map(({ status }) => status).sort();
    expect(statuses).toEqual(['sent', ...Array.from({ length: 49 }, () => 'suppressed')]);
    expect(await sandbox.inbox(text)).toHaveLength(1);
  });

  it('of a chat group count as the group; with another mention it is another message', async () => {
    const { api, given } = system();
    const template = await given.template('dingtalk-robot');
    const text = given.text('group');
    const first = await api.sendAndSettle(template.message(text));
    await expectSuppressed(system(), await api.sendAndSettle(template.message(text)), 'duplicate_content', first);
    expect(await api.sendAndSettle(template.message(text, to({ all: true })))).toMatchObject({ status: 'sent' });
  });

  it('get the content again after the message that held it failed', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const body = template.message(given.text('failed'), to('wangwu'));
    await sandbox.fault({ type: 'errcode', code: 40058 }, { endpoint: 'message/send' }, 1);
    expect(await api.sendAndSettle(body)).toMatchObject({ status: 'failed' });
    expect(await api.sendAndSettle(body)).toMatchObject({ status: 'sent' });
  });

  it('get the content again after the message that held it was canceled', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const body = template.message(given.text('canceled'));
    await sandbox.fault({ type: 'errcode', code: -1 }, { endpoint: 'webhook/send' });
    const { id } = await api.send(body);
    await api.waiting(id, 'retry');
    await api.do(`/v1/accounts/${template.account}/pause`);
    await api.do(`/v1/messages/${id}/cancel`);
    await sandbox.clearFaults();
    await api.do(`/v1/accounts/${template.account}/resume`);
    expect(await api.sendAndSettle(body)).toMatchObject({ status: 'sent' });
    expect(await api.message(id)).toMatchObject({ status: 'canceled' });
  });

  it('get the content again after the message that held it was recalled', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const body = template.message(given.text('recalled'), to('zhaoliu'));
    const { id } = await api.sendAndSettle(body);
    await api.do(`/v1/messages/${id}/recall`);
    await api.until(id, ({ status }) => status === 'recalled', 'its recall');
    expect(await api.sendAndSettle(body)).toMatchObject({ status: 'sent' });
  });

  it('get a message of unclear outcome again: its own repetition is no duplicate of itself', async () => {
    const { api, given, sandbox } = system();
    const dedupe = { content: { limit: 1, windowSeconds: 300 }, frequency: { limit: 1, windowSeconds: 300 } };
    const template = await given.template('wecom-app', { dedupe });
    await sandbox.fault({ type: 'reset' }, { endpoint: 'message/send' }, 1);
    const message = await api.sendAndSettle(template.message(given.text('itself'), to('zhangsan')));
    expect(message).toMatchObject({ status: 'sent', deliveries: [{ attempts: 2 }] });
  });
});
