import { expect, it } from '@jest/globals';
import type { Answer, AnswerBody } from './api-client.js';
import { BAD_BODIES, days, type Context } from './bad-bodies.js';
import { onEachBackend, type System } from './system.js';

const faultsOf = ({ body }: Answer): string[] =>
  (body.errors ?? []).map(({ code, pointer }: AnswerBody) => `${code} at ${pointer}`);

async function prepare({ api, given }: System): Promise<Context> {
  const app = await given.template('wecom-app');
  const robot = await given.template('wecom-robot', { content: { kind: 'markdown', content: '{{text}}' } });
  const disabled = (await given.template('wecom-app')).code;
  await api.do(`/v1/templates/${disabled}/disable`);
  const draft = given.code('draft');
  const routes = [{ channel: 'wecom-app', account: app.account, content: { kind: 'text', content: 'x' } }];
  await api.do('/v1/templates', { code: draft, name: draft, routes });
  return { app, robot, disabled, draft };
}

/** Whatever `work` does, it stores no message and calls no vendor. */
async function leavesNoTrace(system: System, work: () => Promise<void>): Promise<void> {
  const trace = async (): Promise<number[]> => [
    await system.rows('message'),
    await system.rows('delivery'),
    await system.rows('idempotency_key'),
    await system.rows('business_key'),
    await system.sandbox.total(),
  ];
  const before = await trace();
  await work();
  expect(await trace()).toEqual(before);
}

onEachBackend('a send is refused', (system) => {
  let context: Promise<Context> | undefined;

  it.each(BAD_BODIES)('for $what: $status $code', async ({ body, headers = {}, status, code, faults = [] }) => {
    context ??= prepare(system());
    const sent = body(await context);
    await leavesNoTrace(system(), async () => {
      const answer = await system().api.post('/v1/messages', sent, { 'idempotency-key': 'refused', ...headers });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.body).toMatchObject({ status, code, requestId: expect.any(String), retryable: false });
      expect(answer.status).toBe(status);
      expect(faultsOf(answer).sort()).toEqual([...faults].sort());
      expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|SELECT|\.ts:/);
    });
  });

  it('for content that is too long, with the limit, the size and the unit', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app', { content: { kind: 'text', content: '你好{{text}}' } });
    await leavesNoTrace(system(), async () => {
      const answer = await api.post('/v1/messages', template.message('好'.repeat(700), { recipients: ['zhangsan'] }));
      expect(answer).toMatchObject({ status: 422, body: { code: 'content_too_long' } });
      expect(answer.body.errors).toMatchObject([
        { code: 'content_too_long', limit: 2048, actual: 2106, unit: 'bytes' },
      ]);
      expect(answer.body.errors[0].pointer).toMatch(/^\//);
    });
  });

  it('for everything that is wrong at once', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const answer = await api.post('/v1/messages', {
      template: template.code,
      recipients: ['a|b', 7],
      params: { 'x-y': 1 },
      sendAt: days(91),
      priority: 'now',
      colour: 'red',
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(faultsOf(answer).sort()).toEqual([
      'invalid_parameter_name at /params/x-y',
      'invalid_recipient_id at /recipients/0',
      'invalid_value at /priority',
      'too_far_ahead at /sendAt',
      'unknown_field at /colour',
      'wrong_type at /recipients/1',
    ]);
  });

  it('for one item of a batch as it would be alone', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    await leavesNoTrace(system(), async () => {
      const bad = template.message('x', { recipients: [], colour: 'red' });
      const { status, body } = await api.post('/v1/messages/batch', { messages: [bad] });
      expect({ status, item: body.results[0].status }).toEqual({ status: 200, item: 422 });
      expect(body.results[0].problem.errors).toMatchObject([{ pointer: '/colour' }, { pointer: '/recipients' }]);
      const tooMany = await api.post('/v1/messages/batch', { messages: Array.from({ length: 1001 }, () => bad) });
      expect(tooMany).toMatchObject({ status: 422, body: { errors: [{ pointer: '/messages', limit: 1000 }] } });
    });
  });
});
