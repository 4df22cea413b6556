import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { TEST_ADMIN_KEY } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { channelNamed } from './given.js';
import { onEachBackend, type System } from './system.js';
import { WebhookReceiver, type ReceivedEvent } from './webhook-receiver.js';

const FAR_AHEAD = { delaySeconds: 3_600 };
const CARD = {
  kind: 'template_card',
  card_type: 'button_interaction',
  main_title: { title: '{{text}}' },
  button_list: [{ text: '同意', style: 1, key: 'approve' }],
};

async function upload({ apiUrl }: System, query: Record<string, string>, file: string): Promise<AnswerBody> {
  const answer = await fetch(`${apiUrl}/v1/messages/import?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_ADMIN_KEY}`, 'content-type': 'text/csv' },
    body: file,
  });
  expect(answer.status).toBe(202);
  return answer.json();
}

onEachBackend(
  'a webhook is told',
  (system) => {
    let receiver: WebhookReceiver;
    let webhook: AnswerBody;
    beforeEach(async () => {
      receiver = await WebhookReceiver.start();
      const events = ['import.finished', 'card.clicked', 'message.recall_finished'];
      webhook = await system().api.do('/v1/webhooks', { name: 'ERP', url: receiver.url, events });
    });
    afterEach(async () => {
      await system().api.delete(`/v1/webhooks/${webhook.id}`);
      await receiver.close();
    });

    /** The one event of a type, its signature checked. */
    async function told(type: string): Promise<AnswerBody> {
      const [event] = await receiver.received(type);
      if (!event) throw new Error('No event');
      new Webhook(webhook.secret).verify(event.text, event.headers as Record<string, string>);
      return event.body.data;
    }

    /** Types and ids: each change is told under one id. */
    const distinct = (type: string): number => new Set(receiver.of(type).map(({ id }: ReceivedEvent) => id)).size;

    it('that an import has finished, with its counts', async () => {
      const { given } = system();
      const { code } = await given.template('wecom-app');
      const file = `user,text\nzhangsan,${given.text('a')}\nlisi,${given.text('b')}\nlisi,\n`;
      const { id } = await upload(system(), { template: code }, file);
      expect(await told('import.finished')).toEqual({
        importId: id,
        status: 'finished',
        caller: 'admin',
        template: code,
        templateVersion: 1,
        counts: { rows: 3, faulty: 1, duplicate: 0, accepted: 2 },
        createdAt: expect.stringMatching(/Z$/),
        finishedAt: expect.stringMatching(/Z$/),
      });
      expect(distinct('import.finished')).toBe(1);
    });

    it('that an import was canceled', async () => {
      const { api, given } = system();
      const { code } = await given.template('wecom-app');
      const file = `user,text\nzhangsan,${given.text('never')}\n`;
      const { id } = await upload(system(), { template: code, dryRun: 'true' }, file);
      await api.do(`/v1/imports/${id}/cancel`);
      expect(await told('import.finished')).toMatchObject({
        importId: id,
        status: 'canceled',
        counts: { accepted: 0 },
      });
    });

    it('that somebody pressed a button, and not who', async () => {
      const { api, apiUrl, given, sandbox } = system();
      const template = await given.template('wecom-app', { content: CARD });
      const {
        agentId = 0,
        callbackAesKey: aesKey = '',
        callbackToken: token = '',
      } = channelNamed('wecom-app').sandbox.account;
      await sandbox.callBack({ agentId, aesKey, token, url: `${apiUrl}/v1/callbacks/wecom/${template.account}` });
      const text = given.text('card');
      const body = { recipients: ['zhangsan'], metadata: { order: 'A1' } };
      const { id } = await api.sendAndSettle(template.message(text, body));
      await sandbox.click((await sandbox.only(text)).id, { user: 'zhangsan', key: 'approve' });
      expect(await told('card.clicked')).toMatchObject({
        messageId: id,
        key: 'approve',
        caller: 'admin',
        template: template.code,
        channel: 'wecom-app',
        account: template.account,
        metadata: { order: 'A1' },
        clickedAt: expect.stringMatching(/Z$/),
      });
      expect(receiver.of('card.clicked')[0]?.text).not.toContain('zhangsan');
    });

    it('that a recall has finished, with what became of each part', async () => {
      const { api, given } = system();
      const template = await given.template('wecom-app');
      const sent = await api.sendAndSettle(template.message(given.text('sent'), { recipients: ['zhangsan', 'lisi'] }));
      const waiting = await api.send(template.message(given.text('waits'), { recipients: ['lisi'], ...FAR_AHEAD }));
      const recall = await api.do('/v1/recalls', { messageIds: [sent.id, waiting.id] });
      expect(await told('message.recall_finished')).toMatchObject({
        recallId: recall.id,
        caller: 'admin',
        messageCount: 2,
        counts: { canceled: 1, recalled: 1, failed: 0, uncertain: 0, corrected: 0, correctionFailed: 0 },
        finishedAt: expect.stringMatching(/Z$/),
      });
      expect(distinct('message.recall_finished')).toBe(1);
    });

    it('that a recall has finished in which nothing had been sent yet', async () => {
      const { api, given } = system();
      const template = await given.template('wecom-app');
      const { id } = await api.send(template.message(given.text('waits'), { recipients: ['lisi'], ...FAR_AHEAD }));
      const recall = await api.do(`/v1/messages/${id}/recall`);
      expect(await told('message.recall_finished')).toMatchObject({ recallId: recall.id, counts: { canceled: 1 } });
    });

    it('that a recall by template and time has finished, once, with its corrections', async () => {
      const { api, given } = system();
      const [template, words] = [await given.template('wecom-app'), await given.template('wecom-app')];
      const { createdAt } = await api.sendAndSettle(template.message(given.text('a'), { recipients: ['zhangsan'] }));
      await api.sendAndSettle(template.message(given.text('b'), { recipients: ['lisi'] }));
      const recall = await api.do('/v1/recalls', {
        template: template.code,
        createdAfter: createdAt,
        createdBefore: new Date(Date.now() + 60_000).toISOString(),
        correction: { template: words.code, params: { text: given.text('sorry') } },
      });
      const event = await told('message.recall_finished');
      expect(event).toMatchObject({ recallId: recall.id, messageCount: 2, counts: { recalled: 2 } });
      const { counts } = await api.read(`/v1/recalls/${recall.id}`);
      expect(event.counts).toMatchObject({ corrected: counts.corrected ?? 0 });
      expect(distinct('message.recall_finished')).toBe(1);
    });
  },
  { config: { webhookAllowedNetworks: ['127.0.0.0/8'] } },
);
