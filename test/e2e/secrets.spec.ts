import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { CHANNELS } from '#libs/channels';
import { TEST_ADMIN_KEY } from '#libs/testing';
import type { JsonObject, JsonValue } from '#libs/core';
import type { ApiClient } from './api-client.js';
import { channelNamed, peopleOf, type GivenTemplate } from './given.js';
import { onEachBackend, type System } from './system.js';

const PLANTED = {
  contactsSecret: 'planted-contacts-secret-8471',
  callbackToken: 'planted-callback-token-2290',
  callbackAesKey: 'planted-callback-aes-key-7713',
};
const WRONG_SECRET = 'planted-wrong-secret-5521';

const isSecretField = (name: string): boolean => /secret|webhook|callback/i.test(name);

/** Of an account of the sandbox with this configuration of its own. */
const secretsOf = (channel: string, config: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries({ ...channelNamed(channel).sandbox.account, ...config }).flatMap(([name, value]) =>
    isSecretField(name) && typeof value === 'string' ? [value] : [],
  );

/** Everything in the database as text: whatever is not encrypted shows. */
async function databaseText({ database }: System): Promise<string> {
  const tables = await database.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await database.query<{ text: string }>(`SELECT t::text AS text FROM "${schema}"."${name}" t`);
    texts.push(...rows.map(({ text }) => `${schema}.${name} ${text}`));
  }
  return texts.join('\n');
}

/** Every command that Redis gets from now on. */
async function watchRedis(url: string): Promise<{ readonly commands: string[]; stop(): void }> {
  const redis = new Redis(url);
  const commands: string[] = [];
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, args: string[]) => commands.push(args.join(' ')));
  return {
    commands,
    stop: () => {
      monitor.disconnect();
      redis.disconnect();
    },
  };
}

/** What a reader of everything gets to see about the messages and the set-up. */
async function answersText(reader: ApiClient, ids: readonly string[]): Promise<string> {
  const lists = ['messages', 'recalls', 'templates', 'accounts', 'api-keys', 'callers', 'channels'];
  const details = ['', '/deliveries', '/recipients', '/timeline', '/attempts', '/content'];
  const paths = [
    ...lists.map((list) => `/v1/${list}`),
    ...ids.flatMap((id) => details.map((detail) => `/v1/messages/${id}${detail}`)),
    ...['/metrics', '/v1/me', '/health/ready'],
  ];
  const texts: string[] = [];
  for (const path of paths) {
    const { status, text } = await reader.get(path);
    expect({ path, status }).toEqual({ path, status: 200 });
    texts.push(text);
  }
  return texts.join('\n');
}

const metricsText = async (system: System): Promise<string> =>
  (await Promise.all(system.workerUrls.map(async (url) => (await fetch(`${url}/metrics`)).text()))).join('\n');

/** Where a vendor, or a proxy before it, may repeat what it was called with. */
const echoes = (secrets: readonly string[]): readonly JsonObject[] => [
  { type: 'errcode', code: 40035, message: `invalid ${secrets.join(' ')}` },
  { type: 'http', status: 502, body: `<html>No route for ${secrets.join(' ')}</html>` },
];

/** Sends once without trouble and once for each way of repeating the secrets. */
async function sendThrough(
  { api, given, sandbox }: System,
  template: GivenTemplate,
  { recipients, secrets }: { readonly recipients: JsonValue[]; readonly secrets: readonly string[] },
): Promise<string[]> {
  const send = async (): Promise<string> =>
    (await api.sendAndSettle(template.message(given.text('secret'), { recipients }))).id;
  const ids = [await send()];
  for (const echo of echoes(secrets)) {
    await sandbox.fault(echo, {}, 1);
    ids.push(await send());
  }
  return ids;
}

onEachBackend('secrets', (system) => {
  it('of accounts and keys show nowhere: no log line, row, job, metric or answer', async () => {
    const { api, given, logs, redis, sandbox } = system();
    const watch = redis && (await watchRedis(redis.url));
    const { key } = await given.newKey({ caller: await given.caller(), preset: 'admin' });
    const secrets = [...Object.values(PLANTED), WRONG_SECRET, key, TEST_ADMIN_KEY];
    const jobs: JsonObject[] = [];
    const ids: string[] = [];
    for (const { name, fetchToken } of CHANNELS) {
      const config: Readonly<Record<string, string>> = name === 'wecom-app' ? PLANTED : {};
      const template = await given.template(name, { account: await given.account(name, { config }) });
      const path = `/v1/accounts/${template.account}/token`;
      const tokens: string[] = fetchToken ? [(await api.read(path)).accessToken] : [];
      const own = [...secretsOf(name, config), ...tokens];
      ids.push(...(await sendThrough(system(), template, { recipients: peopleOf(name), secrets: own })));
      jobs.push(template.message(given.text('job'), { recipients: peopleOf(name) }));
      secrets.push(...own);
    }
    expect(new Set(secrets).size).toBeGreaterThanOrEqual(13);

    const broken = await given.account('wecom-app', { config: { corpSecret: WRONG_SECRET } });
    await sandbox.fault(
      { type: 'errcode', code: 40001, message: `invalid ${WRONG_SECRET}` },
      { endpoint: 'gettoken' },
      1,
    );
    const waiting = await given.template('wecom-app', { account: broken });
    const stuck = await api.send(waiting.message(given.text('wrong'), { recipients: ['zhangsan'] }));
    await api.waiting(stuck.id, 'account_paused');
    await api.do(`/v1/accounts/${broken}/check`);

    // Nobody takes these: their jobs stay where they can be seen.
    await system().stopWorkers();
    for (const job of jobs) ids.push((await api.send(job)).id);

    const places = {
      logs: logs.join('\n'),
      database: await databaseText(system()),
      redis: watch?.commands.join('\n') ?? '',
      answers: await answersText(api, [...ids, stuck.id]),
    };
    await system().startWorker();
    await api.allSettled(ids);
    const seen = { ...places, metrics: await metricsText(system()), logsAtEnd: logs.join('\n') };
    watch?.stop();
    expect(places.database).toContain(ids[0]);
    if (redis) expect(places.redis).toContain(ids[0]);
    for (const [place, text] of Object.entries(seen)) {
      const found = secrets.filter((secret) => text.includes(secret));
      expect({ place, found }).toEqual({ place, found: [] });
    }
  });

  it('are masked when an account is read, and kept when the mask comes back', async () => {
    const { api, given } = system();
    for (const { name } of CHANNELS) {
      const template = await given.template(name);
      const path = `/v1/accounts/${template.account}`;
      const { name: title, config, baseUrl } = await api.read(path);
      const secret = channelNamed(name).sandbox.account;
      for (const [field, value] of Object.entries(secret)) {
        if (isSecretField(field)) expect(config[field]).not.toBe(value);
        else expect(config[field]).toBe(value);
      }
      expect((await api.put(path, { name: title, config, baseUrl })).status).toBe(200);
      const message = template.message(given.text('kept'), { recipients: peopleOf(name) });
      expect(await api.sendAndSettle(message)).toMatchObject({ status: 'sent' });
    }
  });
});
