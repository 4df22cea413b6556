import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, HongyanError, type Clock } from '#libs/core';
import { Database, sqlState } from '#libs/database';
import { QueueHealth } from '#libs/queue';
import { MIGRATIONS } from '../../../../migrations/index.js';
import type { CheckDto, HealthState } from './health.dto.js';

/** Ids hold the time: beyond this the order of messages and their partitions would be wrong. */
const MAX_CLOCK_OFFSET_MS = 60_000;
const UNDEFINED_TABLE = '42P01';

export interface Readiness {
  readonly status: HealthState;
  readonly checks: Readonly<Record<string, CheckDto>>;
}

interface DatabaseState {
  readonly now: Date;
  readonly migrations: readonly string[];
}

/** Can this process do its work: PostgreSQL decides; without the queue messages are still accepted. */
@Injectable()
export class ReadinessService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(QueueHealth) private readonly queueHealth: QueueHealth,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async check(): Promise<Readiness> {
    const [database, queue] = await Promise.all([this.checkDatabase(), this.checkQueue()]);
    const checks = { ...database, queue };
    const states = Object.values(checks).map(({ status }) => status);
    const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';
    return { status, checks };
  }

  private async checkDatabase(): Promise<Record<string, CheckDto>> {
    try {
      const state = await this.databaseState();
      return { database: { status: 'ok' }, schema: schemaCheck(state.migrations), clock: this.clockCheck(state.now) };
    } catch (error) {
      if (sqlState(error) === UNDEFINED_TABLE) return { database: { status: 'ok' }, schema: schemaCheck([]) };
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

function schemaCheck(applied: readonly string[]): CheckDto {
  const pending = MIGRATIONS.filter((migration) => !applied.includes(new migration().name)).length;
  return pending === 0 ? { status: 'ok' } : { status: 'down', reason: `${pending} migrations have not run` };
}
