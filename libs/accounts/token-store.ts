import { Inject, Injectable } from '@nestjs/common';
import type { FetchedToken } from '#libs/channels';
import { Database } from '#libs/database';
import { SecretBox, type SealedSecret } from '#libs/security';
import type { TokenFailure } from './token-failure.js';

/** Longest time one process may take for a fetch before another may try. */
export const LEASE_MS = 10_000;

const SHORTEST_LIFE_S = 60;
const LONGEST_LIFE_S = 7_200;
const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 300_000;

/** A token this close to its end is no longer handed out: a call takes up to ten seconds. */
const MARGIN_MS = 10_000;

/** A token row as of now, by PostgreSQL's clock. */
export interface TokenState {
  /** 0: no row yet. */
  readonly version: number;
  /** Absent when there is none or its time is over. */
  readonly value?: string;
  /** Time for which `value` may be handed out. */
  readonly usableMs: number;
  readonly isLeased: boolean;
  /** Time until the next fetch is allowed. */
  readonly retryAfterMs: number;
  /** Why the last fetch failed; absent after a success. */
  readonly failure?: TokenFailure;
}

/** A token that needs a successor. */
export interface ExpiringToken {
  readonly account: string;
  readonly version: number;
}

interface TokenRow {
  readonly version: number;
  readonly value: SealedSecret | null;
  readonly usable_ms: number;
  readonly leased: boolean;
  readonly retry_after_ms: number;
  readonly last_error: TokenFailure | null;
}

const NO_TOKEN: TokenState = { version: 0, usableMs: 0, isLeased: false, retryAfterMs: 0 };

/** Where the token of an account belongs, as it is sealed for. */
export const tokenContext = (account: string): string => `access_token:${account}:api`;

function lifeSeconds(fetched: FetchedToken): number {
  const seconds = Number.isFinite(fetched.expiresInSeconds) ? fetched.expiresInSeconds : SHORTEST_LIFE_S;
  return Math.min(LONGEST_LIFE_S, Math.max(SHORTEST_LIFE_S, seconds));
}

