import { expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import type { GivenTemplate } from './given.js';
import { onEachBackend, type System } from './system.js';

/** Messages of a new template that the provider has refused for good. */
async function dead(
  { api, given, sandbox }: System,
  count: number,
): Promise<{ template: GivenTemplate; ids: string[] }> {
  const template = await given.template('wecom-app');
  await sandbox.fault({ type: 'errcode', code: 40058 }, { endpoint: 'message/send' }, count);
  const texts = Array.from({ length: count }, () => given.text('dead'));
  const ids: string[] = [];
  for (const text of texts)
    ids.push((await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }))).id);
  return { template, ids };
}

const finished = ({ api }: System, id: string): Promise<AnswerBody> =>
  waitFor(
    async () => {
      const job = await api.read(`/v1/dead-letters/replays/${id}`);
      return job.status === 'running' ? undefined : job;
    },
    { deadlineMs: 20_000, what: 'the end of the replay' },
  );

onEachBackend('failed deliveries', (system) => {
  it('are listed, latest first, page by page and by what is known of them', async () => {
    const { api } = system();
    const { ids, template } = await dead(system(), 3);
    const path = `/v1/dead-letters?template=${template.code}`;
    const letters = await api.list(path);
    expect(letters.map(({ messageId }) => messageId)).toEqual([...ids].reverse());
    expect(letters[0]).toMatchObject({
      deliveryNo: 1,
      channel: 'wecom-app',
      account: template.account,
      caller: expect.any(String),
      attempts: 1,
      recipientCount: 1,
      replayableCount: 1,
      error: { provider: { code: '40058', text: expect.any(String) } },
      text: expect.any(String),
    });
    const { reason } = letters[0];
    const first = (await api.get(`${path}&limit=2`)).body;
    const second = (await api.get(`${path}&limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.data, ...second.data].map(({ messageId }) => messageId)).toEqual([...ids].reverse());
    expect(second.nextCursor).toBeNull();
    expect(await api.list(`${path}&reason=${reason}&account=${template.account}`)).toHaveLength(3);
    expect(await api.list(`${path}&reason=no_route`)).toEqual([]);
    expect(await api.list(`${path}&channel=wecom-robot`)).toEqual([]);
    expect(await api.list(`${path}&caller=nobody`)).toEqual([]);
    expect(await api.list(`${path}&failedBefore=${letters[2].failedAt}`)).toEqual([]);
  });

  it('are replayed by filter and are none afterwards; a dry run only counts', async () => {
    const { api, sandbox } = system();
    const { ids, template } = await dead(system(), 3);
    const { ids: others } = await dead(system(), 1);
    const filter = { template: [template.code] };
    expect(await api.do('/v1/dead-letters/replay', { filter, dryRun: true })).toEqual({ deliveries: 3, recipients: 3 });
    expect(await api.list(`/v1/dead-letters?template=${template.code}`)).toHaveLength(3);

    const started = await api.post('/v1/dead-letters/replay', { filter, rate: 6_000 });
    expect(started).toMatchObject({ status: 202, body: { status: 'running', rate: 6_000, itemCount: 3 } });
    expect(started.headers['location']).toBe(`/v1/dead-letters/replays/${started.body.id}`);
    const job = await finished(system(), started.body.id);
    expect(job).toMatchObject({ status: 'finished', counts: { replayed: 3, skipped: 0, recipients: 3 } });
    for (const id of ids) expect(await api.settled(id)).toMatchObject({ status: 'sent', deliveryCount: 2 });
    expect(await api.list(`/v1/dead-letters?template=${template.code}`)).toEqual([]);
    expect(await api.message(others[0] ?? '')).toMatchObject({ status: 'failed' });
    expect(await api.list('/v1/dead-letters/replays?limit=1')).toMatchObject([{ id: started.body.id }]);
    expect(await sandbox.inbox('dead')).not.toEqual([]);
  });

  it('are replayed no faster than the rate, and no further when it is canceled', async () => {
    const { api } = system();
    const { ids, template } = await dead(system(), 3);
    const { id } = await api.do('/v1/dead-letters/replay', { filter: { template: [template.code] }, rate: 1 });
    const path = `/v1/dead-letters/replays/${id}`;
    await waitFor(async () => (await api.read(path)).counts.replayed === 1, {
      deadlineMs: 10_000,
      what: 'the first one',
    });
    expect(await api.do(`${path}/cancel`)).toMatchObject({ status: 'canceled', counts: { replayed: 1 } });
    expect(await api.settled(ids[0] ?? '')).toMatchObject({ status: 'sent' });
    expect(await api.list(`/v1/dead-letters?template=${template.code}`)).toHaveLength(2);
  });

  it('of recalled messages are skipped', async () => {
    const { api } = system();
    const { ids, template } = await dead(system(), 2);
    await system().database.query('UPDATE message SET recall_requested_at = now() WHERE id = $1', [ids[0]]);
    const { id } = await api.do('/v1/dead-letters/replay', { filter: { template: [template.code] }, rate: 6_000 });
    expect(await finished(system(), id)).toMatchObject({ counts: { replayed: 1, skipped: 1 } });
    expect(await api.message(ids[0] ?? '')).toMatchObject({ status: 'failed' });
  });

  it('are read with queues:read and replayed with queues:write, within the limits of the key', async () => {
    const { given } = system();
    const viewer = await given.key({ preset: 'viewer' });
    expect((await viewer.get('/v1/dead-letters')).status).toBe(200);
    expect(await viewer.post('/v1/dead-letters/replay', { filter: {} })).toMatchObject({
      status: 403,
      body: { code: 'missing_scope' },
    });
    const { key } = await given.newKey({ preset: 'operator', caller: await given.caller(), templates: ['own-*'] });
    const limited = system().api.as(key);
    expect((await limited.post('/v1/dead-letters/replay', { filter: {}, dryRun: true })).status).toBe(403);
    const own = { filter: { template: ['own-1'] }, dryRun: true };
    expect(await limited.post('/v1/dead-letters/replay', own)).toMatchObject({ status: 200, body: { deliveries: 0 } });
    const wrong = await system().api.post('/v1/dead-letters/replay', { filter: { colour: 'red' }, rate: 0 });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ pointer }: AnswerBody) => pointer).sort()).toEqual(['/filter/colour', '/rate']);
  });
});
