import type { OutboundDelivery } from '../channel.js';
import type { ProviderCall } from '../provider-call.js';
import type { ProviderHttp } from '../provider-http.js';

export const TEST_HOSTS = { primary: 'https://vendor.example', v1: 'https://v1.vendor.example' };
export const TEST_TOKEN = 'planted-access-token-4711';
export const TEST_NOW = new Date('2026-03-02T02:00:00.000Z');

/** A call through the given account, on hosts that do not exist. */
export const makeCall = <Account extends object>(
  account: Account,
  http: ProviderHttp,
  overrides: Partial<ProviderCall<Account>> = {},
): ProviderCall<Account> => ({
  account,
  accountCode: 'test-account',
  hosts: TEST_HOSTS,
  http,
  token: TEST_TOKEN,
  now: TEST_NOW,
  signal: new AbortController().signal,
  ...overrides,
});

export const makeDelivery = (
  delivery: Pick<OutboundDelivery, 'content'> & Partial<OutboundDelivery>,
): OutboundDelivery => ({
  deliveryId: '0197c2f4-7a00-7000-8000-000000000001-1',
  addressees: [],
  mentions: [],
  options: {},
  ...delivery,
});
