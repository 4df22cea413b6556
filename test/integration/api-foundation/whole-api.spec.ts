import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { startTestDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { buildApi, createApiApp } from '../../../apps/api/src/create-api.js';
import { ADMIN, START_MS } from './start-foundation.js';

type Method = 'get' | 'post' | 'put' | 'delete';

interface Operation {
  readonly method: Method;
  readonly path: string;
  readonly isPublic: boolean;
  readonly responses: Readonly<Record<string, unknown>>;
}

/** Public by design, or by configuration. */
const PUBLIC = /^\/(health|metrics|compat|v1\/callbacks|v1\/downloads\/)/;

describe('the whole API', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let operations: Operation[];

  beforeAll(async () => {
    database = await startTestDatabase();
    app = await buildApi(testConfig({ databaseUrl: database.url }));
    const { body } = await supertest(app.getHttpServer()).get('/openapi.json').expect(200);
    const paths = body.paths as Record<string, Record<string, { responses: Record<string, unknown> }>>;
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        method: method as Method,
        path,
        isPublic: PUBLIC.test(path),
        responses,
      })),
    );
  }, START_MS);
  afterAll(async () => {
    await app.close();
    await database.stop();
  });

  const addressOf = (path: string): string => path.replace(/\{\w+\}/g, '0199aaaa-0000-7000-8000-000000000000');

  it('lets nobody in without a key, before it reads the body', async () => {
    for (const { method, path } of operations.filter(({ isPublic }) => !isPublic)) {
      const request = supertest(app.getHttpServer())[method](addressOf(path)).set('content-type', 'application/json');
      const answer = await (method === 'get' ? request : request.send('{"broken":'));
      expect([method, path, [401, 429].includes(answer.status)]).toEqual([method, path, true]);
      expect(answer.type).toBe('application/problem+json');
    }
  });

  it('fails on no resource that does not exist', async () => {
    for (const { method, path } of operations.filter(({ path }) => path.includes('{'))) {
      const answer = await supertest(app.getHttpServer())[method](addressOf(path)).set('authorization', ADMIN).send();
      expect([method, path, answer.status]).toEqual([method, path, expect.any(Number)]);
      expect([method, path, answer.status < 500]).toEqual([method, path, true]);
    }
  });

  it('declares the problems of every call that needs a key', () => {
    const undeclared = operations
      .filter(({ isPublic, responses }) => !isPublic && !('401' in responses && '403' in responses))
      .map(({ method, path }) => `${method} ${path}`);
    expect(undeclared).toEqual([]);
  });

  it('starts on a free port and tells its address', async () => {
    const api = await createApiApp(testConfig({ databaseUrl: database.url }));
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    await api.close();
    await api.close();
  });
});
