import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import type { JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { TEST_ADMIN_KEY, startTestDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { buildApi } from '../../../apps/api/src/create-api.js';

/** What answers hold, as far as tests look into them; each answer has some of it. */
export interface AnswerBody {
  readonly assetId: string;
  readonly code: string;
  readonly key: string;
  readonly requestId: string;
  readonly version: number;
  readonly nextCursor: string | null;
  readonly data: readonly (JsonObject & { readonly assetId: string })[];
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
  readonly routes: readonly { readonly faults: readonly { readonly pointer: string; readonly code: string }[] }[];
}

export const bodyOf = (response: supertest.Response): AnswerBody => response.body as AnswerBody;
export const faultsOf = (response: supertest.Response): string[] =>
  (bodyOf(response).errors ?? []).map(({ code, pointer }) => `${pointer} ${code}`);

type Http = ReturnType<typeof supertest.agent>;

/** The whole API on a database of its own, with an account `robot` and an account `hook`. */
export class AssetsApi {
  private constructor(
    private readonly server: TestDatabase,
    private readonly app: NestFastifyApplication,
  ) {}

  static async start(): Promise<AssetsApi> {
    const server = await startTestDatabase();
    const api = new AssetsApi(server, await buildApi(testConfig({ databaseUrl: server.url })));
    await api.query(
      `INSERT INTO account (code, name, channel, config)
       VALUES ('robot', 'R', 'wecom-robot', '{}'), ('hook', 'H', 'dingtalk-robot', '{}')`,
    );
    return api;
  }

  readonly query = <Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
    this.app.get(Database, { strict: false }).query<Row>(text, values);

  as(key: string = TEST_ADMIN_KEY): Http {
    return supertest.agent(this.app.getHttpServer()).set('authorization', `Bearer ${key}`);
  }

  /** The API as a new business system sees it. */
  async caller(code: string, changes: JsonObject = {}): Promise<Http> {
    await this.as().post('/v1/callers').send({ code, name: code }).expect(201);
    const key = { name: 'k', preset: 'caller', caller: code, ...changes };
    return this.as(bodyOf(await this.as().post('/v1/api-keys').send(key).expect(201)).key);
  }

  async publish(body: JsonObject): Promise<void> {
    const { code, version } = bodyOf(await this.as().post('/v1/templates').send(body).expect(201));
    await this.as().post(`/v1/templates/${code}/versions/${version}/publish`).expect(200);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.server.stop();
  }
}
