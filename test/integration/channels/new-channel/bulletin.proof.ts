import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testConfig, TEST_ADMIN_KEY, waitFor } from '#libs/testing';
import { createApiApp, type RunningApi } from '../../../../apps/api/src/create-api.js';
import { createWorkerApp, type RunningWorker } from '../../../../apps/worker/src/create-worker.js';

// Runs inside a copy of the project to which the documented channel has been added, never in the project itself.

interface Posted {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const posted: Posted[] = [];

const vendor: Server = createServer((incoming, reply) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Posted['body'];
    posted.push({ path: (incoming.url ?? '').split('?')[0] ?? '', body });
    reply.setHeader('content-type', 'application/json');
    reply.end('{"errcode":0,"errmsg":"ok","notice_id":"n-1"}');
  });
});

let api: RunningApi;
let worker: RunningWorker;

const call = (method: 'get' | 'post', path: string, body?: object): request.Test =>
  request(api.url)[method](path).set('authorization', `Bearer ${TEST_ADMIN_KEY}`).send(body);

beforeAll(async () => {
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  const config = testConfig({ databaseUrl: process.env['PROOF_DATABASE_URL'] ?? '', allowedOrigins: [origin] });
  api = await createApiApp(config);
  worker = await createWorkerApp(config);
  const account = { code: 'board', name: 'Board', channel: 'dingtalk-bulletin', config: { boardKey: 'board-key-1' } };
  await call('post', '/v1/accounts', { ...account, baseUrl: origin }).expect(201);
  const content = { kind: 'notice', title: 'Power cut', text: 'Floor {{floor}}' };
  const route = { channel: 'dingtalk-bulletin', account: 'board', content };
  await call('post', '/v1/templates', { code: 'notice', name: 'Notice', routes: [route] }).expect(201);
  await call('post', '/v1/templates/notice/versions/1/publish').expect(200);
}, 60_000);

afterAll(async () => {
  await worker?.close();
  await api?.close();
  vendor.close();
});

describe('a channel added by its folder and one registry line', () => {
  it('is in the catalogue with its fields', async () => {
    const { body } = await call('get', '/v1/channels').expect(200);
    expect(JSON.stringify(body)).toContain('"dingtalk-bulletin"');
    expect(JSON.stringify(body)).toContain('"boardKey"');
  });

  it('sends and recalls through API, queue and worker', async () => {
    const sent = await call('post', '/v1/messages', { template: 'notice', params: { floor: 3 } }).expect(202);
    const { id } = sent.body as { id: string };
    const statusOf = async (): Promise<unknown> =>
      ((await call('get', `/v1/messages/${id}`)).body as { status: string }).status;
    await waitFor(async () => (await statusOf()) === 'sent', { deadlineMs: 15_000 });
    expect(posted[0]).toEqual({
      path: '/bulletin/post',
      body: { request_id: `${id}-1`, notice: { title: 'Power cut', text: 'Floor 3' } },
    });
    await call('post', `/v1/messages/${id}/recall`).expect(202);
    await waitFor(async () => (await statusOf()) === 'recalled', { deadlineMs: 15_000 });
    expect(posted[1]).toEqual({ path: '/bulletin/withdraw', body: { notice_id: 'n-1' } });
  }, 40_000);
});
