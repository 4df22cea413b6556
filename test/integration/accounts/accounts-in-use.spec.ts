import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AccountDoctor,
  AccountGates,
  AccountOperations,
  AccountReader,
  AccountsService,
  TokenService,
} from '#libs/accounts';
import { ConfigError, ConflictError, CredentialError, NotFoundError, isJsonObject, type JsonObject } from '#libs/core';
import { startTestDatabase, type TestDatabase } from '#libs/testing';
import {
  APP,
  ROBOT,
  appBody,
  clear,
  fakeVendor,
  reread,
  startAccounts,
  type AccountsFixture,
  type FakeVendor,
} from './accounts.fixture.js';

describe('accounts in use', () => {
  let server: TestDatabase;
  let vendor: FakeVendor;
  let fixture: AccountsFixture;
  let accounts: AccountsService;

  beforeAll(async () => {
    server = await startTestDatabase();
    vendor = fakeVendor();
    fixture = await startAccounts(server.url, vendor);
    accounts = fixture.get(AccountsService);
  });

  beforeEach(() => {
    Object.assign(vendor, fakeVendor());
  });

  afterEach(async () => {
    await clear(fixture);
  });

  afterAll(async () => {
    await fixture.close();
    await server.stop();
  });

  describe('deleted', () => {
    const open = (status: string): Promise<object[]> =>
      fixture.database.query(
        `INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, status, priority, resend_budget,
                               expire_at, publish_at, created_at, updated_at)
         VALUES (gen_random_uuid(), 1, 'first', 1, $1, 'sales', gen_random_uuid(), $2, 10, 1, now(), now(), now(), now())`,
        [APP, status],
      );

    beforeEach(async () => {
      await accounts.create(appBody('sales'));
    });

    it('is gone, its token too', async () => {
      await fixture.get(TokenService).current(await reread(fixture, 'sales'));
      await accounts.delete('sales');
      await expect(accounts.get('sales')).rejects.toBeInstanceOf(NotFoundError);
      expect(await fixture.database.query('SELECT 1 FROM access_token')).toEqual([]);
    });

    it.each(['accepted', 'scheduled', 'sending'])('is refused while a delivery is %s', async (status) => {
      await open(status);
      await expect(accounts.delete('sales')).rejects.toMatchObject({ code: 'in_use', meta: { openDeliveries: 1 } });
    });

    it('is not held up by deliveries that are finished', async () => {
      await open('sent');
      await expect(accounts.delete('sales')).resolves.toBeUndefined();
    });

    it.each([{ account: 'sales' }, { accounts: ['other', 'sales'] }])(
      'is refused while a template names it by %j',
      async (route) => {
        await fixture.database.query(`INSERT INTO template (code, name, latest_version) VALUES ('order-paid', 't', 1)`);
        await fixture.database.query(
          `INSERT INTO template_version (template, version, definition) VALUES ('order-paid', 1, $1)`,
          [JSON.stringify({ routes: [{ channel: APP, ...route }] })],
        );
        await expect(accounts.delete('sales')).rejects.toMatchObject({
          code: 'in_use',
          meta: { templates: ['order-paid'] },
        });
        expect(await accounts.get('sales')).toMatchObject({ usedBy: ['order-paid'] });
        await fixture.database.query('UPDATE template SET deleted_at = now()');
        await expect(accounts.delete('sales')).resolves.toBeUndefined();
      },
    );

    it('is refused when it has changed since it was read', async () => {
      await expect(accounts.delete('sales', 7)).rejects.toBeInstanceOf(ConflictError);
    });
  });

  describe('read for sending', () => {
    it('are unknown by their code, not by silence', async () => {
      await expect(fixture.get(AccountReader).get('nobody')).rejects.toMatchObject({ code: 'unknown_account' });
    });

    it('call the vendor unless they have an address of their own', async () => {
      await accounts.create(appBody('sales'));
      expect((await reread(fixture, 'sales')).hosts).toEqual({
        primary: 'https://qyapi.weixin.qq.com',
        v1: expect.any(String),
      });
    });

    it('are refused while their sandbox is not running', async () => {
      await accounts.create(appBody('sales', {}, { baseUrl: 'sandbox' }));
      await expect(reread(fixture, 'sales')).rejects.toBeInstanceOf(ConfigError);
      const other = await startAccounts(server.url, vendor, { sandboxUrl: 'http://127.0.0.1:3001/' });
      expect((await other.get(AccountReader).get('sales')).hosts.primary).toBe('http://127.0.0.1:3001');
      await other.close();
    });

    it('do not open in the place of another account', async () => {
      await accounts.create(appBody('sales'));
      await accounts.create(appBody('thief'));
      await fixture.database.query(
        `UPDATE account SET secrets = (SELECT secrets FROM account WHERE code = 'sales') WHERE code = 'thief'`,
      );
      await expect(reread(fixture, 'thief')).rejects.toMatchObject({ code: 'unreadable_secret' });
    });

    it('keep the longest of several blocks', async () => {
      await accounts.create(appBody('sales'));
      const gates = fixture.get(AccountGates);
      const long = await gates.blockUntil('sales', 60_000);
      expect(await gates.blockUntil('sales', 1_000)).toEqual(long);
      expect((await reread(fixture, 'sales')).blockedUntil).toEqual(long);
      expect(await accounts.get('sales')).toMatchObject({ health: { state: 'blocked', untilAt: long } });
      expect(await gates.blockUntil('nobody', 1_000)).toBeUndefined();
    });
  });

  describe('checked', () => {
    const check = async (code: string): Promise<JsonObject[]> => {
      const { findings } = await fixture.get(AccountDoctor).check(code);
      return findings.map(({ check: name, ok }) => ({ check: name, ok }));
    };

    beforeEach(async () => {
      await accounts.create(appBody('sales'));
    });

    it('are fine when the vendor takes the credentials', async () => {
      expect(await check('sales')).toEqual([
        { check: 'status', ok: true },
        { check: 'token', ok: true },
        { check: 'ping', ok: true },
      ]);
    });

    it('ask the vendor again although a fetch has just failed, and tell what it said', async () => {
      vendor.fetch = () => {
        throw new CredentialError('secret_wrong', 'The secret is wrong', {
          provider: { name: 'Fake', code: '40001', message: 'invalid secret', hint: { zh: '换掉', en: 'Replace it' } },
        });
      };
      const doctor = fixture.get(AccountDoctor);
      await doctor.check('sales');
      const again = await doctor.check('sales');
      expect(vendor.calls).toHaveLength(2);
      expect(again).toMatchObject({ ok: false });
      expect(again.findings).toEqual([
        expect.objectContaining({ check: 'status', ok: false }),
        expect.objectContaining({
          check: 'token',
          ok: false,
          remedy: { zh: '换掉', en: 'Replace it' },
        }),
      ]);
      expect(isJsonObject(again.findings[1]?.text) && again.findings[1].text.en).toContain('40001 invalid secret');
      expect(await accounts.get('sales')).toMatchObject({ status: 'paused', pausedReason: 'secret_wrong' });
    });
  });

  describe('operated', () => {
    it('are paused in the words of a person and resumed', async () => {
      await accounts.create(appBody('sales'));
      const operations = fixture.get(AccountOperations);
      expect(await operations.pause('sales', 'rotating the secret')).toMatchObject({
        status: 'paused',
        pausedReason: 'rotating the secret',
        health: { state: 'paused', reason: 'account_paused' },
      });
      expect(await operations.resume('sales')).toMatchObject({ status: 'active', health: { state: 'ok' } });
      await expect(operations.pause('nobody')).rejects.toBeInstanceOf(NotFoundError);
    });

    it('share their token, where the channel has one', async () => {
      await accounts.create(appBody('sales'));
      await accounts.create(appBody('robot', {}, { channel: ROBOT }));
      const operations = fixture.get(AccountOperations);
      expect(await operations.shareToken('sales')).toEqual({ value: 'token-1', expiresAt: expect.any(Date) });
      await expect(operations.shareToken('robot')).rejects.toBeInstanceOf(NotFoundError);
    });
  });
});
