import { expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import { onEachBackend } from './system.js';

onEachBackend('a key that is limited to accounts', (system) => {
  it('sends nothing again through another one: no replay, no resend, no change of a card', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const caller = await given.caller();
    const own = api.as((await given.newKey({ preset: 'operator', caller })).key);
    const limited = api.as((await given.newKey({ preset: 'operator', caller, accounts: ['elsewhere-*'] })).key);
    const text = given.text('limited');
    await sandbox.fault({ type: 'errcode', code: 40058 }, { endpoint: 'message/send' }, 1);
    const { id } = await own.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
    const refused = { status: 403, body: { code: 'account_not_allowed' } };
    expect(await limited.post(`/v1/messages/${id}/replay`)).toMatchObject(refused);
    const resend = { as: 'resend', note: 'once more' };
    expect(await limited.post(`/v1/messages/${id}/resolve`, resend)).toMatchObject(refused);
    const card = { content: { kind: 'button', replace_name: 'x' } };
    expect(await limited.post(`/v1/messages/${id}/card`, card)).toMatchObject(refused);
    expect(await sandbox.inbox(text)).toEqual([]);
    expect(await own.post(`/v1/messages/${id}/replay`)).toMatchObject({ status: 202 });
  });

  it('corrects nothing through another one', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const text = given.text('not to be corrected');
    const sent = await api.sendAndSettle(template.message(text));
    const limited = api.as(
      (await given.newKey({ preset: 'operator', caller: await given.caller(), accounts: ['x'] })).key,
    );
    const content = { kind: 'text', content: 'CORRECTION {{text}}' };
    const correction = { template: (await given.template('wecom-robot', { content })).code, params: { text } };
    const { id } = await limited.do('/v1/recalls', { messageIds: [sent.id], correction });
    const recall = await waitFor(
      async () => {
        const read = await api.read(`/v1/recalls/${id}`);
        return read.status === 'finished' ? read : undefined;
      },
      { what: 'the end of the recall', deadlineMs: 30_000 },
    );
    expect(recall).toMatchObject({ corrections: { open: 0, sent: 0, failed: 1 } });
    const [result] = await api.list(`/v1/recalls/${id}/results`);
    expect(result.correction).toEqual({ status: 'failed', reason: 'account_not_allowed' });
    expect(await sandbox.inbox('CORRECTION')).toEqual([]);
  });
});
