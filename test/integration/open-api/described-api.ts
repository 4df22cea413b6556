import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import type { AppConfig } from '#libs/config';
import type { JsonObject, JsonValue } from '#libs/core';
import { TEST_ADMIN_KEY, startTestDatabase, testConfig } from '#libs/testing';
import { buildApi } from '../../../apps/api/src/create-api.js';
import { createSandbox } from '../../../apps/sandbox/src/create-sandbox.js';
import { addressOf, describedBy, type ApiDescription, type Operation } from './operations.js';

export type Answer = supertest.Response;

export interface Request {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, JsonValue>>;
  /** A text travels as it is. */
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What fits every path parameter and names nothing. */
export const ABSENT = '0199aaaa-0000-7000-8000-000000000000';

/** The whole API with its description, on a database of its own and a sandbox as vendor. No worker runs. */
export class DescribedApi {
  private constructor(
    private readonly app: NestFastifyApplication,
    readonly description: ApiDescription,
    private readonly closers: readonly (() => Promise<void>)[],
  ) {}

  static async start(config: Partial<AppConfig> = {}): Promise<DescribedApi> {
    const database = await startTestDatabase();
    const sandbox = await createSandbox({ port: 0, host: '127.0.0.1' });
    const whole = { databaseUrl: database.url, sandboxUrl: sandbox.url, allowedOrigins: [sandbox.url], ...config };
    const app = await buildApi(testConfig(whole));
    const { body } = await supertest(app.getHttpServer()).get('/openapi.json').expect(200);
    return new DescribedApi(app, describedBy(body as JsonObject), [
      () => app.close(),
      () => sandbox.close(),
      () => database.stop(),
    ]);
  }

  get operations(): readonly Operation[] {
    return this.description.operations;
  }

  operation(name: string): Operation {
    const found = this.operations.find((operation) => operation.name === name);
    if (!found) throw new Error(`The description has no call ${name}`);
    return found;
  }

  async call(operation: Operation, { body, headers = {}, key, path = {}, query = {} }: Request): Promise<Answer> {
    const http = supertest(this.app.getHttpServer());
    const request = http[operation.method](addressOf(operation, path, ABSENT))
      .set('authorization', `Bearer ${key ?? TEST_ADMIN_KEY}`)
      .set(headers)
      .query(query);
    if (body === undefined) return request;
    const type = headers['content-type'] ?? 'application/json';
    return request.set('content-type', type).send(typeof body === 'string' ? body : JSON.stringify(body));
  }

  /** Something that must succeed, by its name in the description. */
  async do(name: string, request: Request): Promise<JsonObject & { readonly id: string; readonly key: string }> {
    const answer = await this.call(this.operation(name), request);
    if (!answer.ok) throw new Error(`${name} answered ${answer.status} ${answer.text}`);
    return answer.body as JsonObject & { readonly id: string; readonly key: string };
  }

  /** Sends a form with one file. */
  async send(operation: Operation, { path = {} }: Request, file: Buffer): Promise<Answer> {
    const http = supertest(this.app.getHttpServer());
    return http[operation.method](addressOf(operation, path, ABSENT))
      .set('authorization', `Bearer ${TEST_ADMIN_KEY}`)
      .attach('file', file, 'file.png');
  }

  async upload(name: string, request: Request, file: Buffer): Promise<{ readonly assetId: string }> {
    const answer = await this.send(this.operation(name), request, file);
    if (!answer.ok) throw new Error(`${name} answered ${answer.status} ${answer.text}`);
    return answer.body as { readonly assetId: string };
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close();
  }
}
