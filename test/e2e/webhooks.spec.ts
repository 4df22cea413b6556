import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';
import { WebhookReceiver, type ReceivedEvent } from './webhook-receiver.js';

const verify = ({ secret }: AnswerBody, { headers, text }: ReceivedEvent): unknown =>
  new Webhook(secret).verify(text, headers as Record<string, string>);

const LOCAL = { webhookAllowedNetworks: ['127.0.0.0/8'] };

onEachBackend(
  'a webhook',
  (system) => {
    let receiver: WebhookReceiver;
    let hooks: string[] = [];
    beforeEach(async () => {
      receiver = await WebhookReceiver.start();
      hooks = [];
    });
    afterEach(async () => {
      for (const id of hooks) await system().api.delete(`/v1/webhooks/${id}`);
      await receiver.close();
    });

    async function hook(changes: AnswerBody = {}): Promise<AnswerBody> {
      const made = await system().api.do('/v1/webhooks', { name: 'ERP', url: receiver.url, ...changes });
      hooks.push(made.id);
      return made;
    }

    const deliveryOf = (webhook: AnswerBody, eventId: string): Promise<AnswerBody> =>
      system().api.read(`/v1/webhooks/${webhook.id}/deliveries/${eventId}`);

    const reached = (
      webhook: AnswerBody,
      eventId: string,
      isReached: (delivery: AnswerBody) => boolean,
    ): Promise<AnswerBody> =>
      waitFor(
        async () => {
          const delivery = await deliveryOf(webhook, eventId);
          return isReached(delivery) ? delivery : undefined;
        },
        { deadlineMs: 30_000, intervalMs: 50, what: `the state of ${eventId}` },
      );

    async function sendOne({ api, given }: System, metadata = {}): Promise<AnswerBody> {
      const template = await given.template('wecom-app');
      const body = template.message(given.text('secret words'), { recipients: ['zhangsan'], metadata });
      return api.sendAndSettle(body);
    }

    it('is told once and signed what became of a message, without content and recipients', async () => {
      const webhook = await hook();
      const { id } = await sendOne(system(), { order: 'A1', note: null });
      const [event] = await receiver.received('message.sent');
      if (!event) throw new Error('No event');
      expect(verify(webhook, event)).toMatchObject({
        type: 'message.sent',
        data: {
          id,
          status: 'sent',
          metadata: { order: 'A1', note: null },
          recipientCount: 1,
          counts: { sent: 1, failed: 0 },
        },
      });
      expect(event.text).not.toMatch(/secret words|zhangsan/);
      expect(new Date(event.body.data.createdAt).toISOString()).toBe(event.body.data.createdAt);
      const delivery = await reached(webhook, event.id, ({ status }) => status === 'delivered');
      expect(delivery).toMatchObject({ type: 'message.sent', messageId: id, tries: 1, code: 204, body: event.body });
      expect(receiver.of('message.sent')).toHaveLength(1);
      expect(await system().api.read(`/v1/webhooks/${webhook.id}`)).toMatchObject({ state: 'active', waiting: 0 });
    });

    it('is told again what it answered with an error, under the same id, until it takes it', async () => {
      const webhook = await hook({ events: ['message.sent'] });
      receiver.answerWith(500);
      await sendOne(system());
      const [first] = await receiver.received('message.sent');
      const failed = await reached(webhook, String(first?.id), ({ code }) => code === 500);
      expect(failed).toMatchObject({ status: 'waiting', tries: 1, answer: 'answered 500', maxTries: 12 });
      expect(new Date(failed.nextTryAt).getTime()).toBeGreaterThan(Date.now());
      expect(await system().api.read(`/v1/webhooks/${webhook.id}`)).toMatchObject({ state: 'failing', waiting: 1 });
      receiver.answerWith(200);
      const [, second] = await receiver.received('message.sent', 2);
      expect([second?.id, second?.text]).toEqual([first?.id, first?.text]);
      await reached(webhook, String(first?.id), ({ status, tries }) => status === 'delivered' && tries === 2);
      expect(await system().api.read(`/v1/webhooks/${webhook.id}`)).toMatchObject({ state: 'active', waiting: 0 });
    });

    it('is switched off after five days of failures, keeps what it is owed, and gets it when it is switched on', async () => {
      const { api, database } = system();
      const webhook = await hook({ events: ['message.sent'] });
      receiver.answerWith(502);
      await sendOne(system());
      const [event] = await receiver.received('message.sent');
      await reached(webhook, String(event?.id), ({ code }) => code === 502);
      await database.query(`UPDATE webhook_endpoint SET failing_since = now() - interval '6 days' WHERE id = $1`, [
        webhook.id,
      ]);
      const isOff = async (): Promise<AnswerBody> => {
        const read = await api.read(`/v1/webhooks/${webhook.id}`);
        return read.enabled ? undefined : read;
      };
      const off = await waitFor(isOff, { deadlineMs: 30_000, intervalMs: 50, what: 'the end of patience' });
      expect(off).toMatchObject({ state: 'disabled', disabledReason: 'failing', waiting: 1 });
      expect(await deliveryOf(webhook, String(event?.id))).not.toHaveProperty('nextTryAt');
      expect((await api.list('/v1/audit-log?limit=5')).map(({ action }) => action)).toContain('webhook.disable');
      await sendOne(system());
      receiver.answerWith(204);
      const { body } = await api.put(`/v1/webhooks/${webhook.id}`, {
        name: 'ERP',
        url: receiver.url,
        events: ['message.sent'],
      });
      expect(body).not.toHaveProperty('disabledReason');
      const after = await reached(webhook, String(event?.id), ({ status }) => status === 'delivered');
      expect(after.code).toBe(204);
      expect(new Set(receiver.of('message.sent').map(({ id }) => id)).size).toBe(1);
    });

    it('is switched off at once by a receiver that is gone', async () => {
      const webhook = await hook();
      receiver.answerWith(410);
      await sendOne(system());
      const isOff = async (): Promise<boolean> =>
        (await system().api.read(`/v1/webhooks/${webhook.id}`)).disabledReason === 'gone';
      await waitFor(isOff, { deadlineMs: 30_000, intervalMs: 50, what: 'the webhook being off' });
    });

    it('gets a range of time or single events again', async () => {
      const { api } = system();
      const from = new Date(Date.now() - 60_000).toISOString();
      const webhook = await hook({ events: ['message.sent'] });
      await sendOne(system());
      const [event] = await receiver.received('message.sent');
      await reached(webhook, String(event?.id), ({ status }) => status === 'delivered');
      const replay = (body: AnswerBody): Promise<AnswerBody> => api.do(`/v1/webhooks/${webhook.id}/replay`, body);
      expect(await replay({ from })).toEqual({ events: 0 });
      expect(await replay({ from, to: from, all: true })).toEqual({ events: 0 });
      expect(await replay({ from, all: true })).toEqual({ events: 1 });
      await receiver.received('message.sent', 2);
      await reached(webhook, String(event?.id), ({ status }) => status === 'delivered');
      expect(await replay({ eventIds: [event?.id] })).toEqual({ events: 1 });
      const again = await receiver.received('message.sent', 3);
      expect(new Set(again.map(({ id }) => id)).size).toBe(1);
      expect((await api.post(`/v1/webhooks/${webhook.id}/replay`, {})).body.code).toBe('missing_field');
      expect((await api.post(`/v1/webhooks/${webhook.id}/replay`, { from, eventIds: [event?.id] })).body.code).toBe(
        'conflicting_fields',
      );
    });

    it('is signed with both secrets while one is changed for another, and shows neither again', async () => {
      const { api, logs } = system();
      const webhook = await hook();
      const rotated = await api.do(`/v1/webhooks/${webhook.id}/rotate-secret`);
      expect(rotated.secret).not.toBe(webhook.secret);
      const { eventId } = await api.do(`/v1/webhooks/${webhook.id}/test`);
      const [event] = await receiver.received('webhook.test');
      if (!event) throw new Error('No event');
      expect(event.id).toBe(eventId);
      for (const each of [webhook, rotated]) expect(() => verify(each, event)).not.toThrow();
      await system().database.query('UPDATE webhook_endpoint SET previous_until = now() WHERE id = $1', [webhook.id]);
      await api.do(`/v1/webhooks/${webhook.id}/test`);
      const [, later] = await receiver.received('webhook.test', 2);
      if (!later) throw new Error('No event');
      expect(() => verify(rotated, later)).not.toThrow();
      expect(() => verify(webhook, later)).toThrow('No matching signature');
      const shown = JSON.stringify([await api.list('/v1/webhooks'), await api.list('/v1/audit-log'), logs]);
      for (const { secret } of [webhook, rotated]) expect(shown).not.toContain(secret);
    });

    it('can be tried once while it is switched off', async () => {
      const webhook = await hook({ enabled: false });
      receiver.answerWith(503);
      const { eventId } = await system().api.do(`/v1/webhooks/${webhook.id}/test`);
      await receiver.received('webhook.test');
      const delivery = await reached(webhook, eventId, ({ status }) => status === 'failed');
      expect(delivery).toMatchObject({ tries: 1, code: 503 });
      await sendOne(system());
      expect(await system().api.list(`/v1/webhooks/${webhook.id}/deliveries?type=message.sent`)).toEqual([]);
    });

    it('takes no more than the callers, templates and events that it names', async () => {
      const { api, given, sandbox } = system();
      const caller = await given.caller();
      const { key } = await given.newKey({ caller, preset: 'caller' });
      const mine = await given.template('wecom-app');
      const other = await given.template('wecom-app');
      const webhook = await hook({
        callers: [caller],
        templates: [mine.code],
        events: ['message.sent', 'recipient.invalid'],
      });
      expect(webhook).toMatchObject({ callers: [caller], templates: [mine.code] });
      await api.sendAndSettle(mine.message(given.text('of another caller'), { recipients: ['zhangsan'] }));
      const erp = api.as(key);
      await erp.sendAndSettle(other.message(given.text('of another template'), { recipients: ['zhangsan'] }));
      await sandbox.clearFaults();
      const { id } = await erp.sendAndSettle(mine.message(given.text('mine'), { recipients: ['zhangsan'] }));
      await api.do(`/v1/accounts/${mine.account}/pause`, { reason: 'x' });
      const [event] = await receiver.received('message.sent');
      expect(event?.body.data).toMatchObject({ id, caller });
      expect(receiver.events).toHaveLength(1);
      expect((await erp.get('/v1/webhooks')).body.code).toBe('missing_scope');
    });

    it('is told of people who cannot be reached, by name, and of accounts', async () => {
      const { api, given } = system();
      await hook({ events: ['recipient.invalid', 'account.paused', 'account.resumed'] });
      const template = await given.template('wecom-app');
      const { id } = await api.sendAndSettle(
        template.message(given.text('to nobody'), { recipients: ['zhangsan', 'nobody-by-this-name'] }),
      );
      const [invalid] = await receiver.received('recipient.invalid');
      expect(invalid?.body.data).toMatchObject({
        messageId: id,
        recipient: expect.stringContaining('nobody-by-this-name'),
      });
      await api.do(`/v1/accounts/${template.account}/pause`, { reason: 'maintenance' });
      await api.do(`/v1/accounts/${template.account}/resume`);
      const [paused] = await receiver.received('account.paused');
      const [resumed] = await receiver.received('account.resumed');
      expect(paused?.body.data).toMatchObject({ account: template.account, by: 'operator' });
      expect(resumed?.body.data).toMatchObject({ account: template.account });
    });

    it('holds up neither sends nor other webhooks when its receiver never answers', async () => {
      await hook();
      receiver.answerWith(() => undefined);
      const other = await WebhookReceiver.start();
      try {
        await hook({ url: other.url });
        const sent = await Promise.all(Array.from({ length: 12 }, () => sendOne(system())));
        expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 'sent'));
        await other.received('message.sent', 12);
        expect(receiver.events.length).toBeLessThanOrEqual(8);
      } finally {
        await other.close();
      }
    });

    it('follows no redirect', async () => {
      const webhook = await hook();
      receiver.answerWith((response) => void response.writeHead(302, { location: receiver.url }).end());
      const { eventId } = await system().api.do(`/v1/webhooks/${webhook.id}/test`);
      const delivery = await reached(webhook, eventId, ({ status }) => status === 'failed');
      expect([delivery.code, receiver.events.length]).toEqual([302, 1]);
    });

    it('keeps no more of an answer than its beginning', async () => {
      const webhook = await hook();
      receiver.answerWith((response) => void response.writeHead(200).end('x'.repeat(100_000)));
      const { eventId } = await system().api.do(`/v1/webhooks/${webhook.id}/test`);
      const delivery = await reached(webhook, eventId, ({ status }) => status === 'delivered');
      expect(delivery.answer).toHaveLength(8_192);
    });

    it('is refused where it leads into a private network, at once and at every attempt', async () => {
      const { api, database } = system();
      const refused = await api.post('/v1/webhooks', { name: 'ERP', url: 'http://169.254.169.254/latest' });
      expect([refused.status, refused.body.code]).toEqual([422, 'host_not_allowed']);
      const webhook = await hook();
      await database.query(`UPDATE webhook_endpoint SET url = 'http://169.254.169.254/latest' WHERE id = $1`, [
        webhook.id,
      ]);
      const { eventId } = await api.do(`/v1/webhooks/${webhook.id}/test`);
      const delivery = await reached(webhook, eventId, ({ status }) => status === 'failed');
      expect(delivery.error).toBe('address_not_allowed');
    });

    it('names only callers and templates that there are', async () => {
      const { api } = system();
      const body = { name: 'ERP', url: receiver.url, callers: ['no-such'], templates: ['no-such'] };
      const { body: problem } = await api.post('/v1/webhooks', body);
      expect(problem.errors.map(({ code, pointer }: AnswerBody) => [pointer, code])).toEqual([
        ['/callers/0', 'unknown_caller'],
        ['/templates/0', 'unknown_template'],
      ]);
    });
  },
  { config: LOCAL },
);
