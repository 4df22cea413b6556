import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountVault, sealedAccountRows } from '#libs/accounts';
import { CHANNELS, ChannelRegistry } from '#libs/channels';
import type { AppConfig } from '#libs/config';
import { newId, type JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { CardCodeStore, sealedCardCodes } from '#libs/messages';
import { SecretBox, type SealedSecret } from '#libs/security';
import { startTestDatabase, type TestDatabase } from '#libs/testing';
import { WebhookEndpointStore } from '#libs/webhooks';
import { WebhookSecrets } from '../../../libs/webhooks/webhook-secrets.js';
import { ResponseCodes, type KeptCode } from '../../../libs/messages/delivery/response-code.js';
import { run } from '../../../apps/cli/src/program.js';

const key = (): string => randomBytes(32).toString('base64');
const [OLD, NEW] = [key(), key()];
const ACCOUNTS = 250;

const boxOf = (...keys: readonly (readonly [id: string, base64: string])[]): SecretBox =>
  new SecretBox({
    encryptionKeys: keys.map(([id, base64]) => ({ id, key: Buffer.from(base64, 'base64') })),
  } as unknown as AppConfig);

describe('hongyan rotate', () => {
  let server: TestDatabase;
  let database: Database;
  const message = newId();
  const old = boxOf(['old', OLD]);
  const fresh = boxOf(['new', NEW]);
  const vaultOf = (box: SecretBox): AccountVault => new AccountVault(new ChannelRegistry(CHANNELS), box);

  async function rotate(keys: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const env = {
      DATABASE_URL: server.url,
      HONGYAN_ENCRYPTION_KEY: keys,
      HONGYAN_ADMIN_KEY: 'hy_rotation-admin-key-000',
    };
    const exitCode = await run(['rotate', '--json'], env, { stdin, stdout, stderr });
    const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
    return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
  }

  let webhook: { readonly id: string; readonly secrets: readonly string[] };

  /** With a secret, and the one before it. */
  async function insertWebhook(): Promise<typeof webhook> {
    const store = new WebhookEndpointStore(database, new WebhookSecrets(old));
    const settings = {
      name: 'x',
      url: 'https://erp.example/',
      events: [],
      callerIds: [],
      templates: [],
      enabled: true,
    };
    const { id, secret } = await store.create(settings, database);
    return { id, secrets: [await store.rotate(id, database), secret] };
  }

  async function webhookSecrets(box: SecretBox): Promise<readonly string[]> {
    const [row] = await database.query<{ secret: SealedSecret; previous_secret: SealedSecret }>(
      'SELECT secret, previous_secret FROM webhook_endpoint WHERE id = $1',
      [webhook.id],
    );
    return row ? new WebhookSecrets(box).open(webhook.id, row.secret, row.previous_secret) : [];
  }

  async function kidsOf(table: string, column: string): Promise<readonly string[]> {
    const rows = await database.query<{ kid: string }>(
      `SELECT DISTINCT ${column} ->> 'kid' AS kid FROM ${table} WHERE ${column} IS NOT NULL ORDER BY 1`,
    );
    return rows.map(({ kid }) => kid);
  }

  beforeAll(async () => {
    server = await startTestDatabase();
    database = new Database({ connectionString: server.url, maxConnections: 2, applicationName: 'rotation' });
    for (let number = 0; number < ACCOUNTS; number += 1) {
      const code = `account-${number}`;
      const sealed = vaultOf(old).seal(code, 'wecom-app', {
        corpId: 'ww1',
        corpSecret: `secret-${number}`,
        agentId: 1,
      });
      await database.query(
        `INSERT INTO account (code, name, channel, config, secrets, fingerprints)
         VALUES ($1, $1, 'wecom-app', $2::jsonb, $3::jsonb, $4)`,
        [code, JSON.stringify(sealed.config), JSON.stringify(sealed.secrets), sealed.fingerprints],
      );
    }
    await database.query(
      `INSERT INTO access_token (account, value, expires_at, refreshed_at)
       VALUES ('account-1', $1::jsonb, now() + interval '1 hour', now()),
              ('account-2', $2::jsonb, now() - interval '1 hour', now())`,
      [old.seal('token-1', 'access_token:account-1:api'), old.seal('token-2', 'access_token:account-2:api')].map(
        (sealed) => JSON.stringify(sealed),
      ),
    );
    webhook = await insertWebhook();
    const codes = new CardCodeStore(database, old, new ResponseCodes(old));
    await database.query(
      `INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, priority, resend_budget, expire_at,
         publish_at, sent_at, sealed_code, created_at, updated_at)
       VALUES ($1, 1, 'first', 1, 'wecom-app', 'account-1', $1, 10, 1, now(), now(), now(), $2::jsonb, now(), now())`,
      [message, new ResponseCodes(old).seal(message, 1, 'sent-code')],
    );
    await codes.keep({ messageId: message, deliveryNo: 1, code: 'card-code', source: 'sent', lifetimeSeconds: 3600 });
  });

  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('refuses to begin without a key that is still needed, and changes nothing', async () => {
    const failed = await rotate(`new:${NEW}`);
    expect(failed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('account:account-0:') });
    expect(failed.stderr).not.toContain(NEW);
    expect(await kidsOf('card_code', 'sealed')).toEqual(['old']);
  });

  it('brings everything that is alive under the first key', async () => {
    const done = await rotate(`new:${NEW},old:${OLD}`);
    expect(done).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(done.stdout)).toEqual({
      accounts: ACCOUNTS,
      'access tokens': 1,
      'codes of cards': 1,
      'codes of sends': 1,
      'secrets of webhooks': 1,
      'former secrets of webhooks': 1,
    });
    expect(await webhookSecrets(fresh)).toEqual(webhook.secrets);
    const rows = await database.query<{ code: string; config: JsonObject; secrets: never; fingerprints: string[] }>(
      'SELECT code, config, secrets, fingerprints FROM account',
    );
    for (const { code, fingerprints, ...stored } of rows) {
      const secret = `secret-${code.slice('account-'.length)}`;
      expect(vaultOf(fresh).open(code, stored)).toMatchObject({ corpSecret: secret, corpId: 'ww1' });
      expect(fingerprints).toEqual([fresh.fingerprint(secret)]);
    }
    const card = await new CardCodeStore(database, fresh, new ResponseCodes(fresh)).take({
      messageId: message,
      deliveryNo: 1,
    });
    expect(card.code).toBe('card-code');
    const [sent] = await database.query<KeptCode>('SELECT * FROM delivery WHERE message_id = $1', [message]);
    expect(sent && new ResponseCodes(fresh).find(sent)).toBe('sent-code');
  });

  it('a second time finds nothing to do', async () => {
    expect(JSON.parse((await rotate(`new:${NEW},old:${OLD}`)).stdout)).toEqual({
      accounts: 0,
      'access tokens': 0,
      'codes of cards': 0,
      'codes of sends': 0,
      'secrets of webhooks': 0,
      'former secrets of webhooks': 0,
    });
  });

  it('takes no more rows at a time than it is told', async () => {
    const both = boxOf(['third', key()], ['new', NEW]);
    const [accounts] = sealedAccountRows(database, vaultOf(both), both);
    const found = await accounts?.rewrapSome(1);
    expect(found).toBe(1);
    expect(await sealedCardCodes(database, both).rewrapSome(10)).toBe(1);
  });
});
