import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import type { SyncScope } from './match.store.js';

/** Somebody whom the vendor may know under a mobile or e-mail. */
export interface LookupCandidate {
  readonly user: string;
  readonly mobile: string | null;
  readonly email: string | null;
}

/** People without an identity at the vendor, and what was asked about them in vain. */
@Injectable()
export class LookupStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By user id. Who was looked up in vain with the same mobile or e-mail within a week is left out. */
  async candidates({ account, family }: SyncScope, limit: number): Promise<readonly LookupCandidate[]> {
    return this.database.query<LookupCandidate>(
      `SELECT p.user_id AS user, m.wanted AS mobile, e.wanted AS email
       FROM person p
       LEFT JOIN LATERAL (SELECT p.mobile AS wanted WHERE p.mobile IS NOT NULL AND NOT EXISTS (
         SELECT FROM directory_lookup l WHERE l.account = $2 AND l.user_id = p.user_id AND l.wanted = p.mobile
           AND l.failed_at > now() - interval '7 days')) m ON true
       LEFT JOIN LATERAL (SELECT p.email AS wanted WHERE p.email IS NOT NULL AND NOT EXISTS (
         SELECT FROM directory_lookup l WHERE l.account = $2 AND l.user_id = p.user_id AND l.wanted = p.email
           AND l.failed_at > now() - interval '7 days')) e ON true
       WHERE p.active AND (m.wanted IS NOT NULL OR e.wanted IS NOT NULL)
         AND NOT EXISTS (SELECT FROM identity i WHERE i.user_id = p.user_id AND i.family = $1 AND i.stale_at IS NULL)
       ORDER BY p.user_id LIMIT $3`,
      [family, account, limit],
    );
  }

  /** Look-ups of the last 24 hours that found nobody. */
  async countFailures({ account }: SyncScope): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM directory_lookup
       WHERE account = $1 AND failed_at > now() - interval '24 hours'`,
      [account],
    );
    return row?.count ?? 0;
  }

  async noteFailure({ account, family }: SyncScope, user: string, wanted: string): Promise<void> {
    await this.database.query(
      `INSERT INTO directory_lookup (family, account, user_id, wanted) SELECT $1, $2, user_id, $4 FROM person
       WHERE user_id = $3 ON CONFLICT (account, user_id, wanted) DO UPDATE SET failed_at = now()`,
      [family, account, user, wanted],
    );
  }
}
