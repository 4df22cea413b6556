import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { peopleOf, quietNow } from './given.js';
import { onEachBackend } from './system.js';

onEachBackend('a template', (system) => {
  it.each(CHANNELS.map(({ name }) => name))(
    'for %s is tried out with the request and answer to look at',
    async (channel) => {
      const { api, given, sandbox } = system();
      const template = await given.template(channel, { quietHours: quietNow() });
      const text = given.text('trial');
      const body = { recipients: peopleOf(channel), params: { text } };
      // Neither dedupe nor quiet hours hold a trial back.
      for (let count = 1; count <= 2; count += 1) {
        const answer = await api.post(`/v1/templates/${template.code}/test`, body);
        expect(answer).toMatchObject({ status: 200, body: { message: { status: 'sent', priority: 'high' } } });
        const entries = await sandbox.inbox(text);
        expect(entries).toHaveLength(count);
        const [attempt] = answer.body.attempts;
        expect(attempt).toMatchObject({ outcome: 'sent', response: { status: 200 } });
        expect(attempt.request.body).toEqual(entries.at(-1).request.body);
      }
    },
  );

  it('is tried out before it is published, in any version', async () => {
    const { api, given, sandbox } = system();
    const code = given.code('draft');
    const route = { channel: 'wecom-app', account: await given.account('wecom-app') };
    const [first, second] = [given.text('version 1'), given.text('version 2')];
    await api.do('/v1/templates', {
      code,
      name: code,
      routes: [{ ...route, content: { kind: 'text', content: first } }],
    });
    const saved = await api.put(`/v1/templates/${code}`, {
      name: code,
      routes: [{ ...route, content: { kind: 'text', content: second } }],
    });
    expect(saved).toMatchObject({ status: 200, body: { version: 2 } });
    await api.do(`/v1/templates/${code}/test`, { recipients: ['zhangsan'] });
    await api.do(`/v1/templates/${code}/test`, { recipients: ['zhangsan'], version: 1 });
    expect([await sandbox.inbox(first), await sandbox.inbox(second)]).toEqual([
      [expect.anything()],
      [expect.anything()],
    ]);
    const refused = await api.post('/v1/messages', { template: code, recipients: ['zhangsan'] });
    expect(refused).toMatchObject({ status: 422, body: { code: 'template_not_published' } });
  });

  it('that is changed serves new messages only', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    const waiting = await api.send(template.message(given.text('old'), { delaySeconds: 1 }));
    const route = { channel: 'wecom-robot', account: template.account };
    const routes = [{ ...route, content: { kind: 'text', content: 'new: {{text}}' } }];
    await api.put(`/v1/templates/${template.code}`, { name: 'New', routes });
    await api.do(`/v1/templates/${template.code}/versions/2/publish`);
    const text = given.text('new');
    const message = await api.sendAndSettle(template.message(text));
    expect(message.templateVersion).toBe(2);
    expect((await sandbox.only(text)).request.body.text.content).toBe(`new: ${text}`);
    expect(await api.settled(waiting.id)).toMatchObject({ status: 'sent', templateVersion: 1 });
    expect((await api.read(`/v1/messages/${waiting.id}/content`)).content.content).toMatch(/^old/);
  });

  it('shows what it would say, stores nothing and sends nothing', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const [rows, calls] = [await system().rows('message'), await sandbox.total()];
    const { routes } = await api.do(`/v1/templates/${template.code}/preview`, { params: { text: '你好' } });
    expect(routes).toMatchObject([{ channel: 'wecom-app', content: { kind: 'text', content: '你好' }, faults: [] }]);
    const draft = {
      name: 'Draft',
      routes: [{ channel: 'wecom-app', account: template.account, content: { kind: 'text', content: '{{a}}' } }],
    };
    const preview = await api.do('/v1/templates/preview', { template: draft, params: { a: '好'.repeat(700) } });
    expect(preview.routes[0].faults).toMatchObject([
      { code: 'content_too_long', limit: 2048, actual: 2100, unit: 'bytes' },
    ]);
    expect([await system().rows('message'), await sandbox.total()]).toEqual([rows, calls]);
  });

  it('cuts what is too long only where its route says so, and the timeline notes it', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app', { options: { onOverlong: 'cut' } });
    const mark = given.text('cut');
    const { id } = await api.sendAndSettle(template.message(mark + '好'.repeat(700), { recipients: ['zhangsan'] }));
    const { request } = await sandbox.only(mark);
    const { content } = request.body.text;
    expect(content).toMatch(/好…$/);
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(content)).toBeGreaterThan(2040);
    expect((await api.list(`/v1/messages/${id}/timeline`)).map(({ event }) => event)).toContain('content_cut');
  });
});
