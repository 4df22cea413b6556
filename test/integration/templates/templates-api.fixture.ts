import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { CHANNELS, type ChannelDefinition } from '#libs/channels';
import { AppConfigModule } from '#libs/config';
import type { JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { SafeLogger } from '#libs/security';
import { startTestDatabase, testConfig, TEST_ADMIN_KEY } from '#libs/testing';
import { buildApp } from '../../../apps/api/src/build-app.js';
import { HttpModule } from '../../../apps/api/src/http/index.js';
import { MetricsApiModule } from '../../../apps/api/src/metrics/metrics-api.module.js';
import { OpenApiModule } from '../../../apps/api/src/openapi/openapi.module.js';
import { TemplatesApiModule } from '../../../apps/api/src/templates/templates-api.module.js';

class TemplatesTestModule {}

const silent: LoggerService = { log: () => undefined, warn: () => undefined, error: () => undefined };

function channelTo(addressing: 'people' | 'group'): ChannelDefinition {
  const channel = CHANNELS.find((definition) => definition.addressing.to === addressing);
  if (!channel) throw new TypeError(`no channel to ${addressing}`);
  return channel;
}

export const PEOPLE = channelTo('people');
export const GROUP = channelTo('group');

/** A template that can be saved: one route to people, through the account `sales`. */
export const templateBody = (changes: JsonObject = {}): JsonObject => ({
  code: 'order-paid',
  name: 'Order paid',
  routes: [{ channel: PEOPLE.name, account: 'sales', content: { kind: 'text', content: '订单 {{orderId}} 已付款' } }],
  ...changes,
});

/** What answers hold, as far as tests look into them; each answer has some of it. */
export interface AnswerBody {
  readonly code: string;
  readonly version: number;
  readonly enabled: boolean;
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
  readonly data: readonly { readonly code: string; readonly version: number }[];
  readonly nextCursor: string | null;
  readonly routes: readonly { readonly faults: readonly object[] }[];
}

export const answerOf = (response: supertest.Response): AnswerBody => response.body as AnswerBody;

export interface TemplatesApi {
  readonly app: NestFastifyApplication;
  readonly http: ReturnType<typeof supertest.agent>;
  readonly database: Database;
  /** Saves and publishes. */
  publish(body: JsonObject): Promise<void>;
  stop(): Promise<void>;
}

/** The templates' part of the API on a database of its own, with the accounts `sales` (people) and `ops` (group). */
export async function startTemplatesApi(): Promise<TemplatesApi> {
  const server = await startTestDatabase();
  const config = testConfig({ databaseUrl: server.url });
  const imports = [AppConfigModule.forRoot(config), HttpModule, OpenApiModule, MetricsApiModule, TemplatesApiModule];
  const app = await buildApp({ module: TemplatesTestModule, imports }, new SafeLogger(silent));
  const database = app.get(Database, { strict: false });
  await database.query(
    `INSERT INTO account (code, name, channel, config) VALUES ('sales', 'S', $1, '{}'), ('ops', 'O', $2, '{}')`,
    [PEOPLE.name, GROUP.name],
  );
  const http = supertest.agent(app.getHttpServer()).set('authorization', `Bearer ${TEST_ADMIN_KEY}`);
  return {
    app,
    http,
    database,
    publish: async (body) => {
      const saved = answerOf(await http.post('/v1/templates').send(body).expect(201));
      await http.post(`/v1/templates/${saved.code}/versions/${saved.version}/publish`).expect(200);
    },
    stop: async () => {
      await app.close();
      await server.stop();
    },
  };
}
