import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { QueueHealth } from '#libs/queue';
import { SweepSchedule } from '../schedules/sweep.schedule.js';

/** The sweep is what nothing may be lost without. */
const MAX_SWEEP_AGE_MS = 10_000;

export interface WorkerCheck {
  readonly status: 'ok' | 'down';
  readonly reason?: string;
}

export interface WorkerReadiness {
  readonly status: 'ok' | 'down';
  readonly checks: Readonly<Record<string, WorkerCheck>>;
}

/** Can this process send: PostgreSQL there, queue usable and rightly set up, sweep on time. */
@Injectable()
export class WorkerReadinessService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(QueueHealth) private readonly queue: QueueHealth,
    @Inject(SweepSchedule) private readonly sweep: SweepSchedule,
  ) {}

  async check(): Promise<WorkerReadiness> {
    const [database, queue] = await Promise.all([this.checkDatabase(), this.checkQueue()]);
    const checks = { database, queue, sweep: this.checkSweep() };
    const isReady = Object.values(checks).every(({ status }) => status === 'ok');
    return { status: isReady ? 'ok' : 'down', checks };
  }

  private async checkDatabase(): Promise<WorkerCheck> {
    return this.database.query('SELECT 1').then(
      () => ({ status: 'ok' as const }),
      () => ({ status: 'down' as const, reason: 'The database is not reachable' }),
    );
  }

  private async checkQueue(): Promise<WorkerCheck> {
    const { reason, state } = await this.queue.check();
    return state === 'up' ? { status: 'ok' } : { status: 'down', ...(reason !== undefined && { reason }) };
  }

  private checkSweep(): WorkerCheck {
    const age = this.sweep.ageMs;
    if (age !== undefined && age < MAX_SWEEP_AGE_MS) return { status: 'ok' };
    return {
      status: 'down',
      reason: age === undefined ? 'No sweep yet' : `The last sweep was ${Math.round(age / 1000)} s ago`,
    };
  }
}
