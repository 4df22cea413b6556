import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { InvariantError } from '#libs/core';
import { Database } from '#libs/database';
import { LIMIT_KINDS, type KeyLimitName } from './key-limits.js';

/** What a process asks for out of a limit. */
export interface GrantRequest {
  readonly lineId: string;
  readonly name: KeyLimitName;
  readonly limit: number;
  /** Nothing is given unless there is this much. */
  readonly need: number;
}

/** What it got, for the window that holds now. */
export interface Grant {
  readonly given: number;
  /** What nobody has got yet. */
  readonly left: number;
  readonly windowStart: Date;
  readonly endsInMs: number;
}

interface GrantRow {
  readonly given: string;
  readonly granted: string;
  readonly window_start: Date;
  readonly ends_in_ms: number;
}

/** A process gets this share of what is left: few statements while there is much, exact when there is little. */
const SHARE = 20;

const USED = 'CASE WHEN g.window_start >= a.start THEN g.granted ELSE 0 END';
const LEFT = `greatest(0, a.max - ${USED})`;
const GIVEN = `CASE WHEN ${LEFT} >= a.need THEN least(${LEFT}, greatest(a.need, ${LEFT} / ${SHARE})) ELSE 0 END`;

/** Windows are PostgreSQL's time, whatever the clocks of the processes say. */
const TAKE = `
  UPDATE key_grant g SET window_start = greatest(a.start, g.window_start), granted = ${USED} + ${GIVEN}, given = ${GIVEN}
  FROM (SELECT date_trunc($3, now() AT TIME ZONE $4) AT TIME ZONE $4 AS start,
               $5::bigint AS max, $6::bigint AS need) a
  WHERE g.line_id = $1 AND g.kind = $2
  RETURNING g.given, g.granted, g.window_start, (extract(epoch FROM
    (date_trunc($3, g.window_start AT TIME ZONE $4) + ('1 ' || $3)::interval) AT TIME ZONE $4 - clock_timestamp()
  ) * 1000)::float8 AS ends_in_ms`;

/** What processes have been given out of the limits of keys: the count that they share. */
@Injectable()
export class KeyGrantStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async take(request: GrantRequest): Promise<Grant> {
    const grant = (await this.update(request)) ?? (await this.first(request));
    return {
      given: Number(grant.given),
      left: Math.max(0, request.limit - Number(grant.granted)),
      windowStart: grant.window_start,
      endsInMs: Math.max(0, grant.ends_in_ms),
    };
  }

  /** Gives back what was not used of the window; of one that is over, nothing. */
  async giveBack(
    { lineId, name }: Pick<GrantRequest, 'lineId' | 'name'>,
    windowStart: Date,
    rest: number,
  ): Promise<void> {
    await this.database.query(
      `UPDATE key_grant SET granted = greatest(0, granted - $4) WHERE line_id = $1 AND kind = $2 AND window_start = $3`,
      [lineId, name, windowStart, rest],
    );
  }

  private async first(request: GrantRequest): Promise<GrantRow> {
    await this.database.query('INSERT INTO key_grant (line_id, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      request.lineId,
      request.name,
    ]);
    const row = await this.update(request);
    if (!row) throw new InvariantError('The count of a key has gone');
    return row;
  }

  private async update({ limit, lineId, name, need }: GrantRequest): Promise<GrantRow | undefined> {
    const { window } = LIMIT_KINDS[name];
    const values = [lineId, name, window, this.config.stats.timeZone, limit, need];
    const [row] = await this.database.query<GrantRow>(TAKE, values);
    return row;
  }
}
