import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '#libs/core';
import type { Database } from '#libs/database';
import type { AccountHosts } from './account-hosts.js';
import { AccountReader } from './account-reader.js';
import type { AccountVault } from './account-vault.js';

const row = {
  code: 'sales',
  channel: 'pigeon',
  config: { appId: 'id' },
  secrets: {},
  base_url: null,
  proxy_url: 'http://proxy.corp.example:3128',
  status: 'active',
  paused_by: null,
  paused_reason: null,
  blocked_until: null,
  breaker_until: null,
  breaker_opened_at: null,
  breaker_failures: 0,
  throttles: 0,
  queue_paused: false,
  created_at: new Date(0),
  version: 3,
};

describe('reading accounts for sending', () => {
  let nowMs: number;
  let reads: number;
  let answer: () => Promise<object[]>;
  let reader: AccountReader;

  beforeEach(() => {
    nowMs = 0;
    reads = 0;
    answer = () => Promise.resolve([row]);
    reader = new AccountReader(
      { query: () => ((reads += 1), answer()) } as unknown as Database,
      { open: () => ({ appId: 'id', appSecret: 'opened' }) } as unknown as AccountVault,
      {
        resolve: () => ({ primary: 'https://vendor.example', v1: 'https://vendor.example' }),
      } as unknown as AccountHosts,
      { now: () => new Date(nowMs), monotonicMs: () => nowMs } satisfies Clock,
    );
  });

  it('opens the secrets, resolves the hosts, and leaves out what is not set', async () => {
    expect(await reader.get('sales')).toEqual({
      code: 'sales',
      channel: 'pigeon',
      config: { appId: 'id', appSecret: 'opened' },
      hosts: { primary: 'https://vendor.example', v1: 'https://vendor.example' },
      proxyUrl: 'http://proxy.corp.example:3128',
      status: 'active',
      hasTrouble: false,
      isQueuePaused: false,
      createdAt: new Date(0),
      version: 3,
    });
  });

  it('asks the database once for concurrent readers, and again after two seconds', async () => {
    await Promise.all([reader.get('sales'), reader.get('sales')]);
    nowMs = 1_999;
    await reader.get('sales');
    expect(reads).toBe(1);
    nowMs = 2_000;
    await reader.get('sales');
    expect(reads).toBe(2);
  });

  it('asks again after an invalidation, also while a read is under way', async () => {
    const first = reader.get('sales');
    reader.invalidate('sales');
    await Promise.all([first, reader.get('sales')]);
    expect(reads).toBe(2);
  });

  it('remembers no failure', async () => {
    answer = () => Promise.resolve([]);
    await expect(reader.get('sales')).rejects.toMatchObject({ code: 'unknown_account' });
    answer = () => Promise.resolve([row]);
    await expect(reader.get('sales')).resolves.toMatchObject({ code: 'sales' });
  });
});
