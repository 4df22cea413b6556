import { Inject, Injectable } from '@nestjs/common';
import { LimitLedger, roomFor, type AccountQuota } from '#libs/accounts';
import { CLOCK, type Clock } from '#libs/core';
import { DedupeStore } from '../dedupe/dedupe.store.js';
import { PRIORITIES, type MessagePlan, type PlannedDelivery } from '../plan/message-plan.js';
import { instant } from './message-rows.js';
import { dedupeKeysOf, viewOfDryRun, type DryRunLimit, type DryRunView } from './plan-view.js';

/** Computes what a planned message would meet: claims of others, quiet hours, limits. Nothing is taken or stored. */
@Injectable()
export class DryRunReader {
  constructor(
    @Inject(DedupeStore) private readonly dedupe: DedupeStore,
    @Inject(LimitLedger) private readonly ledger: LimitLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(plan: MessagePlan): Promise<DryRunView> {
    const keys = plan.deliveries.flatMap((delivery) => dedupeKeysOf(plan, delivery)).map(({ key }) => key);
    const accounts = [...new Set(plan.deliveries.map(({ account }) => account))];
    const [owners, quotas] = await Promise.all([
      keys.length === 0 ? new Map<string, number>() : this.dedupe.count(keys),
      this.ledger.list(accounts),
    ]);
    return { ...viewOfDryRun(plan, owners, this.clock.now()), limits: quotas.map((quota) => verdictOf(plan, quota)) };
  }
}

function verdictOf(plan: MessagePlan, quota: AccountQuota): DryRunLimit {
  const { account, waiting } = quota;
  const own = plan.deliveries.filter((delivery) => delivery.account === account);
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
