import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, HongyanError, type Clock } from '#libs/core';
import { Database, sqlState } from '#libs/database';
import { SweepStore } from '#libs/messages';
import { QueueHealth } from '#libs/queue';
import { MIGRATIONS } from '../../../../migrations/index.js';
import type { CheckDto, HealthState } from './health.dto.js';

/** Ids hold the time: beyond this the order of messages and their partitions would be wrong. */
const MAX_CLOCK_OFFSET_MS = 60_000;
const UNDEFINED_TABLE = '42P01';
/** What is not swept for so long has no worker, or one in trouble. */
const MAX_SWEEP_AGE_MS = 10_000;

export interface Readiness {
  readonly status: HealthState;
  readonly checks: Readonly<Record<string, CheckDto>>;
}

interface DatabaseState {
  readonly now: Date;
  readonly migrations: readonly string[];
}

type Checks = Readonly<Record<string, CheckDto>>;

/** Can this process do its work: PostgreSQL decides; without the queue and the sweep messages are still accepted. */
@Injectable()
export class ReadinessService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(QueueHealth) private readonly queueHealth: QueueHealth,
    @Inject(SweepStore) private readonly sweep: SweepStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async check(): Promise<Readiness> {
    const [database, queue] = await Promise.all([this.checkDatabase(), this.checkQueue()]);
    const checks = { ...database, queue };
    const states = Object.values(checks).map(({ status }) => status);
    const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';
    return { status, checks };
  }

  private async checkDatabase(): Promise<Checks> {
    try {
      const state = await this.databaseState();
      const schema = schemaCheck(state.migrations);
      const checks = { database: OK, schema, clock: this.clockCheck(state.now) };
      return schema.status === 'ok' ? { ...checks, sweep: await this.checkSweep() } : checks;
    } catch (error) {
      if (sqlState(error) === UNDEFINED_TABLE) return { database: OK, schema: schemaCheck([]) };
      const reason = error instanceof HongyanError ? error.message : 'The database refuses to answer';
      return { database: { status: 'down', reason } };
    }
  }

  private async databaseState(): Promise<DatabaseState> {
    const [row] = await this.database.query<DatabaseState>(
      'SELECT clock_timestamp() AS now, ARRAY(SELECT name FROM schema_migration) AS migrations',
    );
    return row ?? { now: this.clock.now(), migrations: [] };
  }

  /** Any worker's sweep will do. */
  private async checkSweep(): Promise<CheckDto> {
    const ageMs = (await this.sweep.ageMs()) ?? Number.POSITIVE_INFINITY;
    if (ageMs < MAX_SWEEP_AGE_MS) return OK;
    return { status: 'degraded', reason: `No worker has looked for what is due for ${Math.round(ageMs / 1000)} s` };
  }

  private clockCheck(databaseNow: Date): CheckDto {
    const offsetMs = Math.abs(this.clock.now().getTime() - databaseNow.getTime());
    if (offsetMs <= MAX_CLOCK_OFFSET_MS) return { status: 'ok' };
    return { status: 'down', reason: `The clock is ${Math.round(offsetMs / 1000)} s away from the database` };
  }

  private async checkQueue(): Promise<CheckDto> {
    const { state, reason, waiting } = await this.queueHealth.check();
    return {
      status: state === 'up' ? 'ok' : 'degraded',
      ...(reason !== undefined && { reason }),
      ...(waiting !== undefined && { waiting }),
    };
  }
}

const OK: CheckDto = { status: 'ok' };

function schemaCheck(applied: readonly string[]): CheckDto {
  const pending = MIGRATIONS.filter((migration) => !applied.includes(new migration().name)).length;
  return pending === 0 ? { status: 'ok' } : { status: 'down', reason: `${pending} migrations have not run` };
}
