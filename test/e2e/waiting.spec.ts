import { expect, it } from '@jest/globals';
import { quietNow } from './given.js';
import { onEachBackend } from './system.js';

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

onEachBackend(
  'a message',
  (system) => {
    it('to be sent later waits until then', async () => {
      const { api, given, sandbox } = system();
      const template = await given.template('wecom-robot');
      const text = given.text('later');
      const sendAt = inSeconds(1.5);
      const accepted = await api.send(template.message(text, { sendAt }));
      expect(accepted).toMatchObject({
        status: 'scheduled',
        sendAt,
        deliveries: [{ reason: 'send_at', nextAttemptAt: sendAt }],
      });
      expect(await sandbox.requests(text)).toEqual([]);
      const message = await api.settled(accepted.id);
      expect(message.status).toBe('sent');
      expect(Date.parse(message.deliveries[0].sentAt)).toBeGreaterThanOrEqual(Date.parse(sendAt));
    });

    it('with a delay waits that many seconds; the past means now', async () => {
      const { api, given } = system();
      const template = await given.template('wecom-robot');
      const delayed = await api.send(template.message(given.text('delayed'), { delaySeconds: 2 }));
      const wait = Date.parse(delayed.sendAt) - Date.parse(delayed.createdAt);
      expect(wait).toBeGreaterThan(1_900);
      expect(wait).toBeLessThanOrEqual(2_000);
      const past = await api.send(template.message(given.text('past'), { sendAt: '2020-01-01T00:00:00+08:00' }));
      expect(past).toMatchObject({ status: 'accepted' });
      expect(past.sendAt).toBeUndefined();
      expect([(await api.settled(past.id)).status, (await api.settled(delayed.id)).status]).toEqual(['sent', 'sent']);
    });

    it('in quiet hours waits for their end', async () => {
      const { api, given, sandbox } = system();
      const quietHours = quietNow();
      const template = await given.template('wecom-app', { quietHours });
      const text = given.text('quiet');
      const { id } = await api.send(template.message(text, { recipients: ['zhangsan'] }));
      const { deliveries } = await api.waiting(id, 'quiet_hours');
      expect(deliveries[0]).toMatchObject({ attempts: 0 });
      expect(deliveries[0].nextAttemptAt).toContain(`T${quietHours.to}:00.`);
      expect(await sandbox.requests(text)).toEqual([]);
      expect(await api.list(`/v1/messages/${id}/attempts`)).toEqual([]);
    });

    it('in quiet hours is dropped when the template says so', async () => {
      const { api, given, sandbox } = system();
      const template = await given.template('wecom-app', { quietHours: quietNow({ action: 'drop' }) });
      const text = given.text('dropped');
      const message = await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
      expect(message).toMatchObject({ status: 'suppressed', reason: 'quiet_hours_drop', counts: { suppressed: 1 } });
      expect(await sandbox.requests(text)).toEqual([]);
    });

    it('of high priority goes through quiet hours where the template allows it', async () => {
      const { api, given } = system();
      const template = await given.template('wecom-app', { quietHours: quietNow({ highBypasses: true }) });
      const body = template.message(given.text('urgent'), { recipients: ['zhangsan'] });
      expect(await api.sendAndSettle({ ...body, priority: 'high' })).toMatchObject({
        status: 'sent',
        priority: 'high',
      });
      await api.waiting((await api.send({ ...body, params: { text: given.text('calm') } })).id, 'quiet_hours');
    });

    it('that could not be sent in time expires and is not sent late', async () => {
      const { api, given, sandbox } = system();
      const template = await given.template('wecom-robot');
      await api.do(`/v1/accounts/${template.account}/pause`);
      const text = given.text('expired');
      const { id } = await api.send(template.message(text, { expireAt: inSeconds(1) }));
      expect(await api.settled(id)).toMatchObject({ status: 'expired', reason: 'expired', counts: { expired: 1 } });
      await api.do(`/v1/accounts/${template.account}/resume`);
      const after = template.message(given.text('after'));
      await api.sendAndSettle(after);
      expect(await sandbox.requests(text)).toEqual([]);
      expect((await api.list(`/v1/messages/${id}/timeline`)).at(-1)).toMatchObject({ event: 'expired' });
    });

    it('lives as long as its template says', async () => {
      const { api, given } = system();
      const template = await given.template('wecom-robot', { ttlSeconds: 3600 });
      const { createdAt, expireAt } = await api.send(template.message(given.text('ttl')));
      expect(Date.parse(expireAt) - Date.parse(createdAt)).toBe(3_600_000);
      const later = await api.send(template.message(given.text('ttl'), { delaySeconds: 600 }));
      expect(Date.parse(later.expireAt) - Date.parse(later.sendAt)).toBe(3_600_000);
    });

    it('behind a paused account waits for it and keeps its attempts', async () => {
      const { api, given } = system();
      const template = await given.template('wecom-robot');
      await api.do(`/v1/accounts/${template.account}/pause`, { reason: 'maintenance' });
      const { id } = await api.send(template.message(given.text('paused')));
      expect((await api.waiting(id, 'account_paused')).deliveries[0].attempts).toBe(0);
      await api.do(`/v1/accounts/${template.account}/resume`);
      expect(await api.settled(id)).toMatchObject({ status: 'sent', deliveries: [{ attempts: 1 }] });
    });

    it('of high priority overtakes those that are due with it', async () => {
      const { api, given, sandbox } = system();
      const template = await given.template('wecom-robot');
      const text = given.text('queue');
      const sendAt = inSeconds(3);
      const priorities = ['low', 'low', 'low', 'low', 'low', 'low', 'normal', 'high'];
      const ids: string[] = [];
      for (const [index, priority] of priorities.entries()) {
        ids.push((await api.send(template.message(`${text} ${index} ${priority}`, { priority, sendAt }))).id);
      }
      await sandbox.fault({ type: 'delay', ms: 100 }, { endpoint: 'webhook/send' });
      await api.allSettled(ids);
      const bodies = (await sandbox.inbox(text)).map(({ request }) => request.body);
      const order: string[] = bodies.map((body) => body.text.content.split(' ').at(-1));
      // One worker, one call at a time: at most one of the low ones is already in its hands.
      expect(order.indexOf('high')).toBeLessThanOrEqual(1);
      expect(order.indexOf('normal')).toBeLessThanOrEqual(2);
    });

    it.each(['send_at', 'account_paused'])('that waits (%s) is canceled for good', async (reason) => {
      const { api, given, sandbox } = system();
      const template = await given.template('wecom-robot');
      if (reason === 'account_paused') await api.do(`/v1/accounts/${template.account}/pause`);
      const text = given.text('canceled');
      const { id } = await api.send(template.message(text, reason === 'send_at' ? { delaySeconds: 1 } : {}));
      await api.waiting(id, reason);
      const canceled = await api.do(`/v1/messages/${id}/cancel`);
      expect(canceled).toMatchObject({ status: 'canceled', counts: { canceled: 1 } });
      expect(canceled.deliveries).toMatchObject([{ status: 'canceled' }]);
      const again = await api.post(`/v1/messages/${id}/cancel`);
      expect(again).toMatchObject({ status: 409, body: { code: 'not_cancelable' } });
      await api.do(`/v1/accounts/${template.account}/resume`);
      await api.sendAndSettle(template.message(given.text('after'), { delaySeconds: 2 }));
      expect(await sandbox.requests(text)).toEqual([]);
    });

    it('that was sent cannot be canceled', async () => {
      const { api, given } = system();
      const template = await given.template('wecom-robot');
      const { id } = await api.sendAndSettle(template.message(given.text('sent')));
      expect(await api.post(`/v1/messages/${id}/cancel`)).toMatchObject({
        status: 409,
        body: { code: 'not_cancelable' },
      });
    });
  },
  { config: { workerConcurrency: 1 } },
);
