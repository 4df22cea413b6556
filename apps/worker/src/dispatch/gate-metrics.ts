import { Inject, Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { AccountGates } from '#libs/accounts';
import { DispatchMetrics } from './dispatch-metrics.js';

/** Tells Prometheus which accounts are held back, read when it asks. */
@Injectable()
export class GateMetrics {
  private readonly logger = new Logger(GateMetrics.name);
  private readonly gauge: Gauge<'account' | 'channel' | 'gate'>;

  constructor(
    @Inject(AccountGates) private readonly gates: AccountGates,
    @Inject(DispatchMetrics) metrics: DispatchMetrics,
  ) {
    this.gauge = new Gauge({
      name: 'hongyan_account_gate',
      help: '1 while an account is held back by this gate; open gates are left out',
      labelNames: ['account', 'channel', 'gate'] as const,
      registers: [metrics.registry],
      collect: () => this.collect(),
    });
  }

  private async collect(): Promise<void> {
    this.gauge.reset();
    try {
      for (const { account, channel, gate } of await this.gates.listClosed())
        this.gauge.set({ account, channel, gate }, 1);
    } catch (error) {
      // The other metrics are worth having while PostgreSQL is away.
      this.logger.warn(`The gates of the accounts could not be read: ${String(error)}`);
    }
  }
}
