import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountGates, AccountReader, AccountsService, TokenService, type SendingAccount } from '#libs/accounts';
import { CredentialError, RateLimitedError, RetryableDeliveryError, newId } from '#libs/core';
import { startTestDatabase, waitFor, type TestDatabase } from '#libs/testing';
import { appBody, fakeVendor, startAccounts, type AccountsFixture, type FakeVendor } from './accounts.fixture.js';

describe('access tokens', () => {
  let server: TestDatabase;
  let vendor: FakeVendor;
  let one: AccountsFixture;
  let two: AccountsFixture;
  let code: string;

  beforeAll(async () => {
    server = await startTestDatabase();
  });

  beforeEach(async () => {
    vendor = fakeVendor();
    [one, two] = await Promise.all([startAccounts(server.url, vendor), startAccounts(server.url, vendor)]);
    code = `app-${newId()}`;
    await one.get(AccountsService).create(appBody(code));
  });

  afterEach(async () => {
    await one.database.query('DELETE FROM account');
    await Promise.all([one.close(), two.close()]);
  });

  afterAll(async () => server.stop());

  const accountIn = (fixture: AccountsFixture): Promise<SendingAccount> => fixture.get(AccountReader).get(code);

  const askEverywhere = async (
    ask: (tokens: TokenService, account: SendingAccount) => Promise<unknown>,
  ): Promise<unknown[]> => {
    const fixtures = await Promise.all(
      [one, two].map(async (fixture) => ({ fixture, account: await accountIn(fixture) })),
    );
    return Promise.all(
      Array.from({ length: 100 }).flatMap(() =>
        fixtures.map(({ fixture, account }) => ask(fixture.get(TokenService), account)),
      ),
    );
  };

  /** The time a vendor takes to answer: long enough for every asker to arrive. */
  const slowly = (): Promise<object[]> => one.database.query('SELECT pg_sleep(0.2)');

  const expire = (): Promise<object[]> =>
    one.database.query(`UPDATE access_token SET expires_at = now() - interval '1 second' WHERE account = $1`, [code]);

  const leave = (life: string): Promise<object[]> =>
    one.database.query(
      `UPDATE access_token SET expires_at = now() + $1::interval, refreshed_at = now() - interval '100 minutes'`,
      [life],
    );

  const endBackoff = (): Promise<object[]> =>
    one.database.query(`UPDATE access_token SET retry_at = now() - interval '1 second' WHERE account = $1`, [code]);

  const refuse = (): never => {
    throw new CredentialError('secret_wrong', 'The secret is wrong', {
      provider: { name: 'Fake', code: '40001', message: 'invalid secret' },
    });
  };

  it('fetches once for 200 concurrent askers in two processes without a token', async () => {
    vendor.fetch = async () => (await slowly(), { value: 'only-one', expiresInSeconds: 7200 });
    const tokens = await askEverywhere((service, account) => service.current(account));
    expect(vendor.calls).toHaveLength(1);
    expect(new Set(tokens.map((token) => JSON.stringify({ ...(token as object), staleAtMs: 0 }))).size).toBe(1);
    expect(tokens[0]).toMatchObject({ value: 'only-one', version: 1 });
  });

  it('fetches once for 200 concurrent askers whose token has expired', async () => {
    await one.get(TokenService).current(await accountIn(one));
    await expire();
    const three = await startAccounts(server.url, vendor);
    const four = await startAccounts(server.url, vendor);
    [one, two] = await Promise.all([one.close(), two.close()]).then(() => [three, four] as const);
    vendor.fetch = async () => (await slowly(), { value: 'second', expiresInSeconds: 7200 });
    const tokens = await askEverywhere((service, account) => service.current(account));
    expect(vendor.calls).toHaveLength(2);
    expect(tokens).toHaveLength(200);
    for (const token of tokens) expect(token).toMatchObject({ value: 'second', version: 2 });
  });

  it('renews a refused token once, however many sends were refused', async () => {
    await askEverywhere((service, account) => service.current(account));
    vendor.fetch = async () => (await slowly(), { value: 'renewed', expiresInSeconds: 7200 });
    const tokens = await askEverywhere((service, account) => service.renew(account, 1));
    expect(vendor.calls).toHaveLength(2);
    for (const token of tokens) expect(token).toMatchObject({ value: 'renewed', version: 2 });
  });

  it('takes what another process renewed instead of fetching again', async () => {
    await two.get(TokenService).current(await accountIn(two));
    await one.get(TokenService).renew(await accountIn(one), 1);
    expect(await two.get(TokenService).renew(await accountIn(two), 1)).toMatchObject({ value: 'token-2', version: 2 });
    expect(vendor.calls).toHaveLength(2);
  });

  it('refuses a second forced renewal within five seconds', async () => {
    const account = await accountIn(one);
    await one.get(TokenService).current(account);
    await one.get(TokenService).renew(account, 1);
    const error = await one
      .get(TokenService)
      .renew(account, 2)
      .catch((raised: unknown) => raised);
    expect(error).toBeInstanceOf(RetryableDeliveryError);
    expect(error).toMatchObject({ reason: 'token_rejected', usesAttempt: false });
    expect(vendor.calls).toHaveLength(2);
  });

  it('keeps handing out the old token while a refresh is under way', async () => {
    const account = await accountIn(one);
    await one.get(TokenService).current(account);
    await leave('5 minutes');
    let finish = (): void => undefined;
    vendor.fetch = () => new Promise((resolve) => (finish = () => resolve({ value: 'fresh', expiresInSeconds: 7200 })));
    const refresh = one.get(TokenService).refreshExpiring();
    await waitFor(() => vendor.calls.length === 2);
    expect(await two.get(TokenService).current(account)).toMatchObject({ value: 'token-1', version: 1 });
    finish();
    expect(await refresh).toBe(1);
  });

  it('refreshes what ends within ten minutes, and nothing else', async () => {
    const tokens = one.get(TokenService);
    expect(await tokens.refreshExpiring()).toBe(0);
    await tokens.current(await accountIn(one));
    expect(await tokens.refreshExpiring()).toBe(0);
    await leave('9 minutes');
    expect(await Promise.all([tokens.refreshExpiring(), two.get(TokenService).refreshExpiring()])).toContain(1);
    expect(vendor.calls).toHaveLength(2);
  });

  it('fetches a first token ahead of time for an account that a published template uses', async () => {
    await one.database.query(
      `INSERT INTO template (code, name, latest_version, published_version) VALUES ('t', 't', 1, 1)`,
    );
    await one.database.query(`INSERT INTO template_version (template, version, definition) VALUES ('t', 1, $1)`, [
      JSON.stringify({ routes: [{ channel: 'fake-app', accounts: [code] }] }),
    ]);
    expect(await one.get(TokenService).refreshExpiring()).toBe(1);
    await one.database.query('DELETE FROM template_version');
    await one.database.query('DELETE FROM template');
  });

  it('backs off after a failed fetch: askers get the failure without another call', async () => {
    vendor.fetch = () => {
      throw new RetryableDeliveryError('provider_busy', 'Busy', true);
    };
    const outcomes = await askEverywhere((service, account) =>
      service.current(account).catch((error: unknown) => error),
    );
    for (const error of outcomes) {
      expect(error).toBeInstanceOf(RetryableDeliveryError);
      expect(error).toMatchObject({ reason: 'provider_busy', usesAttempt: false });
    }
    expect(vendor.calls).toHaveLength(1);
    const [row] = await one.database.query<{ wait: number }>(
      `SELECT extract(epoch FROM retry_at - now())::float8 AS wait FROM access_token WHERE account = $1`,
      [code],
    );
    expect(row?.wait).toBeGreaterThan(3);
    expect(row?.wait).toBeLessThanOrEqual(5);
  });

  it('fetches again when the back-off is over, and forgets the failures then', async () => {
    const account = await accountIn(one);
    const { fetch } = vendor;
    vendor.fetch = () => {
      throw new RateLimitedError('provider_throttled', 'Slow down', 60_000, 'account');
    };
    await expect(one.get(TokenService).current(account)).rejects.toBeInstanceOf(RateLimitedError);
    await expect(two.get(TokenService).current(account)).rejects.toMatchObject({ reason: 'provider_throttled' });
    vendor.fetch = fetch;
    await endBackoff();
    expect(await two.get(TokenService).current(account)).toMatchObject({ version: 1 });
    const [row] = await one.database.query('SELECT failures, last_error, retry_at FROM access_token');
    expect(row).toEqual({ failures: 0, last_error: null, retry_at: null });
  });

  it('pauses the account when the vendor refuses the credentials, with one call', async () => {
    vendor.fetch = refuse;
    const outcomes = await askEverywhere((service, account) =>
      service.current(account).catch((error: unknown) => error),
    );
    for (const error of outcomes) expect(error).toBeInstanceOf(CredentialError);
    expect(vendor.calls).toHaveLength(1);
    one.get(AccountReader).invalidate(code);
    expect(await accountIn(one)).toMatchObject({
      status: 'paused',
      pausedBy: 'credentials',
      pausedReason: 'secret_wrong',
    });
    expect(await one.get(TokenService).refreshExpiring()).toBe(0);
  });

  it('un-pauses and fetches at once with a new secret', async () => {
    vendor.fetch = (account) => (account.appSecret === 'right' ? { value: 'good', expiresInSeconds: 7200 } : refuse());
    await expect(one.get(TokenService).current(await accountIn(one))).rejects.toBeInstanceOf(CredentialError);
    await two.get(AccountsService).update(code, appBody(code, { appSecret: 'right' }));
    one.get(AccountReader).invalidate(code);
    const account = await accountIn(one);
    expect(account.status).toBe('active');
    expect(await one.get(TokenService).current(account)).toMatchObject({ value: 'good' });
  });

  it('fetches with the credentials in force although the caller still holds the old account', async () => {
    const old = await accountIn(one);
    await two.get(AccountsService).update(code, appBody(code, { appSecret: 'second-secret' }));
    vendor.fetch = (account) => ({ value: `for-${account.appSecret}`, expiresInSeconds: 7200 });
    expect(await one.get(TokenService).current(old)).toMatchObject({ value: 'for-second-secret' });
  });

  it('drops the answer of a fetch that ends after the credentials were replaced', async () => {
    let finish = (): void => undefined;
    vendor.fetch = (account) => {
      if (account.appSecret !== 'first-secret') return { value: 'new', expiresInSeconds: 7200 };
      return new Promise((resolve) => (finish = () => resolve({ value: 'old', expiresInSeconds: 7200 })));
    };
    const asked = one.get(TokenService).current(await accountIn(one));
    await waitFor(() => vendor.calls.length === 1);
    await two.get(AccountsService).update(code, appBody(code, { appSecret: 'second-secret' }));
    finish();
    expect(await asked).toMatchObject({ value: 'new' });
  });

  it('leaves the account alone when credentials that are no longer in force are refused', async () => {
    const { version } = await accountIn(one);
    await two.get(AccountsService).update(code, appBody(code, { appSecret: 'second-secret' }));
    await one.get(AccountGates).pauseForCredentials(code, 'secret_wrong', 'The secret is wrong', version);
    expect(await accountIn(one)).toMatchObject({ status: 'active' });
  });

  it.each([
    [-1, 60],
    [1e12, 7200],
    [Number.NaN, 60],
    [3600, 3600],
  ])('keeps a token that claims to live %d s for %d s', async (expiresInSeconds, kept) => {
    vendor.fetch = () => ({ value: 'token', expiresInSeconds });
    await one.get(TokenService).current(await accountIn(one));
    const [row] = await one.database.query<{ life: number }>(
      'SELECT extract(epoch FROM expires_at - refreshed_at)::float8 AS life FROM access_token',
    );
    expect(row?.life).toBe(kept);
  });

  it('stores tokens sealed', async () => {
    vendor.fetch = () => ({ value: 'canary-token-4711', expiresInSeconds: 7200 });
    await one.get(TokenService).current(await accountIn(one));
    const rows = await one.database.query<{ text: string }>('SELECT access_token::text AS text FROM access_token');
    expect(JSON.stringify(rows)).not.toContain('canary-token-4711');
  });

  it('ends the waiting of a caller that gives up, and fetches on for the others', async () => {
    let finish = (): void => undefined;
    vendor.fetch = () => new Promise((resolve) => (finish = () => resolve({ value: 'late', expiresInSeconds: 7200 })));
    const account = await accountIn(one);
    const controller = new AbortController();
    const impatient = one.get(TokenService).current(account, controller.signal);
    const patient = one.get(TokenService).current(account);
    await waitFor(() => vendor.calls.length === 1);
    controller.abort(new Error('shutting down'));
    await expect(impatient).rejects.toThrow('shutting down');
    finish();
    expect(await patient).toMatchObject({ value: 'late' });
  });
});
