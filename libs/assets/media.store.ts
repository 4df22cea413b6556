import { Inject, Injectable } from '@nestjs/common';
import type { MediaKind, UploadForm, UploadedMedia } from '#libs/channels';
import { Database, sqlState } from '#libs/database';
import type { MediaFailure } from './media-failure.js';

/** Longest time one process may take for an upload before another may try; an upload takes at most ten seconds. */
export const LEASE_MS = 15_000;

/** An id this close to its end is replaced before it is used. */
export const RENEW_MS = 600_000;

/** An id this close to its end is no longer handed out at all: a call takes up to ten seconds. */
const MARGIN_MS = 15_000;

const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 300_000;

/** One file as one kind of media at one account's vendor. */
export interface MediaKey {
  readonly assetId: string;
  readonly account: string;
  readonly kind: MediaKind;
  readonly form: UploadForm;
}

/** A row as of now, by PostgreSQL's clock. */
export interface MediaState {
  readonly assetExists: boolean;
  /** 0: never uploaded. */
  readonly version: number;
  /** Absent when there is none or its time is over. */
  readonly value?: string;
  /** Time for which `value` may be handed out; infinite for what the vendor keeps. */
  readonly usableMs: number;
  readonly expiresAt?: Date;
  readonly isLeased: boolean;
  /** Time until the next upload is allowed. */
  readonly retryAfterMs: number;
  readonly failure?: MediaFailure;
}

interface MediaRow {
  readonly asset_exists: boolean;
  readonly version: number | null;
  readonly value: string | null;
  readonly usable_ms: number;
  readonly expires_at: Date | null;
  readonly leased: boolean;
  readonly retry_after_ms: number;
  readonly last_error: MediaFailure | null;
}

const MATCHES = 'm.asset_id = k.asset_id AND m.account = $1 AND m.kind = k.kind AND m.form = k.form';
const OWN = 'asset_id = $1 AND account = $2 AND kind = $3 AND form = $4';

/** Time for which a value may be handed out, less a margin; infinite for what the vendor keeps. */
const usableMs = (alias: string, margin: string): string =>
  `CASE WHEN ${alias}.expires_at IS NULL THEN 'Infinity'
     ELSE extract(epoch FROM ${alias}.expires_at - now()) * 1000 - ${margin}::float8 END::float8`;

const valuesOf = ({ account, assetId, form, kind }: MediaKey): readonly unknown[] => [assetId, account, kind, form];

