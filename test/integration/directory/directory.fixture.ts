import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { CHANNELS } from '#libs/channels';
import type { JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { DirectorySyncService } from '#libs/directory';
import { TEST_ADMIN_KEY, startTestDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { buildApi } from '../../../apps/api/src/create-api.js';
import { createSandbox, type Sandbox } from '../../../apps/sandbox/src/create-sandbox.js';

export type Body = supertest.Response['body'];

/** API and sandbox on a database of their own; syncs run when the test says so. */
export class DirectoryWorld {
  private constructor(
    private readonly server: TestDatabase,
    readonly sandbox: Sandbox,
    private readonly app: NestFastifyApplication,
  ) {}

  static async start(): Promise<DirectoryWorld> {
    const server = await startTestDatabase();
    const sandbox = await createSandbox({ port: 0, host: '127.0.0.1' });
    const config = { databaseUrl: server.url, sandboxUrl: sandbox.url, allowedOrigins: [sandbox.url] };
    return new DirectoryWorld(server, sandbox, await buildApi(testConfig(config)));
  }

  readonly query = <Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
    this.app.get(Database, { strict: false }).query<Row>(text, values);

  as(key: string = TEST_ADMIN_KEY): ReturnType<typeof supertest.agent> {
    return supertest.agent(this.app.getHttpServer()).set('authorization', `Bearer ${key}`);
  }

  async account(code: string, channel: string, config: JsonObject = {}): Promise<void> {
    const sandbox = CHANNELS.find(({ name }) => name === channel)?.sandbox.account ?? {};
    const body = { code, name: code, channel, config: { ...sandbox, ...config }, baseUrl: 'sandbox' };
    await this.as().post('/v1/accounts').send(body).expect(201);
  }

  async control(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: JsonObject): Promise<Body> {
    const init = body
      ? { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : { method };
    const answer = await fetch(`${this.sandbox.url}/_sandbox${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Asks for a sync, works it off, and answers how it ended. */
  async sync(account: string, changes: JsonObject = {}, of = 'directory'): Promise<Body> {
    const asked: Body = (
      await this.as()
        .post(`/v1/${of}/sync`)
        .send({ account, ...changes })
        .expect(202)
    ).body;
    await this.app.get(DirectorySyncService, { strict: false }).runNext(new AbortController().signal);
    const ended: Body = (await this.as().get(`/v1/directory/syncs/${asked.id}`).expect(200)).body;
    return ended;
  }

  async person(user: string): Promise<Body> {
    return (await this.as().get(`/v1/people/${user}`).expect(200)).body;
  }

  async emptyDirectory(): Promise<void> {
    await this.query('DELETE FROM directory_conflict');
    await this.query('DELETE FROM person');
    await this.control('DELETE', '/faults');
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.sandbox.close();
    await this.server.stop();
  }
}
