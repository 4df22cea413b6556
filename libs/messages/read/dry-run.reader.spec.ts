import { describe, expect, it } from '@jest/globals';
import type { AccountQuota, LimitLedger, LimitUsage } from '#libs/accounts';
import { systemClock } from '#libs/core';
import type { DedupeStore } from '../dedupe/dedupe.store.js';
import type { DirectoryView } from '../plan/directory-view.js';
import { makePlan, makeRequest, makeRouteDefinition, makeTemplate } from '../testing/factories.js';
import { DryRunReader } from './dry-run.reader.js';
import type { DryRunLimit } from './plan-view.js';

const emptyDirectory = { resolved: () => Promise.resolve([]) } as unknown as DirectoryView;

const POOL = ['board-1', 'board-2'];

const quota = (account: string, left: number, waiting = 0): AccountQuota => ({
  account,
  channel: 'board',
  waiting,
  limits: [{ key: 'perMinute', scope: 'account', limit: 20, used: 20 - left, reserved: 0, left } as LimitUsage],
});

/** The verdicts on one message to a chat group. */
async function limitsWith(
  accounts: readonly string[],
  quotas: readonly AccountQuota[],
): Promise<readonly DryRunLimit[]> {
  const list = (codes: readonly string[]) => Promise.resolve(quotas.filter(({ account }) => codes.includes(account)));
  const count = () => Promise.resolve(new Map());
  const reader = new DryRunReader(
    { count } as unknown as DedupeStore,
    { list } as unknown as LimitLedger,
    emptyDirectory,
    systemClock,
  );
  const template = makeTemplate({ routes: [makeRouteDefinition('board', { accounts })] });
  return (await reader.read(await makePlan(makeRequest([], { template })))).limits;
}

describe('the limits of a dry run', () => {
  it('say that a message waits whose only account has no room', async () => {
    await expect(limitsWith(['board-1'], [quota('board-1', 0), quota('board-2', 9)])).resolves.toEqual([
      { account: 'board-1', providerCalls: 1, waiting: 0, verdict: 'waits', limit: 'perMinute' },
    ]);
  });

  it('say that it goes where another account of its pool has room', async () => {
    const oneOnly = await limitsWith(POOL, [quota('board-1', 0), quota('board-2', 9)]);
    const otherOnly = await limitsWith(POOL, [quota('board-1', 9), quota('board-2', 0)]);
    expect([...oneOnly, ...otherOnly].map(({ verdict }) => verdict)).toEqual(['goes', 'goes']);
  });

  it('say that it waits where no account of its pool has room, or others wait there', async () => {
    const [limit] = await limitsWith(POOL, [quota('board-1', 0), quota('board-2', 0)]);
    expect(limit).toMatchObject({ verdict: 'waits', limit: 'perMinute' });
    const [queued] = await limitsWith(POOL, [quota('board-1', 9, 3), quota('board-2', 9, 3)]);
    expect(queued).toMatchObject({ verdict: 'waits', waiting: 3 });
  });
});