/** The rows of `asset_media`. Every write is conditional on the version, so whoever comes late changes nothing. */
@Injectable()
export class MediaStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** In the order of the uses, one statement for all. Notes, at most hourly, that they are in use. */
  async read(account: string, uses: readonly Omit<MediaKey, 'account'>[]): Promise<MediaState[]> {
    const rows = await this.database.query<MediaRow>(
      `WITH k AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[]) WITH ORDINALITY AS k (asset_id, kind, form, place)),
            touched AS (UPDATE asset_media m SET used_at = now() FROM k
                        WHERE ${MATCHES} AND m.used_at < now() - interval '1 hour')
       SELECT a.id IS NOT NULL AS asset_exists, m.version, m.value, m.last_error, m.expires_at,
              ${usableMs('m', '$5')} AS usable_ms,
              coalesce(m.refreshing_until > now(), false) AS leased,
              greatest(coalesce(extract(epoch FROM m.retry_at - now()) * 1000, 0), 0)::float8 AS retry_after_ms
       FROM k LEFT JOIN asset a ON a.id = k.asset_id LEFT JOIN asset_media m ON ${MATCHES}
       ORDER BY k.place`,
      [
        account,
        uses.map(({ assetId }) => assetId),
        uses.map(({ kind }) => kind),
        uses.map(({ form }) => form),
        MARGIN_MS,
      ],
    );
    return rows.map(toState);
  }

  /** Takes the right to upload the successor of `version`; false while another process holds it or came first. */
  async lease(key: MediaKey, version: number): Promise<boolean> {
    if (version === 0 && !(await this.ensureRow(key))) return false;
    const rows = await this.database.query<{ version: number }>(
      `UPDATE asset_media SET refreshing_until = now() + $6::float8 * interval '1 millisecond'
       WHERE ${OWN} AND version = $5 AND coalesce(refreshing_until, '-infinity') < now()
         AND coalesce(retry_at, '-infinity') <= now()
       RETURNING version`,
      [...valuesOf(key), version, LEASE_MS],
    );
    return rows.length > 0;
  }

  /** Stores the successor of `version`; undefined when somebody came first or the asset is gone. */
  async save(
    key: MediaKey,
    version: number,
    media: UploadedMedia,
  ): Promise<{ readonly version: number; readonly usableMs: number } | undefined> {
    const [row] = await this.database.query<{ version: number; usable_ms: number }>(
      `UPDATE asset_media m
       SET value = $6, version = version + 1, uploaded_at = now(), used_at = now(), expires_at = $7,
           refreshing_until = NULL, retry_at = NULL, failures = 0, last_error = NULL
       WHERE ${OWN} AND version = $5 RETURNING version, ${usableMs('m', '$8')} AS usable_ms`,
      [...valuesOf(key), version, media.value, media.expiresAt ?? null, MARGIN_MS],
    );
    return row && { version: row.version, usableMs: Math.max(0, row.usable_ms) };
  }

  /** Ends the lease without a result and backs off: 5 s, doubled per failure, at most 5 min. */
  async fail(key: MediaKey, version: number, failure: MediaFailure, atLeastMs: number): Promise<number> {
    const [row] = await this.database.query<{ wait_ms: number }>(
      `UPDATE asset_media
       SET refreshing_until = NULL, failures = failures + 1, last_error = $6,
           retry_at = now() + interval '1 millisecond'
             * greatest($7::float8, least($9::float8, $8::float8 * power(2, least(failures, 10))))
       WHERE ${OWN} AND version = $5 RETURNING (extract(epoch FROM retry_at - now()) * 1000)::float8 AS wait_ms`,
      [...valuesOf(key), version, JSON.stringify(failure), atLeastMs, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS],
    );
    return row?.wait_ms ?? 0;
  }

  /** Ends the lease; the next one who asks uploads at once. */
  async release(key: MediaKey, version: number): Promise<void> {
    const text = `UPDATE asset_media SET refreshing_until = NULL WHERE ${OWN} AND version = $5`;
    await this.database.query(text, [...valuesOf(key), version]);
  }

  /**
   * Media that end within ten minutes and were used within three days, of active accounts, oldest end first. Those in a
   * back-off or being uploaded are left out.
   */
  async listExpiring(limit: number): Promise<(MediaKey & { readonly version: number })[]> {
    return this.database.query(
      `SELECT m.asset_id AS "assetId", m.account, m.kind, m.form, m.version
       FROM asset_media m JOIN account a ON a.code = m.account AND a.status = 'active'
       WHERE m.expires_at < now() + $1::float8 * interval '1 millisecond' AND m.value IS NOT NULL
         AND m.used_at > now() - interval '3 days'
         AND coalesce(a.blocked_until, '-infinity') <= now()
         AND coalesce(m.refreshing_until, '-infinity') < now() AND coalesce(m.retry_at, '-infinity') <= now()
       ORDER BY m.expires_at LIMIT $2`,
      [RENEW_MS + MARGIN_MS, limit],
    );
  }

  /** False when the asset or the account is gone. */
  private async ensureRow(key: MediaKey): Promise<boolean> {
    try {
      await this.database.query(
        'INSERT INTO asset_media (asset_id, account, kind, form) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        valuesOf(key),
      );
      return true;
    } catch (error) {
      if (sqlState(error) === FOREIGN_KEY_VIOLATION) return false;
      throw error;
    }
  }
}

const FOREIGN_KEY_VIOLATION = '23503';

function toState(row: MediaRow): MediaState {
  return {
    assetExists: row.asset_exists,
    version: row.version ?? 0,
    ...(row.value !== null && row.usable_ms > 0 && { value: row.value }),
    usableMs: Math.max(0, row.usable_ms),
    ...(row.expires_at && { expiresAt: row.expires_at }),
    isLeased: row.leased,
    retryAfterMs: row.retry_after_ms,
    ...(row.last_error && { failure: row.last_error }),
  };
}
