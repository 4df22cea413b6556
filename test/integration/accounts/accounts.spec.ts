import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountGates, AccountOperations, AccountsService, MASK, TokenService } from '#libs/accounts';
import { ValidationError, type JsonObject } from '#libs/core';
import { ForbiddenError } from '#libs/security';
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

const ALLOWED = 'https://robots.corp.example';

describe('accounts', () => {
  let server: TestDatabase;
  let vendor: FakeVendor;
  let fixture: AccountsFixture;
  let accounts: AccountsService;

  beforeAll(async () => {
    server = await startTestDatabase();
    vendor = fakeVendor();
    fixture = await startAccounts(server.url, vendor, {
      allowedOrigins: [ALLOWED],
      allowedProxies: ['http://proxy.corp.example:3128'],
    });
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

  const faultsOf = async (work: Promise<unknown>): Promise<string[][]> => {
    const error = await work.catch((raised: unknown) => raised);
    if (!(error instanceof ValidationError)) throw error;
    return error.faults.map(({ pointer, code }) => [pointer ?? '', code]);
  };

  const stored = async (code: string): Promise<string> => {
    const [row] = await fixture.database.query<{ text: string }>(
      'SELECT account::text AS text FROM account WHERE code = $1',
      [code],
    );
    return row?.text ?? '';
  };

  describe('created', () => {
    it('shows its secrets masked and stores them sealed only', async () => {
      const created = await accounts.create(
        appBody('sales', { appSecret: 'canary-secret', extraSecret: 'canary-extra' }),
      );
      expect(created).toMatchObject({
        code: 'sales',
        channel: APP,
        config: { appId: 'id-1', appSecret: MASK, extraSecret: MASK },
        status: 'active',
        health: { state: 'ok' },
        token: { state: 'none' },
        usedBy: [],
        waiting: 0,
        version: 1,
      });
      expect(JSON.stringify(created)).not.toContain('canary');
      expect(await stored('sales')).not.toContain('canary');
      expect((await reread(fixture, 'sales')).config).toEqual({
        appId: 'id-1',
        appSecret: 'canary-secret',
        extraSecret: 'canary-extra',
      });
    });

    it('refuses a code that is taken', async () => {
      await accounts.create(appBody('sales'));
      await expect(accounts.create(appBody('sales'))).rejects.toMatchObject({ code: 'already_exists' });
    });

    it('tells every fault at once', async () => {
      const body = {
        code: 'Not A Code',
        channel: APP,
        name: '',
        config: { appSecret: 5, surprise: true },
        limits: { perMinute: 0, other: 1 },
        baseUrl: 'https://evil.example',
        proxyUrl: 'http://10.0.0.1:8080',
        owner: 'me',
      };
      expect((await faultsOf(accounts.create(body))).sort()).toEqual(
        [
          ['/code', 'invalid_value'],
          ['/name', 'invalid_length'],
          ['/owner', 'unknown_field'],
          ['/config/appId', 'missing_field'],
          ['/config/appSecret', 'wrong_type'],
          ['/config/surprise', 'unknown_field'],
          ['/limits/perMinute', 'invalid_value'],
          ['/limits/other', 'unknown_field'],
          ['/baseUrl', 'host_not_allowed'],
          ['/proxyUrl', 'host_not_allowed'],
        ].sort(),
      );
    });

    it('refuses a channel that does not exist', async () => {
      expect(await faultsOf(accounts.create(appBody('sales', {}, { channel: 'pigeon' })))).toEqual([
        ['/channel', 'unknown_channel'],
      ]);
    });

    it.each([
      ['ftp://robots.corp.example', 'invalid_value'],
      ['https://user:pass@robots.corp.example', 'invalid_value'],
      ['https://robots.corp.example?x=1', 'invalid_value'],
      ['not an address', 'invalid_value'],
      ['http://robots.corp.example', 'host_not_allowed'],
      ['https://robots.corp.example:8443', 'host_not_allowed'],
      ['http://2130706433', 'host_not_allowed'],
    ])('refuses the base address %s', async (baseUrl, code) => {
      expect(await faultsOf(accounts.create(appBody('sales', {}, { baseUrl })))).toEqual([['/baseUrl', code]]);
    });

    it('keeps of a pasted address the key, and its allowed origin as base address', async () => {
      const pasted = {
        ...appBody('robot', { appSecret: `${ALLOWED}/hook?key=the-key` }),
        channel: ROBOT,
      } as JsonObject;
      expect(await accounts.create(pasted)).toMatchObject({ baseUrl: ALLOWED, config: { appSecret: MASK } });
      expect(await reread(fixture, 'robot')).toMatchObject({
        config: { appSecret: 'the-key' },
        hosts: { primary: ALLOWED, v1: ALLOWED },
      });
    });

    it('refuses a pasted address of an origin that is not allowed, at the field it was pasted into', async () => {
      const pasted = {
        ...appBody('robot', { appSecret: 'https://evil.example/hook?key=k' }),
        channel: ROBOT,
      } as JsonObject;
      expect(await faultsOf(accounts.create(pasted))).toEqual([['/config/appSecret', 'host_not_allowed']]);
    });
  });

  describe('changed', () => {
    const put = (change: object): JsonObject => {
      const { code: _code, channel: _channel, ...body } = appBody('sales');
      return { ...body, ...change };
    };

    beforeEach(async () => {
      await accounts.create(appBody('sales', { extraSecret: 'extra' }));
    });

    it('keeps masked and absent secrets, and their token', async () => {
      await fixture.get(TokenService).current(await reread(fixture, 'sales'));
      const { account, changed } = await accounts.update(
        'sales',
        put({ name: 'New', config: { appId: 'id-1', appSecret: MASK } }),
      );
      expect(changed).toEqual(['name']);
      expect(account).toMatchObject({ name: 'New', version: 2, token: { state: 'valid' } });
      expect((await reread(fixture, 'sales')).config).toEqual({
        appId: 'id-1',
        appSecret: 'first-secret',
        extraSecret: 'extra',
      });
    });

    it('forgets the token with a new secret', async () => {
      await fixture.get(TokenService).current(await reread(fixture, 'sales'));
      const { account, changed } = await accounts.update(
        'sales',
        put({ config: { appId: 'id-1', appSecret: 'new', extraSecret: null } }),
      );
      expect(changed).toEqual(['config.appSecret', 'config.extraSecret']);
      expect(account).toMatchObject({ token: { state: 'none' }, config: { appId: 'id-1', appSecret: MASK } });
      expect(await fixture.get(TokenService).current(await reread(fixture, 'sales'))).toMatchObject({
        value: 'token-2',
      });
    });

    it('forgets the token with a new address', async () => {
      await fixture.get(TokenService).current(await reread(fixture, 'sales'));
      const { account } = await accounts.update('sales', put({ baseUrl: `${ALLOWED}/` }));
      expect(account).toMatchObject({ baseUrl: ALLOWED, token: { state: 'none' } });
    });

    it('takes code and channel when they are repeated, and refuses others', async () => {
      await accounts.update('sales', put({ code: 'sales', channel: APP }));
      expect(await faultsOf(accounts.update('sales', put({ code: 'other', channel: ROBOT })))).toEqual([
        ['/code', 'immutable_field'],
        ['/channel', 'immutable_field'],
      ]);
    });

    it('refuses a change of what has changed since it was read', async () => {
      await accounts.update('sales', put({ name: 'First' }), { ifVersion: 1 });
      const late = accounts.update('sales', put({ name: 'Second' }), { ifVersion: 1 });
      await expect(late).rejects.toMatchObject({ code: 'precondition_failed' });
    });

    it('lets every one of several changes at once through when none names a version', async () => {
      const names = ['a', 'b', 'c'];
      await Promise.all(names.map((name) => accounts.update('sales', put({ name }))));
      expect(await accounts.get('sales')).toMatchObject({ version: 4 });
    });

    it('lets an operator replace secrets and nothing else', async () => {
      const operator = { onlySecrets: true };
      await accounts.update('sales', put({ config: { appId: 'id-1', appSecret: 'new' } }), operator);
      expect((await reread(fixture, 'sales')).config).toMatchObject({ appSecret: 'new' });
      for (const change of [
        { name: 'Mine' },
        { baseUrl: ALLOWED },
        { config: { appId: 'id-2' } },
        { limits: { perMinute: 5 } },
      ]) {
        await expect(accounts.update('sales', put(change), operator)).rejects.toBeInstanceOf(ForbiddenError);
      }
    });

    it('pauses and resumes by status', async () => {
      const paused = await accounts.update('sales', put({ status: 'paused', pausedReason: 'holidays' }));
      expect(paused.account).toMatchObject({ status: 'paused', pausedBy: 'operator', pausedReason: 'holidays' });
      expect((await accounts.update('sales', put({ name: 'Still' }))).account.status).toBe('paused');
      expect((await accounts.update('sales', put({ status: 'active' }))).account.status).toBe('active');
    });

    it('ends a pause for credentials with new credentials only', async () => {
      await fixture.get(AccountGates).pauseForCredentials('sales', 'secret_wrong', 'invalid secret');
      const same = await accounts.update('sales', put({ name: 'New' }));
      expect(same.account).toMatchObject({
        status: 'paused',
        pausedReason: 'secret_wrong',
        pausedText: 'invalid secret',
      });
      const mended = await accounts.update(
        'sales',
        put({ status: 'paused', config: { appId: 'id-1', appSecret: 'right' } }),
      );
      expect(mended.account).toMatchObject({ status: 'active', health: { state: 'ok' } });
    });

    it("leaves an operator's pause in place when the credentials change", async () => {
      await fixture.get(AccountOperations).pause('sales', 'maintenance');
      const { account } = await accounts.update('sales', put({ config: { appId: 'id-1', appSecret: 'right' } }));
      expect(account).toMatchObject({ status: 'paused', pausedBy: 'operator' });
    });
  });

  describe('listed', () => {
    it('come newest first, page by page, filtered', async () => {
      for (const code of ['a', 'b', 'c']) await accounts.create(appBody(code));
      await accounts.create(appBody('robot', {}, { channel: ROBOT, status: 'paused' }));
      const first = await accounts.list({ channel: APP }, 2);
      expect(first.map((account) => account.code)).toEqual(['c', 'b']);
      const rest = await accounts.list({ channel: APP }, 2, first[1]);
      expect(rest.map((account) => account.code)).toEqual(['a']);
      expect((await accounts.list({ status: 'paused' }, 50)).map((account) => account.code)).toEqual(['robot']);
    });
  });
});
