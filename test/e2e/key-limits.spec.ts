import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { waitFor } from '#libs/testing';
import { createApiApp, type RunningApi } from '../../apps/api/src/create-api.js';
import { ApiClient } from './api-client.js';
import { onEachBackend } from './system.js';

onEachBackend('limits of a key', (system) => {
  let second: RunningApi;
  beforeAll(async () => {
    second = await createApiApp(system().config);
  });
  afterAll(() => second.close());

  async function clients(
    limits: JsonObject,
  ): Promise<{ readonly id: string; readonly each: readonly [ApiClient, ApiClient] }> {
    const { given } = system();
    const { id, key } = await given.newKey({ caller: await given.caller(), preset: 'caller', limits });
    return { id, each: [new ApiClient(system().apiUrl, key), new ApiClient(second.url, key)] };
  }

  it('hold across two API processes', async () => {
    const { id, each } = await clients({ requestsPerDay: 30 });
    const calls = Array.from({ length: 50 }, (_, index) => each[index % 2 === 0 ? 0 : 1].get('/v1/me'));
    const answers = await Promise.all(calls);
    const passed = answers.filter((answer) => answer.status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(29);
    expect(passed).toBeLessThanOrEqual(30);
    const usageOf = async () => (await system().api.list(`/v1/api-keys/${id}/usage`))[0];
    await waitFor(async () => (await usageOf())?.requests === 50);
    expect(await usageOf()).toMatchObject({ refused: 50 - passed });
  });

  it('count recipients, and not those of refused or repeated requests', async () => {
    const { given } = system();
    const template = await given.template('wecom-app');
    const { each } = await clients({ recipientsPerDay: 5 });
    const [first, other] = each;
    const three = template.message(given.text('three'), { recipients: ['a', 'b', 'c'], businessKey: given.code('k') });
    await first.send(three);
    expect((await other.post('/v1/messages', three)).body).toMatchObject({ duplicate: true });
    const one = template.message(given.text('one'), { recipients: ['d'] });
    const wrong = await other.post('/v1/messages', { ...one, priority: 'never' });
    expect(wrong.status).toBe(422);
    const refused = await other.post(
      '/v1/messages',
      template.message(given.text('more'), { recipients: ['d', 'e', 'f'] }),
    );
    expect(refused).toMatchObject({ status: 429, body: { code: 'recipients_per_day_reached', limit: 5 } });
    const batch = [
      template.message(given.text('x'), { recipients: ['g'] }),
      template.message('y', { recipients: ['h'] }),
    ];
    // The process that was refused believes for a second that nothing was given back.
    await waitFor(async () => (await other.post('/v1/messages/batch', { messages: batch })).status === 200);
    expect((await first.post('/v1/messages', batch[0])).status).toBe(429);
  });

  it('that are used up refuse nobody who repeats a request, by whichever key it is known', async () => {
    const { given } = system();
    const template = await given.template('wecom-app');
    const [first, other] = (await clients({ recipientsPerDay: 1 })).each;
    const header = { 'idempotency-key': given.code('once') };
    const message = template.message(given.text('once'), { recipients: ['zhangsan'], businessKey: given.code('k') });
    const accepted = await first.post('/v1/messages', message, header);
    expect(accepted.status).toBe(202);
    const { id } = accepted.body;
    expect(await other.post('/v1/messages', message, header)).toMatchObject({ status: 202, body: { id } });
    expect(await other.post('/v1/messages', message)).toMatchObject({ status: 200, body: { id, duplicate: true } });
    const another = template.message(given.text('another'), { recipients: ['zhangsan'] });
    expect((await other.post('/v1/messages', another)).status).toBe(429);
    expect((await other.post('/v1/messages', another, header)).body).toMatchObject({ code: 'idempotency_key_reused' });
  });
});
