import { expect, it } from '@jest/globals';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  'wecom-app': ['zhangsan', 'lisi'],
  'dingtalk-work': ['manager01', 'user02'],
};

interface Sent {
  readonly message: AnswerBody;
  readonly text: string;
}

async function sent({ api, given }: System, channel = 'wecom-app'): Promise<Sent> {
  const template = await given.template(channel);
  const text = given.text('recall');
  const message = await api.sendAndSettle(template.message(text, { recipients: [...(PEOPLE[channel] ?? [])] }));
  expect(message.status).toBe('sent');
  return { message, text };
}

const finished = (system: System, id: string): Promise<AnswerBody> =>
  system.api.until(id, ({ status }) => status === 'recalled', 'its recall');

onEachBackend('a recall', (system) => {
  it.each(['wecom-app', 'dingtalk-work'])('on %s is confirmed by the vendor', async (channel) => {
    const { api, sandbox } = system();
    const { message, text } = await sent(system(), channel);
    const recall = await api.post(`/v1/messages/${message.id}/recall`, { note: 'wrong amount' });
    expect(recall).toMatchObject({ status: 202, body: { itemCount: 1, note: 'wrong amount' } });
    expect(recall.headers['location']).toBe(`/v1/recalls/${recall.body.id}`);

    const recalled = await finished(system(), message.id);
    expect(recalled).toMatchObject({
      counts: { recalled: 2 },
      recall: { id: recall.body.id },
      deliveries: [{ status: 'recalled' }],
    });
    expect(await sandbox.only(text)).toMatchObject({
      recalled: true,
      providerMsgId: message.deliveries[0].providerMsgId,
    });
    expect(await api.read(`/v1/recalls/${recall.body.id}`)).toMatchObject({
      status: 'finished',
      openItems: 0,
      counts: { canceled: 0, recalled: 1, failed: 0, uncertain: 0 },
    });
    expect(await api.list(`/v1/recalls/${recall.body.id}/results`)).toMatchObject([
      { messageId: message.id, deliveryNo: 1, status: 'recalled' },
      { messageId: message.id, deliveryNo: 1, status: 'recalled' },
    ]);
    const events = (await api.list(`/v1/messages/${message.id}/timeline`)).map(({ event }) => event);
    expect(events.slice(-2)).toEqual(['recall_requested', 'recalled']);
  });

  it.each(['wecom-robot', 'dingtalk-robot'])('on %s is not possible', async (channel) => {
    const { api, sandbox } = system();
    const { message, text } = await sent(system(), channel);
    const refused = await api.post(`/v1/messages/${message.id}/recall`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'recall_not_supported' } });
    expect(await api.message(message.id)).toMatchObject({ status: 'sent' });
    expect((await sandbox.only(text)).recalled).toBe(false);
  });

  it('asked for again is the same recall', async () => {
    const { api, sandbox } = system();
    const { message } = await sent(system());
    const path = `/v1/messages/${message.id}/recall`;
    const before = await sandbox.count('/cgi-bin/message/recall');
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.post(path)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    await finished(system(), message.id);
    expect((await api.post(path)).body.id).toBe(answers[0]?.body.id);
    expect((await sandbox.count('/cgi-bin/message/recall')) - before).toBe(1);
  });

  it('of a message that waits cancels it', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const text = given.text('waiting');
    const { id } = await api.send(template.message(text, { delaySeconds: 2 }));
    const recall = await api.do(`/v1/messages/${id}/recall`);
    expect(recall).toMatchObject({ status: 'finished', counts: { canceled: 1 } });
    expect(await api.message(id)).toMatchObject({ status: 'canceled', reason: 'canceled_by_recall' });
    await api.sendAndSettle(template.message(given.text('after'), { delaySeconds: 2 }));
    expect(await sandbox.requests(text)).toEqual([]);
  });

  it('of a message that is being sent takes it back afterwards', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    await api.sendAndSettle(template.message(given.text('warm'), { recipients: ['zhangsan'] }));
    const text = given.text('sending');
    const fault = await sandbox.fault({ type: 'delay', ms: 1_000 }, { endpoint: 'message/send' }, 1);
    const { id } = await api.send(template.message(text, { recipients: ['zhangsan'] }));
    await sandbox.hits(fault, 1);
    await api.do(`/v1/messages/${id}/recall`);
    expect(await finished(system(), id)).toMatchObject({ counts: { recalled: 1 } });
    expect((await sandbox.only(text)).recalled).toBe(true);
  });

  it('that races the send leaves nothing visible that is called recalled or canceled', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    await api.sendAndSettle(template.message(given.text('warm'), { recipients: ['zhangsan'] }));
    await sandbox.fault({ type: 'delay', ms: 30 }, { endpoint: 'message/send' });
    const races = Array.from({ length: 40 }, async () => {
      const text = given.text('race');
      const { id } = await api.send(template.message(text, { recipients: ['zhangsan'] }));
      await api.do(`/v1/messages/${id}/recall`);
      return { id, text };
    });
    const ends = new Set<string>();
    for (const { id, text } of await Promise.all(races)) {
      const isTaken = ({ status }: AnswerBody): boolean => status === 'canceled' || status === 'recalled';
      const { status } = await api.until(id, isTaken, 'its recall');
      const visible = (await sandbox.inbox(text)).filter((entry) => !entry.recalled);
      expect({ status, visible: visible.length }).toEqual({ status, visible: 0 });
      ends.add(status);
    }
    expect(ends.size).toBeGreaterThan(0);
  });

  it('of a message whose attempt was refused meanwhile lets nothing follow', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const text = given.text('stopped');
    await sandbox.fault({ type: 'errcode', code: -1 }, { endpoint: 'webhook/send' });
    const { id } = await api.send(template.message(text));
    await api.waiting(id, 'retry');
    await api.do(`/v1/messages/${id}/recall`);
    const message = await api.settled(id);
    expect(message).toMatchObject({ status: 'canceled', reason: 'canceled_by_recall' });
    await sandbox.clearFaults();
    await api.sendAndSettle(template.message(given.text('after'), { delaySeconds: 1 }));
    expect(await sandbox.inbox(text)).toEqual([]);
    expect((await sandbox.requests(text)).length).toBe(message.deliveries[0].attempts);
  });

  it('of an attempt that may have arrived is uncertain, never claimed', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app', { onAmbiguous: 'hold' });
    await sandbox.fault({ type: 'reset', when: 'after' }, { endpoint: 'message/send' }, 1);
    const { id } = await api.sendAndSettle(template.message(given.text('unclear'), { recipients: ['zhangsan'] }));
    const recall = await api.do(`/v1/messages/${id}/recall`);
    expect(await api.read(`/v1/recalls/${recall.id}`)).toMatchObject({ status: 'finished', counts: { uncertain: 1 } });
    expect(await api.message(id)).toMatchObject({
      status: 'unknown',
      deliveries: [{ recall: { status: 'uncertain' } }],
    });
    const [recipient] = await api.list(`/v1/messages/${id}/recipients`);
    expect(recipient).toMatchObject({
      status: 'unknown',
      recall: { status: 'uncertain', reason: 'recall_no_provider_id' },
    });
  });

  it('is repeated while the vendor is busy, with a new token where needed', async () => {
    const { api, sandbox } = system();
    const { message, text } = await sent(system());
    await sandbox.revokeTokens('wwsandbox00000001:1000002');
    await sandbox.fault({ type: 'errcode', code: -1 }, { endpoint: 'message/recall' }, 1);
    await api.do(`/v1/messages/${message.id}/recall`);
    await finished(system(), message.id);
    expect((await sandbox.only(text)).recalled).toBe(true);
  });

  it('that the vendor refuses leaves the message as it is and says why', async () => {
    const { api, sandbox } = system();
    const { message } = await sent(system());
    await sandbox.fault({ type: 'errcode', code: 42052, message: 'msgid expired' }, { endpoint: 'message/recall' });
    const { id } = await api.do(`/v1/messages/${message.id}/recall`);
    await api.until(
      message.id,
      ({ deliveries: [first] }) => first.recall?.status === 'failed',
      'the end of its recall',
    );
    expect(await api.message(message.id)).toMatchObject({ status: 'sent', deliveries: [{ status: 'sent' }] });
    expect(await api.read(`/v1/recalls/${id}`)).toMatchObject({ status: 'finished', counts: { failed: 1 } });
    expect(await api.list(`/v1/recalls/${id}/results`)).toMatchObject([
      { status: 'failed', reason: 'recall_window_closed', text: expect.any(String) },
      { status: 'failed' },
    ]);
  });

  it('after 24 hours is refused', async () => {
    const { api, database } = system();
    const { message } = await sent(system());
    await database.query(`UPDATE delivery SET sent_at = sent_at - interval '24 hours' WHERE message_id = $1`, [
      message.id,
    ]);
    const refused = await api.post(`/v1/messages/${message.id}/recall`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'recall_window_closed' } });
  });

  it('by the vendor’s ids takes back the messages they belong to, after a dry run that counts them', async () => {
    const { api, sandbox } = system();
    const [first, second] = [await sent(system()), await sent(system(), 'dingtalk-work')];
    const providerMsgIds = [first, second].map(({ message: { deliveries } }) => ({
      account: deliveries[0].account,
      id: deliveries[0].providerMsgId,
    }));
    const dry = await api.post('/v1/recalls', { providerMsgIds, dryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { messages: 2, counts: { recallable: 2 } } });
    const recall = await api.post('/v1/recalls', { providerMsgIds });
    expect(recall).toMatchObject({ status: 202, body: { itemCount: 2 } });
    for (const { message, text } of [first, second]) {
      await finished(system(), message.id);
      expect((await sandbox.only(text)).recalled).toBe(true);
    }
    expect((await api.list('/v1/recalls'))[0]).toMatchObject({ id: recall.body.id, selector: { providerMsgIds } });
  });

  it('of many messages takes back what can be taken back, item by item', async () => {
    const { api } = system();
    const [app, robot] = [await sent(system()), await sent(system(), 'wecom-robot')];
    const recall = await api.do('/v1/recalls', { messageIds: [app.message.id, robot.message.id] });
    await finished(system(), app.message.id);
    expect(await api.read(`/v1/recalls/${recall.id}`)).toMatchObject({
      status: 'finished',
      counts: { recalled: 1, failed: 1 },
    });
    expect(await api.message(robot.message.id)).toMatchObject({
      status: 'sent',
      deliveries: [{ recall: { status: 'failed' } }],
    });
  });
});
