import { Inject, Injectable } from '@nestjs/common';
import type { HongyanError } from '#libs/core';
import { Database, type Alongside } from '#libs/database';
import { AccountReader } from './account-reader.js';

/** A refusal of the credentials in words, with the address that an operator may have to enter at the vendor. */
export const refusalText = ({ message, provider }: Pick<HongyanError, 'message' | 'provider'>): string =>
  provider?.callerIp === undefined ? message : `${message}, called from ${provider.callerIp}`;

/** A gate that holds the deliveries of an account back. */
export interface ClosedGate {
  readonly account: string;
  readonly channel: string;
  readonly gate: 'paused' | 'blocked' | 'breaker';
}

/** Opens and closes an account for sending. Deliveries behind a closed gate wait; none is lost and no attempt is used. */
@Injectable()
export class AccountGates {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountReader) private readonly reader: AccountReader,
  ) {}

  /**
   * Pauses the account until its credentials are replaced or a person resumes it. An operator's pause stays as it is.
   * @param reason code of the reason catalogue
   * @param text what the vendor said, already free of secrets; only those who may read accounts see it
   * @param usedVersion version of the account that was refused: nothing happens if it has changed since
   */
  async pauseForCredentials(code: string, reason: string, text: string, usedVersion?: number): Promise<void> {
    await this.database.query(
      `UPDATE account
       SET status = 'paused', paused_by = 'credentials', paused_reason = $2, paused_text = $3, paused_at = now(),
           version = version + 1, updated_at = now()
       WHERE code = $1 AND status = 'active' AND ($4::integer IS NULL OR version = $4)`,
      [code, reason, text, usedVersion ?? null],
    );
    this.reader.invalidate(code);
  }

  /** Pauses the account in a person's words; takes a pause for credentials over. */
  async pause(code: string, reason: string | undefined, alongside?: Alongside): Promise<void> {
    await this.change(
      code,
      alongside,
      `UPDATE account
       SET status = 'paused', paused_by = 'operator', paused_reason = $2, paused_text = NULL, paused_at = now(),
           version = version + 1, updated_at = now()
       WHERE code = $1`,
      [code, reason ?? null],
    );
  }

  /** Un-pauses the account and lets its token be fetched at once. Blocks that the vendor set stay. */
  async resume(code: string, alongside?: Alongside): Promise<void> {
    await this.change(
      code,
      alongside,
      `WITH resumed AS (
         UPDATE account
         SET status = 'active', paused_by = NULL, paused_reason = NULL, paused_text = NULL, paused_at = NULL,
             version = version + 1, updated_at = now()
         WHERE code = $1 AND status = 'paused' RETURNING code)
       UPDATE access_token SET retry_at = NULL WHERE account IN (SELECT code FROM resumed)`,
      [code],
    );
  }

  /**
   * Closes the account for `afterMs` from now by PostgreSQL's clock; of several blocks the longest counts.
   * Answers the end of the block that is in force, undefined for an account that is gone.
   */
  async blockUntil(code: string, afterMs: number): Promise<Date | undefined> {
    const [row] = await this.database.query<{ blocked_until: Date }>(
      `UPDATE account
       SET blocked_until = greatest(blocked_until, now() + $2::float8 * interval '1 millisecond')
       WHERE code = $1 RETURNING blocked_until`,
      [code, afterMs],
    );
    this.reader.invalidate(code);
    return row?.blocked_until;
  }

  /** Every gate that is closed now. */
  async listClosed(): Promise<readonly ClosedGate[]> {
    return this.database.query<ClosedGate>(
      `SELECT a.code AS account, a.channel, g.gate
       FROM account a CROSS JOIN LATERAL (VALUES
         ('paused', a.status = 'paused'),
         ('blocked', coalesce(a.blocked_until > now(), false)),
         ('breaker', a.breaker_opened_at IS NOT NULL)) AS g (gate, closed)
       WHERE g.closed ORDER BY 1, 3`,
    );
  }

  private async change(
    code: string,
    alongside: Alongside | undefined,
    text: string,
    values: readonly unknown[],
  ): Promise<void> {
    await this.database.transaction(async (sql) => {
      await sql.query(text, values);
      await alongside?.(sql);
    });
    this.reader.invalidate(code);
  }
}
