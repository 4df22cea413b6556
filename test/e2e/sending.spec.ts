import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { peopleOf, textKindOf } from './given.js';
import { onEachBackend } from './system.js';

/** How a vendor says yes: by a code, or by HTTP alone. */
const YES = { code: '0', body: { errcode: 0, errmsg: 'ok' } };
const YES_BY_HTTP = { code: '200', body: { processQueryKey: expect.any(String) } };
const yesOf = (channel: string): typeof YES | typeof YES_BY_HTTP =>
  channel === 'dingtalk-app-robot' ? YES_BY_HTTP : YES;

onEachBackend('a message', (system) => {
  it.each(CHANNELS.map(({ name }) => name))(
    'through %s reaches its people and leaves a full record',
    async (channel) => {
      const { api, given, sandbox } = system();
      const template = await given.template(channel);
      const text = given.text('recorded');
      const accepted = await api.send(
        template.message(text, { recipients: peopleOf(channel), metadata: { system: 'erp' } }),
      );
      expect(accepted).toMatchObject({
        template: template.code,
        templateVersion: 1,
        status: 'accepted',
        channels: [channel],
        priority: 'normal',
        deliveryCount: 1,
        deliveriesTruncated: false,
        duplicate: false,
        metadata: { system: 'erp' },
      });

      const message = await api.settled(accepted.id);
      const entry = await sandbox.only(text);
      const rows = peopleOf(channel).length || 1;
      expect(message).toMatchObject({ id: accepted.id, status: 'sent', recipientCount: rows, counts: { sent: rows } });
      expect(message.deliveries).toEqual([
        {
          no: 1,
          kind: 'first',
          routeNo: 1,
          channel,
          account: template.account,
          status: 'sent',
          attempts: 1,
          sentAt: expect.any(String),
          ...(entry.providerMsgId && { providerMsgId: entry.providerMsgId }),
        },
      ]);
      expect(await api.list(`/v1/messages/${accepted.id}/deliveries`)).toEqual(message.deliveries);
      for (const recipient of await api.list(`/v1/messages/${accepted.id}/recipients`)) {
        expect(recipient).toMatchObject({ channel, account: template.account, deliveryNo: 1, status: 'sent' });
      }
    },
  );

  it.each(CHANNELS.map(({ name }) => name))(
    'through %s shows the request as the provider got it, without secrets',
    async (channel) => {
      const { api, given, sandbox } = system();
      const template = await given.template(channel);
      const text = given.text('attempt');
      const { id } = await api.sendAndSettle(template.message(text, { recipients: peopleOf(channel) }));
      const { request } = await sandbox.only(text);
      const [attempt, ...others] = await api.list(`/v1/messages/${id}/attempts`);
      expect(others).toEqual([]);
      const { code, body } = yesOf(channel);
      expect(attempt).toMatchObject({ deliveryNo: 1, no: 1, channel, outcome: 'sent', code });
      expect(attempt.request).toMatchObject({ method: 'POST', body: request.body });
      expect(JSON.stringify(attempt.request.body)).toBe(request.rawBody);
      expect(new URL(attempt.request.url)).toMatchObject({ origin: sandbox.url, pathname: request.path });
      expect(attempt.request.url).not.toMatch(/(access_token|key|sign)=[^•&]/);
      expect(attempt.response).toMatchObject({ status: 200, body });
      expect(attempt.durationMs).toBeGreaterThanOrEqual(0);
      expect(await api.read(`/v1/messages/${id}/content`)).toEqual({
        deliveryNo: 1,
        channel,
        content: { kind: textKindOf(channel), content: text },
      });
    },
  );

  it('has a timeline in the order of things, in both languages', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const { id } = await api.sendAndSettle(template.message(given.text('timeline'), { recipients: ['zhangsan'] }));
    const path = `/v1/messages/${id}/timeline`;
    const { body: english } = await api.get(path, { 'accept-language': 'en' });
    const { body: chinese } = await api.get(path, { 'accept-language': 'zh' });
    expect(english.data.map(({ event }: { event: string }) => event)).toEqual([
      'accepted',
      'planned',
      'claimed',
      'attempt_started',
      'attempt_finished',
      'sent',
    ]);
    expect(english.data[4]).toMatchObject({ outcome: 'sent', deliveryNo: 1, attempt: 1, provider: { code: '0' } });
    expect(english.data[0].text).toBe('Accepted');
    expect(chinese.data[0]).toEqual({ ...english.data[0], text: '已接受' });
  });

  it('renders its parameters, those of single recipients over the shared ones', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app', { content: { kind: 'text', content: '{{text}} for {{name}}' } });
    const text = given.text('personal');
    const recipients = [
      'zhangsan',
      { user: 'lisi', params: { name: '李四' } },
      { user: 'wangwu', params: { name: '李四' } },
    ];
    const message = await api.sendAndSettle({ template: template.code, recipients, params: { text, name: '各位' } });
    expect(message).toMatchObject({ status: 'sent', deliveryCount: 2, recipientCount: 3 });
    const bodies = (await sandbox.inbox(text)).map(({ request: { body } }) => [body.touser, body.text.content]);
    expect(bodies.sort()).toEqual([
      ['lisi|wangwu', `${text} for 李四`],
      ['zhangsan', `${text} for 各位`],
    ]);
  });
});
