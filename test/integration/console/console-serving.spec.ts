import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { gunzipSync } from 'node:zlib';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { startTestDatabase, testConfig, TEST_ADMIN_KEY, type TestDatabase } from '#libs/testing';
import { ConsoleFiles } from '../../../apps/api/src/console/console-files.js';
import { buildApi } from '../../../apps/api/src/create-api.js';
import { createSandbox, type Sandbox } from '../../../apps/sandbox/src/create-sandbox.js';

const START_MS = 90_000;
const ADMIN = `Bearer ${TEST_ADMIN_KEY}`;

describe('files of the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hongyan-console-'));
  const files = new ConsoleFiles(folder);
  beforeAll(() => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'assets', 'index-1.js'), 'plain');
    writeFileSync(join(folder, 'assets', 'index-1.js.gz'), gzipSync('plain'));
    writeFileSync(join(folder, 'assets', 'notes.txt'), 'no file for browsers');
    writeFileSync(join(folder, 'secret.js'), 'outside the assets');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('come compressed to whoever takes that', async () => {
    const { content, encoding } = await files.asset('index-1.js', 'br, gzip');
    expect([encoding, gunzipSync(content).toString()]).toEqual(['gzip', 'plain']);
  });

  it.each(['', 'gzip;q=0', 'gzip; q=0.0'])('come plain when %p is accepted', async (accepted) => {
    const { content, encoding } = await files.asset('index-1.js', accepted);
    expect([encoding, content.toString()]).toEqual([undefined, 'plain']);
  });

  it.each(['../secret.js', '..%2fsecret.js', 'notes.txt', 'index-1.js.gz', 'missing.js', ''])(
    'never include %p',
    async (name) => {
      await expect(files.asset(name, '')).rejects.toMatchObject({ code: 'not_found' });
    },
  );

  it('are looked for again while the console is not built', async () => {
    const later = join(folder, 'later');
    const unbuilt = new ConsoleFiles(later);
    await expect(unbuilt.page()).rejects.toMatchObject({ code: 'not_found' });
    mkdirSync(later);
    writeFileSync(join(later, 'index.html'), 'built');
    await expect(unbuilt.page()).resolves.toBe('built');
  });
});

describe('the sandbox through the API', () => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let app: NestFastifyApplication;
  const ask = (): ReturnType<typeof supertest> => supertest(app.getHttpServer());
  beforeAll(async () => {
    database = await startTestDatabase();
    sandbox = await createSandbox({ port: 0, host: '127.0.0.1' });
    app = await buildApi(testConfig({ databaseUrl: database.url, sandboxUrl: sandbox.url }));
  }, START_MS);
  afterAll(async () => {
    await app.close();
    await sandbox.close();
    await database.stop();
  });

  it('shows the inbox and switches faults', async () => {
    await ask().get('/v1/sandbox/inbox').set('authorization', ADMIN).expect(200, []);
    const fault = { action: { type: 'http', status: 503 }, times: 2 };
    const { body } = await ask().post('/v1/sandbox/faults').set('authorization', ADMIN).send(fault).expect(201);
    expect(body).toMatchObject({ action: { type: 'http', status: 503 }, remaining: 2, hits: 0 });
    await ask().delete('/v1/sandbox/faults').set('authorization', ADMIN).expect(204);
    await ask().get('/v1/sandbox/faults').set('authorization', ADMIN).expect(200, []);
  });

  it('says what the sandbox does not know', async () => {
    const answer = await ask().post('/v1/sandbox/inbox/nothing/read').set('authorization', ADMIN).expect(404);
    expect(answer.body.code).toBe('not_found');
  });

  it("is nobody's without a key", async () => {
    await ask().get('/v1/sandbox/inbox').expect(401);
  });

  it('is not there where no sandbox runs', async () => {
    const bare = await buildApi(testConfig({ databaseUrl: database.url }));
    await supertest(bare.getHttpServer()).get('/v1/sandbox/inbox').set('authorization', ADMIN).expect(404);
    await bare.close();
  });
});
