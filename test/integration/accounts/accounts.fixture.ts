import { Test } from '@nestjs/testing';
import {
  ChannelRegistry,
  TextField,
  TextsField,
  type ChannelDefinition,
  type FetchedToken,
  type ProviderCall,
} from '#libs/channels';
import { AccountReader, AccountsModule, type SendingAccount } from '#libs/accounts';
import { AppConfigModule, type AppConfig } from '#libs/config';
import type { JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { testConfig } from '#libs/testing';

const label = { zh: '字段', en: 'Field' };

class FakeAccount {
  @TextField({ label })
  appId!: string;

  @TextField({ label, secret: true })
  appSecret!: string;

  @TextField({ label, secret: true, required: false })
  extraSecret?: string;

  @TextsField({ label, required: false })
  words?: string[];
}

/** What the vendor answers, changeable during a test. */
export interface FakeVendor {
  readonly calls: ProviderCall[];
  fetch: (account: FakeAccount) => Promise<FetchedToken> | FetchedToken;
}

/** A vendor that takes the secret `right` and hands out `token-1`, `token-2` … */
export function fakeVendor(): FakeVendor {
  const vendor: FakeVendor = {
    calls: [],
    fetch: () => ({ value: `token-${vendor.calls.length}`, expiresInSeconds: 7200 }),
  };
  return vendor;
}

export const APP = 'fake-app';
export const ROBOT = 'fake-robot';

const handler = {
  buildBody: () => ({}),
  send: () => Promise.resolve({ refused: [], providerCode: '0' }),
};

const base: ChannelDefinition<FakeAccount> = {
  name: ROBOT,
  family: 'wecom',
  label,
  account: FakeAccount,
  contents: [],
  addressing: { to: 'group', maxMentions: 5 },
  options: [],
  limits: [{ key: 'perMinute', label, scope: 'account', limit: 20, windowSeconds: 60 }],
  recall: { supported: false, why: label },
  receipts: { supported: false, why: { zh: '没有回执', en: 'No receipts' } },
  resendsAfterAmbiguity: 1,
  handler,
  errors: {},
  normalizeAccount: (config) => {
    const pasted = /^(https?:\/\/[^/]+)\/hook\?key=(.+)$/.exec(config.appSecret);
    if (!pasted?.[1] || !pasted[2]) return { config, faults: [] };
    return { config: { ...config, appSecret: pasted[2] }, baseUrl: pasted[1], faults: [] };
  },
  sandbox: { account: {}, content: { kind: 'text' }, recipients: [] },
};

function appChannel(vendor: FakeVendor): ChannelDefinition<FakeAccount> {
  return {
    ...base,
    name: APP,
    fetchToken: async (call) => {
      vendor.calls.push({ ...call, token: '' });
      return vendor.fetch(call.account);
    },
    checkAccount: (call) =>
      Promise.resolve([{ check: 'ping', ok: call.token !== '', text: { zh: '可用', en: 'Reachable' } }]),
  };
}

export interface AccountsFixture {
  get<T>(type: abstract new (...args: never[]) => T): T;
  readonly database: Database;
  close(): Promise<void>;
}

/** One process' worth of accounts on the given database. */
export async function startAccounts(
  databaseUrl: string,
  vendor: FakeVendor = fakeVendor(),
  overrides: Partial<AppConfig> = {},
): Promise<AccountsFixture> {
  const module = await Test.createTestingModule({
    imports: [AppConfigModule.forRoot(testConfig({ databaseUrl, ...overrides })), AccountsModule],
  })
    .overrideProvider(ChannelRegistry)
    .useValue(new ChannelRegistry([appChannel(vendor), base]))
    .compile();
  await module.init();
  return {
    get: (type) => module.get(type as never),
    database: module.get(Database),
    close: () => module.close(),
  };
}

/** A valid new account on the channel with tokens; `change` replaces fields. */
export const appBody = (code: string, config: JsonObject = {}, change: JsonObject = {}): JsonObject => ({
  code,
  name: `Account ${code}`,
  channel: APP,
  config: { appId: 'id-1', appSecret: 'first-secret', ...config },
  ...change,
});

/** Reads the account past the cache. */
export const reread = (fixture: AccountsFixture, code: string): Promise<SendingAccount> => {
  const reader = fixture.get(AccountReader);
  reader.invalidate(code);
  return reader.get(code);
};

export async function clear({ database }: AccountsFixture): Promise<void> {
  for (const table of ['delivery', 'template_version', 'template', 'account']) {
    await database.query(`DELETE FROM ${table}`);
  }
}
