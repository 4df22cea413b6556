import { afterEach, expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import { CHANNELS } from '#libs/channels';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const CHANNEL = 'wecom-robot';

const queueOf = async ({ api }: System, channel = CHANNEL): Promise<AnswerBody> =>
  (await api.list('/v1/queues')).find((queue: AnswerBody) => queue.channel === channel);

onEachBackend('the queue of a channel', (system) => {
  afterEach(() => system().api.do(`/v1/queues/${CHANNEL}/resume`));

  it('is listed for every channel, also where nothing waits', async () => {
    const { api } = system();
    const queues = await api.list('/v1/queues');
    expect(queues.map(({ channel }: AnswerBody) => channel)).toEqual(CHANNELS.map(({ name }) => name));
    for (const queue of queues) expect(queue).toMatchObject({ paused: false, waiting: 0, scheduled: {}, sending: 0 });
  });

  it('that is paused sends nothing, and everything that waited as soon as it is resumed', async () => {
    const { api, given, sandbox } = system();
    const [robot, other] = [await given.template(CHANNEL), await given.template('wecom-app')];
    await api.sendAndSettle(robot.message(given.text('before')));
    const paused = await api.do(`/v1/queues/${CHANNEL}/pause`, { reason: 'maintenance' });
    expect(paused).toMatchObject({ paused: true, pausedReason: 'maintenance', pausedBy: expect.any(String) });
    // The account that sent just now is known to the worker as it was, for at most two seconds.
    const robots = await given.template(CHANNEL);
    const text = given.text('held back');
    const { id } = await api.send(robots.message(text));
    await api.waiting(id, 'queue_paused');
    await api.sendAndSettle(other.message(given.text('beside'), { recipients: ['zhangsan'] }));
    expect(await queueOf(system())).toMatchObject({ paused: true, waiting: 1, scheduled: { queue_paused: 1 } });
    expect((await queueOf(system())).oldestAgeMs).toBeGreaterThan(0);
    expect(await sandbox.requests(text)).toEqual([]);

    expect(await api.do(`/v1/queues/${CHANNEL}/resume`)).toMatchObject({ paused: false });
    expect(await api.settled(id, 10_000)).toMatchObject({ status: 'sent', deliveries: [{ attempts: 1 }] });
    expect(await sandbox.inbox(text)).toHaveLength(1);
    expect(await queueOf(system())).not.toHaveProperty('pausedAt');
  });

  it('tells how long the limits of its accounts make it last, and not what waits for its own time', async () => {
    const { api, given } = system();
    const template = await given.template(CHANNEL, { account: await given.account(CHANNEL, { limits: {} }) });
    await api.do(`/v1/accounts/${template.account}/pause`);
    const ids: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      ids.push((await api.send(template.message(`${given.text('many')} ${index}`))).id);
    }
    const later = await api.send(template.message(given.text('later'), { delaySeconds: 600 }));
    const isCounted = async (): Promise<AnswerBody> => {
      const queue = await queueOf(system());
      return queue.waiting === 41 && queue.scheduled.send_at === 1 ? queue : undefined;
    };
    const queue = await waitFor(isCounted, { deadlineMs: 10_000, what: 'the backlog' });
    // 20 a minute.
    expect(queue.etaMs).toBe(120_000);
    for (const id of [...ids, later.id]) await api.do(`/v1/messages/${id}/cancel`);
    expect(await queueOf(system())).toMatchObject({ waiting: 0 });
  });

  it('is read with queues:read, changed with queues:write, and known by the names of the channels only', async () => {
    const { api, given } = system();
    const viewer = await given.key({ preset: 'viewer' });
    expect((await viewer.get('/v1/queues')).status).toBe(200);
    expect((await viewer.post(`/v1/queues/${CHANNEL}/pause`)).status).toBe(403);
    expect((await api.post('/v1/queues/pigeon/pause')).status).toBe(404);
    expect((await api.post('/v1/queues/pigeon/resume')).status).toBe(404);
  });
});
