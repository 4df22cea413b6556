import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { ApiClient } from '../e2e/api-client.js';
import { Deployment, START_MS, STORY_MS } from './deployment.js';

jest.setTimeout(STORY_MS);

const each = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Deliveries that a worker has ended so far, by its own count. */
async function sentBy(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => /^hongyan_delivery_outcomes_total.*status="sent"/.test(line));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

const statusOf = async (api: ApiClient): Promise<string> => (await api.read('/health/ready')).status;

describe('API, workers and sandbox as separate processes', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.start({ workers: 2 });
  }, START_MS);
  afterAll(() => deployment.close(), START_MS);
  afterEach(() => deployment.sandbox.clearFaults());

  it('share the work, each message once', async () => {
    const { api, given, sandbox } = deployment;
    const template = await given.template('wecom-robot');
    const text = given.text('shared');
    await sandbox.fault({ type: 'delay', ms: 50 }, { endpoint: 'webhook/send' });
    const ids = await Promise.all(
      each(150).map(async (index) => (await api.send(template.message(`${text} ${index}`))).id),
    );
    await api.allSettled(ids);
    const copies = await deployment.copies(text);
    expect([copies.size, Math.max(...copies.values())]).toEqual([150, 1]);
    for (const worker of deployment.workers) expect(await sentBy(worker.url)).toBeGreaterThan(10);
  });

  it('lose nothing when Redis dies while messages are accepted, and comes back empty', async () => {
    const { api, given } = deployment;
    const template = await given.template('wecom-robot');
    const text = given.text('outage');
    const sent: Promise<string>[] = [];
    const send = async (index: number): Promise<string> => (await api.send(template.message(`${text} ${index}`))).id;
    sent.push(...each(50).map(send));
    await Promise.race(sent);
    await deployment.killRedis();
    sent.push(...each(150).map((index) => send(50 + index)));
    const ids = await Promise.all(sent);
    await waitFor(async () => (await statusOf(api)) === 'degraded', { deadlineMs: 20_000, what: 'a degraded API' });
    await deployment.restartRedis();
    await api.allSettled(ids);
    const copies = await deployment.copies(text);
    expect([copies.size, Math.max(...copies.values())]).toEqual([200, 1]);
    await waitFor(async () => (await statusOf(api)) === 'ok', { deadlineMs: 30_000, what: 'a healthy API' });
  });

  it('accept messages also when they start without Redis', async () => {
    const { api, given } = deployment;
    const template = await given.template('wecom-robot');
    const text = given.text('boot');
    await deployment.killApi();
    await deployment.killRedis();
    await deployment.startApi();
    const first = await api.send(template.message(`${text} 1`));
    await deployment.restartRedis();
    const second = await api.send(template.message(`${text} 2`));
    await api.allSettled([first.id, second.id]);
    expect([...(await deployment.copies(text)).values()]).toEqual([1, 1]);
  });
});
