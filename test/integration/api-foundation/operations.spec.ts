import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_CATALOGUE, REASONS } from '#libs/core';
import { Database } from '#libs/database';
import { startTestDatabase, waitFor } from '#libs/testing';
import { ADMIN, START_MS, startFoundation, type Foundation } from './start-foundation.js';

describe('health, metrics and reference', () => {
  let api: Foundation;
  beforeAll(async () => {
    api = await startFoundation();
  }, START_MS);
  afterAll(() => api.stop());

  const swept = (ago: string) =>
    api.app.get(Database, { strict: false }).query('UPDATE sweep_pass SET passed_at = now() - $1::interval', [ago]);

  it('says that it lives and is ready, bare to strangers', async () => {
    expect((await api.http.get('/health/live').expect(200)).body).toEqual({ status: 'ok' });
    const ready = await api.http.get('/health/ready').expect(200);
    expect(Object.keys(ready.body as object)).toEqual(['status']);
  });

  it('shows each check to a key, and stays ready while only the queue has trouble', async () => {
    await swept('1 second');
    const ready = await api.http.get('/health/ready').set('authorization', ADMIN).expect(200);
    expect(ready.body.checks).toMatchObject({
      database: { status: 'ok' },
      schema: { status: 'ok' },
      clock: { status: 'ok' },
      sweep: { status: 'ok' },
      queue: { status: expect.stringMatching(/ok|degraded/) },
    });
    expect(ready.body.status).toBe(ready.body.checks.queue.status);
  });

  it('is degraded while no worker sweeps', async () => {
    await swept('1 minute');
    const ready = await api.http.get('/health/ready').set('authorization', ADMIN).expect(200);
    expect(ready.body).toMatchObject({
      status: 'degraded',
      checks: { sweep: { status: 'degraded', reason: 'No worker has looked for what is due for 60 s' } },
    });
  });

  it('is not ready while a migration is missing', async () => {
    const database = api.app.get(Database, { strict: false });
    const [gone] = await database.query<{ id: number; timestamp: string; name: string }>(
      'DELETE FROM schema_migration WHERE id = (SELECT max(id) FROM schema_migration) RETURNING *',
    );
    const ready = await api.http.get('/health/ready').set('authorization', ADMIN);
    expect(ready.status).toBe(503);
    expect(ready.body.checks.schema).toEqual({ status: 'down', reason: '1 migrations have not run' });
    await database.query('INSERT INTO schema_migration VALUES ($1, $2, $3)', [gone?.id, gone?.timestamp, gone?.name]);
  });

  it('keeps metrics from strangers and labels routes by their pattern', async () => {
    await api.http.get('/metrics').expect(401);
    await api.http.get('/v1/probe/things/some-id').expect(200);
    const metrics = await api.http.get('/metrics').set('authorization', ADMIN).expect(200);
    expect(metrics.text).toContain('route="/v1/probe/things/:id",status="200"');
    expect(metrics.text).not.toContain('some-id');
  });

  it('lists both catalogues and does not send them twice', async () => {
    const errors = await api.http.get('/v1/errors').set('authorization', ADMIN).expect(200);
    expect(errors.body.data).toHaveLength(Object.keys(ERROR_CATALOGUE).length);
    const reasons = await api.http.get('/v1/reasons').set('authorization', ADMIN).expect(200);
    expect(reasons.body.data).toHaveLength(REASONS.length);
    const again = api.http.get('/v1/reasons').set('authorization', ADMIN);
    await again.set('if-none-match', String(reasons.headers['etag'])).expect(304);
  });

  it('describes every route it has', async () => {
    const { body } = await api.http.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths as object)).toEqual(
      expect.arrayContaining(['/v1/me', '/v1/callers/{code}', '/v1/api-keys/{id}/rotate', '/health/ready', '/metrics']),
    );
    expect(body.paths['/v1/callers'].post.responses['422'].content).toHaveProperty(['application/problem+json']);
    const text = JSON.stringify(body);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      expect(body.components.schemas).toHaveProperty(name ?? '');
    }
  });

  it('serves a page to read the description, without inline scripts', async () => {
    const page = await api.http.get('/docs').expect(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script>/);
    for (const [, file] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) await api.http.get(file ?? '').expect(200);
    await api.http.get('/docs/package.json').expect(404);
  });

  it('cuts a client that sends its headers byte by byte', async () => {
    const server = api.app.getHttpServer();
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBeLessThanOrEqual(60_000);
  });
});

describe('metrics that are public', () => {
  it(
    'are shown to everybody',
    async () => {
      const api = await startFoundation({ metricsPublic: true });
      await api.http.get('/metrics').expect(200);
      await api.stop();
    },
    START_MS,
  );
});

describe('without PostgreSQL', () => {
  it(
    'answers 503 with Retry-After, stays alive, says that it is not ready, and heals',
    async () => {
      const gate = await startDatabaseGate();
      const api = await startFoundation({ databaseUrl: gate.url });
      await api.http.get('/v1/callers').set('authorization', ADMIN).expect(200);
      gate.shut();
      for (const path of ['/v1/callers', '/v1/api-keys/0199aaaa-0000-7000-8000-000000000000']) {
        const failing = await api.http.get(path).set('authorization', ADMIN);
        expect(failing.body).toMatchObject({ status: 503, code: 'unavailable', retryable: true });
        expect(failing.headers['retry-after']).toBe('1');
      }
      expect((await api.http.get('/health/ready')).body).toEqual({ status: 'down' });
      await api.http.get('/health/live').expect(200);
      await gate.open();
      await waitFor(async () => (await api.http.get('/health/ready')).status === 200);
      await api.stop();
      await gate.stop();
    },
    START_MS,
  );
});

describe('shutting down', () => {
  it(
    'answers the request in flight and takes no new connection',
    async () => {
      const api = await startFoundation();
      await api.app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = api.app.getHttpServer().address() as { port: number };
      const inFlight = fetch(`http://127.0.0.1:${port}/health/ready`);
      await new Promise((resolve) => api.app.getHttpServer().once('request', resolve));
      await Promise.all([api.stop(), inFlight.then((answer) => expect([200, 503]).toContain(answer.status))]);
      await expect(reach(port)).rejects.toThrow('ECONNREFUSED');
    },
    START_MS,
  );
});

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve());
    socket.on('error', reject);
  });
}

interface DatabaseGate {
  readonly url: string;
  open(): Promise<void>;
  shut(): void;
  stop(): Promise<void>;
}

/** A database behind a port that can be closed, as when the server is gone. */
async function startDatabaseGate(): Promise<DatabaseGate> {
  const database = await startTestDatabase();
  const target = new URL(database.url);
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    incoming.pipe(outgoing).pipe(incoming);
  });
  const listen = (port: number): Promise<void> => new Promise((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const shut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: Object.assign(new URL(database.url), { host: `127.0.0.1:${port}` }).href,
    open: () => listen(port),
    shut,
    stop: async () => {
      shut();
      await database.stop();
    },
  };
}