/** The rows of `access_token`. Every write is conditional on the version, so whoever comes late changes nothing. */
@Injectable()
export class TokenStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  async read(account: string): Promise<TokenState> {
    const [row] = await this.database.query<TokenRow>(
      `SELECT version, value, last_error,
              coalesce(extract(epoch FROM expires_at - now()) * 1000 - $2, 0)::float8 AS usable_ms,
              coalesce(refreshing_until > now(), false) AS leased,
              greatest(coalesce(extract(epoch FROM retry_at - now()) * 1000, 0), 0)::float8 AS retry_after_ms
       FROM access_token WHERE account = $1 AND purpose = 'api'`,
      [account, MARGIN_MS],
    );
    return row ? this.toState(account, row) : NO_TOKEN;
  }

  /**
   * Takes the right to fetch the successor of `version`. Refused while another process holds it, after the version has
   * moved on, and during a back-off; `forced` renewals also keep the pause after the last forced one.
   */
  async lease(account: string, version: number, forced: boolean): Promise<boolean> {
    if (version === 0) await this.ensureRow(account);
    const rows = await this.database.query<{ version: number }>(
      `UPDATE access_token SET refreshing_until = now() + $3::float8 * interval '1 millisecond'
       WHERE account = $1 AND purpose = 'api' AND version = $2
         AND coalesce(refreshing_until, '-infinity') < now()
         AND (coalesce(retry_at, '-infinity') <= now() OR (failures = 0 AND NOT $4::boolean))
       RETURNING version`,
      [account, version, LEASE_MS, forced],
    );
    return rows.length > 0;
  }

  /** Stores the successor of `version`; undefined when the version has moved on meanwhile. */
  async save(
    account: string,
    version: number,
    fetched: FetchedToken,
    forced: boolean,
  ): Promise<{ readonly version: number; readonly usableMs: number } | undefined> {
    const seconds = lifeSeconds(fetched);
    const [row] = await this.database.query<{ version: number }>(
      `UPDATE access_token
       SET value = $3, version = version + 1, expires_at = now() + $4::float8 * interval '1 second',
           refreshed_at = now(), refreshing_until = NULL, failures = 0, last_error = NULL,
           retry_at = CASE WHEN $5::boolean THEN now() + $6::float8 * interval '1 millisecond' END
       WHERE account = $1 AND purpose = 'api' AND version = $2 RETURNING version`,
      [
        account,
        version,
        JSON.stringify(this.box.seal(fetched.value, tokenContext(account))),
        seconds,
        forced,
        FIRST_BACKOFF_MS,
      ],
    );
    return row && { version: row.version, usableMs: seconds * 1000 - MARGIN_MS };
  }

  /** Ends the lease without a token and backs off: 5 s, doubled per failure, at most 5 min; undefined as in `save`. */
  async fail(
    account: string,
    version: number,
    failure: TokenFailure,
    atLeastMs: number,
  ): Promise<{ readonly retryAfterMs: number } | undefined> {
    const [row] = await this.database.query<{ wait_ms: number }>(
      `UPDATE access_token
       SET refreshing_until = NULL, failures = failures + 1, last_error = $3,
           retry_at = now() + interval '1 millisecond'
             * greatest($4::float8, least($6::float8, $5::float8 * power(2, least(failures, 10))))
       WHERE account = $1 AND purpose = 'api' AND version = $2
       RETURNING (extract(epoch FROM retry_at - now()) * 1000)::float8 AS wait_ms`,
      [account, version, JSON.stringify(failure), atLeastMs, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS],
    );
    return row && { retryAfterMs: row.wait_ms };
  }

  /** Lets the next caller fetch at once. */
  async endBackoff(account: string): Promise<void> {
    await this.database.query(`UPDATE access_token SET retry_at = NULL WHERE account = $1`, [account]);
  }

  /**
   * Active accounts of the channels whose token ends within ten minutes (short-lived ones: within half their life),
   * or that have none while a live template uses them. Those in a back-off or being fetched are left out.
   */
  async listExpiring(channels: readonly string[]): Promise<readonly ExpiringToken[]> {
    return this.database.query<ExpiringToken>(
      `SELECT a.code AS account, coalesce(t.version, 0) AS version
       FROM account a LEFT JOIN access_token t ON t.account = a.code AND t.purpose = 'api'
       WHERE a.channel = ANY($1::text[]) AND a.status = 'active'
         AND coalesce(t.refreshing_until, '-infinity') < now()
         AND (coalesce(t.retry_at, '-infinity') <= now() OR t.failures = 0)
         AND CASE WHEN t.value IS NULL
             THEN EXISTS (
               SELECT 1 FROM template p JOIN template_version v ON v.template = p.code AND v.version = p.published_version
               WHERE p.deleted_at IS NULL AND p.enabled
                 AND jsonb_path_exists(v.definition, '$.routes[*] ? (@.account == $code || @.accounts[*] == $code)',
                                       jsonb_build_object('code', a.code)))
             ELSE t.expires_at - now() < least(interval '10 minutes', (t.expires_at - t.refreshed_at) / 2) END
       ORDER BY t.expires_at NULLS FIRST`,
      [channels],
    );
  }

  private async ensureRow(account: string): Promise<void> {
    await this.database.query(`INSERT INTO access_token (account) VALUES ($1) ON CONFLICT DO NOTHING`, [account]);
  }

  private toState(account: string, row: TokenRow): TokenState {
    const isUsable = row.value !== null && row.usable_ms > 0;
    return {
      version: row.version,
      ...(isUsable && row.value !== null && { value: this.box.open(row.value, tokenContext(account)) }),
      usableMs: Math.max(0, row.usable_ms),
      isLeased: row.leased,
      retryAfterMs: row.retry_after_ms,
      ...(row.last_error && { failure: row.last_error }),
    };
  }
}
