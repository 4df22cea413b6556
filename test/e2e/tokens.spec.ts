import { beforeEach, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { waitFor } from '#libs/testing';
import { channelNamed, type GivenTemplate } from './given.js';
import { onEachBackend, type System } from './system.js';

interface TokenChannel {
  readonly channel: string;
  readonly endpoint: string;
  /** What the sandbox calls the account. */
  readonly account: string;
  readonly wrongSecret: JsonObject;
  readonly secret: string;
}

const CHANNELS: readonly TokenChannel[] = [
  {
    channel: 'wecom-app',
    endpoint: '/cgi-bin/gettoken',
    account: 'wwsandbox00000001:1000002',
    wrongSecret: { corpSecret: 'a-wrong-secret' },
    secret: 'corpSecret',
  },
  {
    channel: 'dingtalk-work',
    endpoint: '/gettoken',
    account: 'dingsandboxkey01:1000000001',
    wrongSecret: { appSecret: 'a-wrong-secret' },
    secret: 'appSecret',
  },
];

const TOKEN_LIFETIME_MS = 7_200_000;
const SENDS = 200;
const SENDS_AROUND_REVOCATION = 60;

/** One message per person, all accepted before this resolves. */
function sendMany(system: System, template: GivenTemplate, text: string, count: number): Promise<string[]> {
  const recipient = (index: number): string => `u${String(index + 1).padStart(4, '0')}`;
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const { id } = await system.api.send(template.message(`${text} ${index}`, { recipients: [recipient(index)] }));
      return id;
    }),
  );
}

/** Waits for the end of all; each must have been sent with one attempt that counts. */
async function expectAllSent({ api, database }: System, ids: readonly string[]): Promise<void> {
  await api.allSettled(ids);
  const deliveries = await database.query<{ status: string; attempts: number; count: number }>(
    `SELECT status, attempts, count(*)::int AS count FROM delivery WHERE message_id = ANY ($1::uuid[]) GROUP BY 1, 2`,
    [ids],
  );
  expect(deliveries).toEqual([{ status: 'sent', attempts: 1, count: ids.length }]);
}

onEachBackend(
  'access tokens',
  (system) => {
    // Accounts of earlier stories share the app at the vendor; their questions about receipts would need tokens as well.
    beforeEach(async () => {
      await system().database.query('DELETE FROM receipt_poll');
    });

    it.each(CHANNELS)(
      'of $channel: 200 sends at once on none yet make one token request',
      async ({ channel, endpoint }) => {
        const { given, sandbox } = system();
        const template = await given.template(channel);
        const before = await sandbox.count(endpoint);
        const ids = await sendMany(system(), template, given.text('cold'), SENDS);
        await expectAllSent(system(), ids);
        expect((await sandbox.count(endpoint)) - before).toBe(1);
      },
    );

    it.each(CHANNELS)(
      'of $channel: 200 sends at once on an expired one make one token request and lose no attempt',
      async ({ channel, endpoint }) => {
        const { api, given, sandbox } = system();
        const template = await given.template(channel);
        await api.sendAndSettle(template.message(given.text('warm'), { recipients: ['zhangsan'] }));
        await sandbox.advanceClock(TOKEN_LIFETIME_MS + 1_000);
        const before = await sandbox.count(endpoint);
        const text = given.text('expired');
        const ids = await sendMany(system(), template, text, SENDS);
        await expectAllSent(system(), ids);
        expect((await sandbox.count(endpoint)) - before).toBe(1);
        expect(await sandbox.inbox(text)).toHaveLength(SENDS);
      },
    );

    it.each(CHANNELS)('of $channel: a revocation under load heals', async ({ channel, endpoint, account }) => {
      const { api, given, sandbox } = system();
      const template = await given.template(channel);
      await api.sendAndSettle(template.message(given.text('warm'), { recipients: ['zhangsan'] }));
      const before = await sandbox.count(endpoint);
      const text = given.text('revoked');
      const [first] = await Promise.all([
        sendMany(system(), template, `${text} a`, SENDS_AROUND_REVOCATION / 2),
        waitFor(async () => (await sandbox.inbox(text)).length > 0),
      ]);
      expect(await sandbox.revokeTokens(account)).toBe(1);
      const second = await sendMany(system(), template, `${text} b`, SENDS_AROUND_REVOCATION / 2);
      await expectAllSent(system(), [...first, ...second]);
      expect((await sandbox.count(endpoint)) - before).toBe(1);
      expect(await sandbox.inbox(text)).toHaveLength(SENDS_AROUND_REVOCATION);
    });

    it.each(CHANNELS)(
      'of $channel: a wrong secret pauses the account, and a right one lets everything go that waited',
      async ({ channel, endpoint, wrongSecret, secret }) => {
        const { api, given, sandbox } = system();
        const account = await given.account(channel, { config: wrongSecret });
        const template = await given.template(channel, { account });
        const before = await sandbox.count(endpoint);
        const ids = await sendMany(system(), template, given.text('paused'), 20);
        for (const id of ids) {
          const { deliveries } = await api.waiting(id, 'account_paused');
          expect(deliveries[0].attempts).toBe(0);
        }
        expect(await api.read(`/v1/accounts/${account}`)).toMatchObject({
          status: 'paused',
          pausedReason: 'secret_wrong',
        });
        expect((await sandbox.count(endpoint)) - before).toBeLessThanOrEqual(2);

        const known = await api.read(`/v1/accounts/${account}`);
        const right = channelNamed(channel).sandbox.account[secret] ?? null;
        const saved = await api.put(`/v1/accounts/${account}`, {
          name: known.name,
          config: { ...known.config, [secret]: right },
          baseUrl: known.baseUrl,
        });
        expect(saved).toMatchObject({ status: 200, body: { status: 'active' } });
        await expectAllSent(system(), ids);
      },
    );

    it('are handed out to whoever has the scope, and that is recorded', async () => {
      const { api, given, sandbox, database } = system();
      const account = await given.account('wecom-app');
      const path = `/v1/accounts/${account}/token`;
      const operator = await given.key({ preset: 'operator' });
      const refused = await operator.get(path);
      expect(refused).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
      expect(refused.body.detail).toContain('tokens:read');

      const { accessToken, expiresAt } = await api.read(path);
      const used = await fetch(`${sandbox.url}/cgi-bin/get_api_domain_ip?access_token=${accessToken}`);
      expect(await used.json()).toMatchObject({ errcode: 0 });
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
      const [row] = await database.query<{ action: string; details: unknown }>(
        `SELECT action, details FROM audit_log WHERE object = $1 AND action = 'account.read_token'`,
        [`account:${account}`],
      );
      expect(row).toBeDefined();
      expect(JSON.stringify(row)).not.toContain(accessToken);
    });

    it('are not there for channels without one', async () => {
      const { api, given } = system();
      const account = await given.account('wecom-robot');
      expect((await api.get(`/v1/accounts/${account}/token`)).status).toBe(404);
    });
  },
  { workers: 2 },
);
