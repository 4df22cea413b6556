import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '#libs/database';
import { AccountReader } from './account-reader.js';

/** Failures in a row to reach the vendor that open the breaker. */
const TRIP_AFTER = 5;
/** Time between probes, over all processes: fast enough to notice the end of an outage, slow enough to be no load. */
const PROBE_EVERY_MS = 1_000;
/** Blocks after throttles in a row that do not say how long. The last one repeats. */
const THROTTLE_MS = [1_000, 2_000, 5_000] as const;

const COUNT_FAILURE = `
  UPDATE account SET breaker_failures = breaker_failures + 1,
    breaker_opened_at = CASE WHEN breaker_failures + 1 >= $2 THEN now() END,
    breaker_until = CASE WHEN breaker_failures + 1 >= $2 THEN now() + $3 * interval '1 ms' END
  WHERE code = $1 AND breaker_opened_at IS NULL
  RETURNING breaker_opened_at IS NOT NULL AS opened`;

/** Of any number of processes that ask at once, one gets the probe. */
const TAKE_PROBE = `
  UPDATE account SET breaker_until = now() + $2 * interval '1 ms'
  WHERE code = $1 AND breaker_opened_at IS NOT NULL AND breaker_until <= now() RETURNING code`;

const CLOSE = `
  UPDATE account SET breaker_failures = 0, breaker_opened_at = NULL, breaker_until = NULL,
    throttles = CASE WHEN $2 THEN throttles ELSE 0 END
  WHERE code = $1 AND (breaker_failures > 0 OR breaker_opened_at IS NOT NULL OR (throttles > 0 AND NOT $2))`;

/** Throttles during a block that is in force already belong to it: they were under way when it began. */
const THROTTLE = `
  WITH next AS (
    SELECT code, coalesce(blocked_until, '-infinity') <= now() AS is_new, throttles FROM account
    WHERE code = $1 FOR UPDATE
  )
  UPDATE account a SET
    throttles = CASE WHEN n.is_new THEN least(n.throttles + 1, cardinality($2::int[])) ELSE n.throttles END,
    blocked_until = CASE WHEN n.is_new
      THEN now() + ($2::int[])[least(n.throttles + 1, cardinality($2::int[]))] * interval '1 ms'
      ELSE a.blocked_until END
  FROM next n WHERE a.code = n.code
  RETURNING ceil(extract(epoch FROM a.blocked_until - now()) * 1000)::int AS wait_ms`;

/**
 * Keeps an account whose vendor cannot be reached from being tried by everything that waits. Its state is the account
 * row, so that all processes agree; what is asked on every send is only the account that the reader holds.
 */
@Injectable()
export class AccountBreaker {
  private readonly logger = new Logger(AccountBreaker.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountReader) private readonly reader: AccountReader,
  ) {}

  /** The vendor was not reached. True when the breaker is open now. */
  async countFailure(code: string): Promise<boolean> {
    const [row] = await this.database.query<{ opened: boolean }>(COUNT_FAILURE, [code, TRIP_AFTER, PROBE_EVERY_MS]);
    this.reader.invalidate(code);
    if (row?.opened) this.logger.warn({ event: 'breaker_opened', account: code });
    return row?.opened ?? true;
  }

  /** Whether the delivery at hand may be sent through the open breaker, to see whether the vendor is back. */
  async takeProbe(code: string): Promise<boolean> {
    const rows = await this.database.query(TAKE_PROBE, [code, PROBE_EVERY_MS]);
    return rows.length > 0;
  }

  /**
   * The vendor answered: failures are no longer in a row, and throttles are not unless it was one (`isThrottle`).
   * Writes only for an account that had trouble.
   */
  async noteAnswer(code: string, isThrottle = false): Promise<void> {
    const account = await this.reader.get(code);
    if (!account.hasTrouble) return;
    await this.database.query(CLOSE, [code, isThrottle]);
    this.reader.invalidate(code);
    if (account.breakerOpenedAt) this.logger.log({ event: 'breaker_closed', account: code });
  }

  /** The vendor asked to slow down and did not say for how long. Answers the wait in ms. */
  async throttle(code: string): Promise<number> {
    const [row] = await this.database.query<{ wait_ms: number }>(THROTTLE, [code, THROTTLE_MS]);
    this.reader.invalidate(code);
    return Math.max(0, row?.wait_ms ?? THROTTLE_MS[0]);
  }
}
