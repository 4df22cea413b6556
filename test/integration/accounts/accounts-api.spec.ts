import { ConsoleLogger, Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { MASK } from '#libs/accounts';
import { CHANNELS, fieldsOf, type ChannelDefinition } from '#libs/channels';
import { AppConfigModule, type AppConfig } from '#libs/config';
import { Database } from '#libs/database';
import { TEST_ADMIN_KEY, startTestDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { AccountsApiModule } from '../../../apps/api/src/accounts/accounts-api.module.js';
import { ApiKeysApiModule } from '../../../apps/api/src/api-keys/api-keys-api.module.js';
import { buildApp } from '../../../apps/api/src/build-app.js';
import { CallersApiModule } from '../../../apps/api/src/callers/callers-api.module.js';
import { ChannelsApiModule } from '../../../apps/api/src/channels/channels-api.module.js';
import { HttpModule } from '../../../apps/api/src/http/index.js';
import { MetricsApiModule } from '../../../apps/api/src/metrics/metrics-api.module.js';
import { OpenApiModule } from '../../../apps/api/src/openapi/openapi.module.js';
import { createSandbox, type Sandbox } from '../../../apps/sandbox/src/create-sandbox.js';

@Module({})
class TestedModule {
  static forRoot(config: AppConfig): DynamicModule {
    const foundation = [HttpModule, OpenApiModule, MetricsApiModule, CallersApiModule, ApiKeysApiModule];
    return {
      module: TestedModule,
      imports: [AppConfigModule.forRoot(config), ...foundation, AccountsApiModule, ChannelsApiModule],
    };
  }
}

const ADMIN = `Bearer ${TEST_ADMIN_KEY}`;

interface AccountAnswer {
  readonly config: Readonly<Record<string, string>>;
  readonly accessToken: string;
  readonly errors: readonly { readonly pointer: string }[];
}

interface PageAnswer {
  readonly data: readonly { readonly code: string; readonly name: string }[];
  readonly nextCursor: string | null;
}

describe('the accounts API', () => {
  let server: TestDatabase;
  let sandbox: Sandbox;
  let app: NestFastifyApplication;
  let http: ReturnType<typeof supertest>;

  beforeAll(async () => {
    [server, sandbox] = await Promise.all([startTestDatabase(), createSandbox({ port: 0, host: '127.0.0.1' })]);
    const config = testConfig({ databaseUrl: server.url, sandboxUrl: sandbox.url });
    const open = { ...config, allowedOrigins: [...config.allowedOrigins, new URL(sandbox.url).origin] };
    app = await buildApp(TestedModule.forRoot(open), new ConsoleLogger({ logLevels: ['error'] }));
    http = supertest(app.getHttpServer());
  });

  afterAll(async () => {
    await app.close();
    await Promise.all([sandbox.close(), server.stop()]);
  });

  const bodyFor = (channel: ChannelDefinition): object => ({
    code: `try-${channel.name}`,
    name: channel.label.zh,
    channel: channel.name,
    config: channel.sandbox.account,
    baseUrl: 'sandbox',
  });

  const secretNames = (channel: ChannelDefinition): string[] =>
    fieldsOf(channel.account).flatMap((field) =>
      field.secret && field.name in channel.sandbox.account ? [field.name] : [],
    );

  const create = (body: object): supertest.Test => http.post('/v1/accounts').set('authorization', ADMIN).send(body);
  const get = (path: string, key = ADMIN): supertest.Test => http.get(path).set('authorization', key);

  const bodyOf = (answer: supertest.Response): AccountAnswer => answer.body as AccountAnswer;
  const pageOf = (answer: supertest.Response): PageAnswer => answer.body as PageAnswer;

  const keyWith = async (preset: string): Promise<string> => {
    const caller = `caller-${preset}`;
    await http.post('/v1/callers').set('authorization', ADMIN).send({ code: caller, name: caller });
    const { body } = await http.post('/v1/api-keys').set('authorization', ADMIN).send({ caller, name: preset, preset });
    return `Bearer ${(body as { key: string }).key}`;
  };

  const withToken = CHANNELS.filter((channel) => channel.fetchToken);
  const [first, second] = withToken;

  it.each(CHANNELS.map((channel) => [channel.name, channel] as const))(
    'adds an account of %s and masks its secrets',
    async (_, channel) => {
      const answer = await create(bodyFor(channel));
      expect(answer.status).toBe(201);
      expect(answer.headers).toMatchObject({ location: `/v1/accounts/try-${channel.name}`, etag: '"1"' });
      for (const name of secretNames(channel)) {
        expect(bodyOf(answer).config[name]).toBe(MASK);
        expect(answer.text).not.toContain(channel.sandbox.account[name]);
      }
      const again = await get(`/v1/accounts/try-${channel.name}`);
      expect(again.body).toMatchObject({
        code: `try-${channel.name}`,
        channel: channel.name,
        status: 'active',
        baseUrl: 'sandbox',
      });
    },
  );

  it.each(withToken.map((channel) => [channel.name] as const))(
    'finds the account of %s in order and shares its token',
    async (name) => {
      const check = await http.post(`/v1/accounts/try-${name}/check`).set('authorization', ADMIN);
      expect(check.status).toBe(200);
      expect(check.body).toMatchObject({
        ok: true,
        findings: expect.arrayContaining([expect.objectContaining({ check: 'token', ok: true })]),
      });
      const token = await get(`/v1/accounts/try-${name}/token`);
      expect(token.status).toBe(200);
      expect(token.body).toEqual({
        account: `try-${name}`,
        accessToken: expect.stringMatching(/./),
        expiresAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      });
      expect((await get(`/v1/accounts/try-${name}`)).text).not.toContain(bodyOf(token).accessToken);
    },
  );

  it('tells what the vendor says of a wrong secret, in the language asked for, and pauses the account', async () => {
    const [name = ''] = first ? secretNames(first) : [];
    const body = {
      ...(first && bodyFor(first)),
      code: 'wrong',
      config: { ...first?.sandbox.account, [name]: 'wrong-secret' },
    };
    expect((await create(body)).status).toBe(201);
    const check = await http.post('/v1/accounts/wrong/check').set('authorization', ADMIN).set('accept-language', 'zh');
    expect(check.body).toMatchObject({ ok: false });
    expect(JSON.stringify(check.body)).toContain('密钥错误');
    expect((await get('/v1/accounts/wrong')).body).toMatchObject({
      status: 'paused',
      pausedBy: 'credentials',
      pausedReason: 'secret_wrong',
      health: { state: 'paused', reason: 'secret_wrong' },
    });
    const refused = await get('/v1/accounts/wrong/token');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'provider_refused', reason: 'secret_wrong' });
  });

  it('lists newest first with a cursor, and filters', async () => {
    const page = await get('/v1/accounts?limit=2');
    expect(pageOf(page).data).toHaveLength(2);
    expect(pageOf(page).data[0]?.code).toBe('wrong');
    const rest = await get(`/v1/accounts?limit=200&cursor=${String(pageOf(page).nextCursor)}`);
    expect(pageOf(rest).data).toHaveLength(CHANNELS.length - 1);
    expect(pageOf(rest).nextCursor).toBeNull();
    expect(pageOf(await get('/v1/accounts?status=paused')).data).toHaveLength(1);
    expect((await get(`/v1/accounts?cursor=x${String(pageOf(page).nextCursor)}`)).status).toBe(400);
    expect((await get('/v1/accounts?colour=red')).body).toMatchObject({ code: 'unknown_parameter' });
  });

  it('guards changes by ETag', async () => {
    const path = `/v1/accounts/try-${first?.name}`;
    const put = (name: string, tag: string): supertest.Test =>
      http
        .put(path)
        .set('authorization', ADMIN)
        .set('if-match', tag)
        .send({ name, config: { ...first?.sandbox.account }, baseUrl: 'sandbox' });
    const { etag } = (await get(path)).headers;
    const changed = await put('Renamed', String(etag));
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).not.toBe(etag);
    const late = await put('Too late', String(etag));
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ code: 'precondition_failed' });
    expect((await put('Whatever', '*')).status).toBe(200);
  });

  it('answers the faults of a body with pointers', async () => {
    const refused = await create({
      ...(first && bodyFor(first)),
      code: 'x',
      config: { nonsense: 1 },
      baseUrl: 'https://evil.example',
      version: 7,
    });
    expect(refused.status).toBe(422);
    const pointers = bodyOf(refused).errors.map((fault) => fault.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/version', '/config/nonsense', '/baseUrl']));
    expect((await create({ ...(first && bodyFor(first)) })).body).toMatchObject({
      status: 409,
      code: 'already_exists',
    });
  });

  it('answers 404 for accounts that do not exist', async () => {
    for (const path of ['/v1/accounts/nobody', '/v1/accounts/nobody/token']) {
      expect((await get(path)).body).toMatchObject({ status: 404, code: 'not_found' });
    }
    for (const action of ['pause', 'resume', 'check']) {
      const answer = await http.post(`/v1/accounts/nobody/${action}`).set('authorization', ADMIN).send({});
      expect(answer.status).toBe(404);
    }
  });

  it('lets operators pause, resume, check and replace a secret, and nothing more', async () => {
    const operator = await keyWith('operator');
    const path = `/v1/accounts/try-${second?.name}`;
    const [secret = ''] = second ? secretNames(second) : [];
    const as = (method: 'post' | 'put' | 'delete', to: string, body: object = {}): supertest.Test =>
      http[method](to).set('authorization', operator).send(body);
    expect((await as('post', `${path}/pause`, { reason: '更换密钥' })).body).toMatchObject({
      status: 'paused',
      pausedReason: '更换密钥',
    });
    expect((await as('post', `${path}/resume`)).body).toMatchObject({ status: 'active' });
    expect((await as('post', `${path}/check`)).status).toBe(200);
    const body = {
      name: second?.label.zh,
      config: { ...second?.sandbox.account, [secret]: 'replaced' },
      baseUrl: 'sandbox',
    };
    expect((await as('put', path, body)).status).toBe(200);
    for (const refused of [
      await as('put', path, { ...body, name: 'Mine' }),
      await as('post', '/v1/accounts', second && bodyFor(second)),
      await as('delete', path),
      await get(`${path}/token`, operator),
    ]) {
      expect(refused.body).toMatchObject({ status: 403, code: 'missing_scope' });
    }
  });

  it('keeps viewers and callers out of what is not theirs', async () => {
    const viewer = await keyWith('viewer');
    const caller = await keyWith('caller');
    expect((await get('/v1/accounts', viewer)).status).toBe(200);
    expect((await http.post('/v1/accounts/wrong/resume').set('authorization', viewer)).status).toBe(403);
    expect((await get('/v1/accounts', caller)).status).toBe(403);
    expect((await get('/v1/channels', caller)).status).toBe(200);
    expect((await http.get('/v1/accounts')).status).toBe(401);
  });

  it('writes every change and every look at a token into the audit log, without secrets', async () => {
    await http.delete('/v1/accounts/wrong').set('authorization', ADMIN);
    const rows = await app
      .get(Database, { strict: false })
      .query<{ action: string }>(`SELECT * FROM audit_log WHERE object LIKE 'account:%' ORDER BY id`);
    expect(new Set(rows.map((row) => row.action))).toEqual(
      new Set(
        ['create', 'update', 'delete', 'pause', 'resume', 'check', 'read_token'].map((verb) => `account.${verb}`),
      ),
    );
    for (const channel of CHANNELS) {
      for (const name of secretNames(channel))
        expect(JSON.stringify(rows)).not.toContain(channel.sandbox.account[name]);
    }
  });

  it('describes every channel', async () => {
    const page = pageOf(await get('/v1/channels'));
    expect(page.nextCursor).toBeNull();
    expect(page.data.map((channel) => channel.name)).toEqual(CHANNELS.map((channel) => channel.name));
    expect(page.data[0]).toMatchObject({
      label: { zh: expect.any(String), en: expect.any(String) },
      accountFields: expect.arrayContaining([expect.objectContaining({ secret: true })]),
      contentKinds: expect.arrayContaining([expect.objectContaining({ kind: 'text' })]),
    });
  });
});
