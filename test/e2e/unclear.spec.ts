import { expect, it } from '@jest/globals';
import type { AnswerBody } from './api-client.js';
import { rawBodyOf } from './sandbox-remote.js';
import { onEachBackend, type System } from './system.js';

const outcomesOf = async ({ api }: System, id: string): Promise<string[]> =>
  (await api.list(`/v1/messages/${id}/attempts`)).map(({ outcome }: AnswerBody) => outcome);

/** A message whose only attempt was taken without an answer, and that must not be sent again by itself. */
async function held({ api, given, sandbox }: System): Promise<{ readonly id: string; readonly text: string }> {
  const template = await given.template('wecom-app', { onAmbiguous: 'hold' });
  const text = given.text('held');
  await sandbox.fault({ type: 'reset', when: 'after' }, { endpoint: 'message/send' }, 1);
  const message = await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
  expect(message).toMatchObject({ status: 'unknown', counts: { unknown: 1 }, deliveries: [{ attempts: 1 }] });
  return { id: message.id, text };
}

onEachBackend('a message of unknown outcome', (system) => {
  it('is one whose answer never comes', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot', { onAmbiguous: 'hold' });
    await sandbox.fault({ type: 'hang', when: 'after' }, { endpoint: 'webhook/send' }, 1);
    const message = await api.sendAndSettle(template.message(given.text('hanging')));
    expect(message).toMatchObject({ status: 'unknown', deliveries: [{ status: 'unknown', attempts: 1 }] });
    const [attempt] = await api.list(`/v1/messages/${message.id}/attempts`);
    expect(attempt).toMatchObject({ outcome: 'unknown', reason: message.reason });
    expect(attempt.durationMs).toBeLessThan(12_000);
  });

  it('under "hold" is not sent again by itself, and says so', async () => {
    const { api, sandbox } = system();
    const { id, text } = await held(system());
    expect(await outcomesOf(system(), id)).toEqual(['unknown']);
    expect(await sandbox.requests(text)).toHaveLength(1);
    const timeline = await api.list(`/v1/messages/${id}/timeline`);
    expect(timeline.at(-1)).toMatchObject({ event: 'attempt_finished', outcome: 'unknown' });
  });

  it.each(['sent', 'failed'])('is settled by a person as %s', async (as) => {
    const { api, sandbox } = system();
    const { id, text } = await held(system());
    const path = `/v1/messages/${id}/resolve`;
    expect(await api.do(path, { as, note: 'asked' })).toMatchObject({ status: as, counts: { [as]: 1 } });
    expect(await api.list(`/v1/messages/${id}/timeline`)).toContainEqual(
      expect.objectContaining({ event: 'resolved', reason: as }),
    );
    expect(await sandbox.requests(text)).toHaveLength(1);
    expect(await api.post(path, { as, note: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'not_resolvable' },
    });
  });

  it('is sent once more when a person says so', async () => {
    const { api, sandbox } = system();
    const { id, text } = await held(system());
    await api.do(`/v1/messages/${id}/resolve`, { as: 'resend', note: 'it did not arrive' });
    const message = await api.settled(id);
    expect(message).toMatchObject({ status: 'sent', counts: { sent: 1 }, deliveryCount: 2 });
    expect(message.deliveries).toMatchObject([
      { no: 1, kind: 'first', status: 'unknown' },
      { no: 2, kind: 'replay', status: 'sent' },
    ]);
    expect(await sandbox.inbox(text)).toHaveLength(2);
  });

  it('whose provider is asked to drop repetitions is shown once, and repeated without a remark', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app', { dedupe: { content: { windowSeconds: 600, limit: 1 } } });
    const text = given.text('protected');
    await sandbox.fault({ type: 'reset', when: 'after' }, { endpoint: 'message/send' }, 2);
    const message = await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
    expect(message).toMatchObject({ status: 'sent', deliveries: [{ attempts: 3 }] });
    expect(message.deliveries[0]).not.toHaveProperty('possibleDuplicate');
    expect(await outcomesOf(system(), message.id)).toEqual(['unknown', 'unknown', 'sent']);
    const calls = await sandbox.requests(text);
    expect(new Set(calls.map(rawBodyOf)).size).toBe(1);
    expect(JSON.parse(rawBodyOf(calls[0]))).toMatchObject({ enable_duplicate_check: 1, duplicate_check_interval: 600 });
    const entries = await sandbox.inbox(text);
    expect(entries.flatMap(({ recipients }: AnswerBody) => recipients)).toEqual(['zhangsan']);
  });

  it('does not ask for it where another message says the same to the same person', async () => {
    const { api, given, sandbox } = system();
    const account = await given.account('wecom-app');
    const [first, second] = [
      await given.template('wecom-app', { account }),
      await given.template('wecom-app', { account }),
    ];
    const text = given.text('same words');
    await api.sendAndSettle(first.message(text, { recipients: ['zhangsan'] }));
    const again = await api.sendAndSettle(second.message(text, { recipients: ['ZhangSan'] }));
    expect(again).toMatchObject({ status: 'sent' });
    const entries = await sandbox.inbox(text);
    expect(entries.flatMap(({ dropped }: AnswerBody) => dropped)).toEqual([]);
    expect(entries.map((entry: AnswerBody) => JSON.parse(rawBodyOf(entry)).enable_duplicate_check)).toEqual([
      1,
      undefined,
    ]);
  });

  it('after its one repetition is left to a person, where the provider is not asked', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app', { dedupe: { content: null } });
    const text = given.text('twice');
    await sandbox.fault({ type: 'reset' }, { endpoint: 'message/send' }, 2);
    const message = await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
    expect(message).toMatchObject({ status: 'unknown', deliveries: [{ attempts: 2, possibleDuplicate: true }] });
    expect(await sandbox.requests(text)).toHaveLength(2);
  });

  it('is sent after all when the provider refuses its repetition as known, and no recall of it is claimed', async () => {
    const { api, given, sandbox } = system();
    const card = {
      kind: 'template_card',
      card_type: 'button_interaction',
      main_title: { title: '{{text}}' },
      button_list: [{ text: 'OK', key: 'ok' }],
    };
    const template = await given.template('wecom-app', { content: card });
    const text = given.text('known');
    await sandbox.fault({ type: 'reset', when: 'after' }, { endpoint: 'message/send' }, 1);
    const message = await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
    expect(message).toMatchObject({
      status: 'sent',
      deliveries: [{ status: 'sent', reason: 'confirmed_by_duplicate', attempts: 2 }],
    });
    expect(message.deliveries[0].error).toBeUndefined();
    expect(await outcomesOf(system(), message.id)).toEqual(['unknown', 'rejected']);
    expect(await sandbox.inbox(text)).toHaveLength(1);
    const recall = await api.post(`/v1/messages/${message.id}/recall`);
    expect(recall).toMatchObject({ status: 202, body: { status: 'finished', counts: { recalled: 0, uncertain: 1 } } });
    expect(await api.message(message.id)).toMatchObject({ status: 'sent' });
  });

  it('is replayed only by who asks for it', async () => {
    const { api } = system();
    const { id } = await held(system());
    const path = `/v1/messages/${id}/replay`;
    expect(await api.post(path)).toMatchObject({ status: 409, body: { code: 'not_replayable' } });
    await api.do(path, { includeUnknown: true });
    expect(await api.settled(id)).toMatchObject({ status: 'sent', counts: { sent: 1 } });
  });
});
