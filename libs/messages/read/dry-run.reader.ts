import { Inject, Injectable } from '@nestjs/common';
import { LimitLedger, roomFor, type AccountQuota } from '#libs/accounts';
import { CLOCK, type Clock } from '#libs/core';
import { DedupeStore } from '../dedupe/dedupe.store.js';
import { DirectoryView } from '../plan/directory-view.js';
import { PRIORITIES, type MessagePlan, type PlannedDelivery } from '../plan/message-plan.js';
import { instant } from './message-rows.js';
import { dedupeKeysOf, viewOfDryRun, type DryRunLimit, type DryRunView } from './plan-view.js';

/** Computes what a planned message would meet: claims of others, quiet hours, limits. Nothing is taken or stored. */
@Injectable()
export class DryRunReader {
  constructor(
    @Inject(DedupeStore) private readonly dedupe: DedupeStore,
    @Inject(LimitLedger) private readonly ledger: LimitLedger,
    @Inject(DirectoryView) private readonly directory: DirectoryView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(plan: MessagePlan): Promise<DryRunView> {
    const keys = plan.deliveries.flatMap((delivery) => dedupeKeysOf(plan, delivery)).map(({ key }) => key);
    const accounts = [...new Set(plan.deliveries.flatMap(({ account, pool }) => [account, ...pool]))];
    const [owners, quotas, people] = await Promise.all([
      keys.length === 0 ? new Map<string, number>() : this.dedupe.count(keys),
      this.ledger.list(accounts),
      this.directory.resolved(plan),
    ]);
    const resolved = people.length > 0 ? { people } : {};
    return { ...viewOfDryRun(plan, owners, this.clock.now()), limits: verdictsOf(plan, quotas), ...resolved };
  }
}

/** What waits for its account goes all the same where another one of its pool takes it. */
function verdictsOf(plan: MessagePlan, quotas: readonly AccountQuota[]): readonly DryRunLimit[] {
  return quotas.flatMap((quota): DryRunLimit[] => {
    const own = plan.deliveries.filter(({ account }) => account === quota.account);
    if (own.length === 0) return [];
    const verdict = verdictOf(plan, quota, own);
    const standIns = quotas.filter(({ account }) => own.every(({ pool }) => pool.includes(account)));
    const isTaken = standIns.some((other) => verdictOf(plan, other, own).verdict === 'goes');
    const { account, providerCalls, waiting } = verdict;
    return [isTaken ? { account, providerCalls, waiting, verdict: 'goes' } : verdict];
  });
}

function verdictOf(plan: MessagePlan, quota: AccountQuota, own: readonly PlannedDelivery[]): DryRunLimit {
  const { account, waiting } = quota;
  const people = own.reduce((sum, delivery) => sum + addresseesOf(delivery), 0);
  const full = roomFor(quota, own.length, people, PRIORITIES[plan.request.priority] === PRIORITIES.high);
  const base = { account, providerCalls: own.length, waiting };
  if (!full) return { ...base, verdict: waiting > 0 ? 'waits' : 'goes' };
  return {
    ...base,
    verdict: 'waits',
    limit: full.key,
    ...(full.nextFreeAt && { nextFreeAt: instant(full.nextFreeAt) }),
  };
}

const addresseesOf = ({ recipients }: PlannedDelivery): number =>
  recipients.filter(({ addresseeType }) => addresseeType !== 'group').length;
