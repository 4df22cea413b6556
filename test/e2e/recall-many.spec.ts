import { describe, expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const anHourAgo = (): string => new Date(Date.now() - 3_600_000).toISOString();

async function finished({ api }: System, id: string): Promise<AnswerBody> {
  return waitFor(
    async () => {
      const recall = await api.read(`/v1/recalls/${id}`);
      return recall.status === 'finished' ? recall : undefined;
    },
    { what: 'the end of the recall', deadlineMs: 30_000 },
  );
}

onEachBackend('a recall of many', (system) => {
  it('takes back everything that a template sent since a time, and says so beforehand', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const texts = Array.from({ length: 3 }, () => given.text('wrong price'));
    for (const text of texts) await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
    const waits = await api.do(
      '/v1/messages',
      template.message('later', { recipients: ['lisi'], delaySeconds: 3_600 }),
    );
    const body = { template: template.code, createdAfter: anHourAgo(), note: 'wrong price' };
    await expect(api.post('/v1/recalls', { ...body, dryRun: true })).resolves.toMatchObject({
      status: 200,
      body: { messages: 4, examined: 4, counts: { canceled: 1, recallable: 3, failed: 0, uncertain: 0 } },
    });
    const { id } = await api.do('/v1/recalls', body);
    await expect(finished(system(), id)).resolves.toMatchObject({
      messageCount: 4,
      selecting: false,
      counts: { canceled: 1, recalled: 3, failed: 0, uncertain: 0 },
    });
    for (const text of texts) expect((await sandbox.only(text)).recalled).toBe(true);
    await expect(api.message(waits.id)).resolves.toMatchObject({ status: 'canceled' });
  });

  it('refuses what a person confirmed when there is more of it by now, and reports it as a file', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    await api.sendAndSettle(template.message(given.text('first'), { recipients: ['zhangsan'] }));
    const body = { template: template.code, createdAfter: anHourAgo() };
    const before = await api.post('/v1/recalls', { ...body, dryRun: true });
    await api.sendAndSettle(template.message(given.text('second'), { recipients: ['lisi'] }));
    await expect(api.post('/v1/recalls', { ...body, dryRunToken: before.body.token })).resolves.toMatchObject({
      status: 409,
      body: { code: 'preview_stale' },
    });
    const { body: fresh } = await api.post('/v1/recalls', { ...body, dryRun: true });
    expect(fresh).toMatchObject({ messages: 2, createdBefore: expect.any(String) });
    const { id } = await api.do('/v1/recalls', { ...body, dryRunToken: fresh.token });
    await expect(finished(system(), id)).resolves.toMatchObject({
      counts: { recalled: 2 },
      actor: expect.any(String),
    });
    expect(await api.list(`/v1/recalls/${id}/results?status=failed`)).toEqual([]);
    expect(await api.list(`/v1/recalls/${id}/results?status=recalled`)).toHaveLength(2);
    const { body: link } = await api.post('/v1/downloads', { path: `/v1/recalls/report?recall=${id}` });
    const report = await fetch(`${system().apiUrl}${String(link.url)}`);
    const lines = (await report.text()).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('recalled');
  });

  it('finds a message by its business key', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const businessKey = given.code('order');
    const sent = await api.sendAndSettle(template.message(given.text('key'), { recipients: ['lisi'], businessKey }));
    const { id } = await api.do('/v1/recalls', { businessKey });
    await expect(finished(system(), id)).resolves.toMatchObject({ counts: { recalled: 1 } });
    await expect(api.message(sent.id)).resolves.toMatchObject({ status: 'recalled' });
  });

  it('sends a correction where a message cannot be taken back, through the robot that sent it', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const correction = await given.template('wecom-robot', {
      content: { kind: 'text', content: 'CORRECTION {{text}}' },
    });
    const text = given.text('to the group');
    const sent = await api.sendAndSettle(template.message(text));
    const body = { messageIds: [sent.id], correction: { template: correction.code, params: { text } } };
    const { id } = await api.do('/v1/recalls', body);
    await expect(finished(system(), id)).resolves.toMatchObject({
      counts: { failed: 1 },
      corrections: { open: 0, sent: 1, failed: 0 },
    });
    const [result] = await api.list(`/v1/recalls/${id}/results`);
    expect(result).toMatchObject({ status: 'failed', correction: { status: 'sent' } });
    const corrected = await api.until(
      String((result?.['correction'] as { messageId: string }).messageId),
      ({ status }) => status === 'sent',
      'the correction',
    );
    expect(corrected).toMatchObject({ metadata: { corrects: sent.id }, deliveries: [{ account: template.account }] });
    await sandbox.only(`CORRECTION ${text}`);
    const events = (await api.list(`/v1/messages/${sent.id}/timeline`)).map(({ event }) => event);
    expect(events).toContain('corrected');
  });

  it('says why a correction cannot be sent', async () => {
    const { api, given } = system();
    const robot = await given.template('wecom-robot');
    const app = await given.template('wecom-app');
    const sent = await api.sendAndSettle(robot.message(given.text('no way')));
    const correction = { template: app.code, params: { text: 'x' } };
    const { id } = await api.do('/v1/recalls', { messageIds: [sent.id], correction });
    await expect(finished(system(), id)).resolves.toMatchObject({ corrections: { open: 0, sent: 0, failed: 1 } });
    const [result] = await api.list(`/v1/recalls/${id}/results`);
    expect(result?.['correction']).toEqual({ status: 'failed', reason: 'no_matching_route' });
  });

  describe('refuses', () => {
    it.each([
      ['two ways to select', { messageIds: [], businessKey: 'a' }, '/messageIds'],
      ['no way to select', {}, '/messageIds'],
      ['a template without a beginning', { template: 'x' }, '/createdAfter'],
      ['a time without a template', { businessKey: 'x', createdAfter: '2026-01-01T00:00:00Z' }, '/createdAfter'],
      [
        'a range that ends before it begins',
        { template: 'x', createdAfter: '2026-01-02T00:00:00Z', createdBefore: '2026-01-01T00:00:00Z' },
        '/createdBefore',
      ],
      [
        'a correction whose template is unknown',
        { businessKey: 'x', correction: { template: 'no-such' } },
        '/correction/template',
      ],
    ])('%s', async (_what, body, pointer) => {
      const answer = await system().api.post('/v1/recalls', body);
      expect(answer).toMatchObject({ status: 422 });
      expect((answer.body.errors as { pointer: string }[]).map((fault) => fault.pointer)).toContain(pointer);
    });

    it('a range without messages', async () => {
      const answer = await system().api.post('/v1/recalls', { template: 'nobody-used', createdAfter: anHourAgo() });
      expect(answer).toMatchObject({ status: 409, body: { code: 'nothing_to_recall' } });
    });

    it("what another caller sent, as if it weren't there", async () => {
      const { api, given } = system();
      const template = await given.template('wecom-app');
      const businessKey = given.code('order');
      await api.sendAndSettle(template.message(given.text('foreign'), { recipients: ['lisi'], businessKey }));
      const stranger = await given.key({ preset: 'caller' });
      for (const body of [{ businessKey }, { template: template.code, createdAfter: anHourAgo() }]) {
        expect(await stranger.post('/v1/recalls', body)).toMatchObject({
          status: 409,
          body: { code: 'nothing_to_recall' },
        });
      }
    });
  });
});
