import { Inject, Injectable } from '@nestjs/common';
import { Database, type Sql } from '#libs/database';

/** What depends on an account. */
export interface AccountUsage {
  /** Codes of templates whose published or newest version names it; at most 100. */
  readonly templates: readonly string[];
  /** Deliveries that are not finished, without those that a digest carries; counted up to 10,000. */
  readonly openDeliveries: number;
}

/** Finds what still needs an account. */
@Injectable()
export class AccountUsageQuery {
  constructor(@Inject(Database) private readonly database: Database) {}

  async of(code: string, sql: Sql = this.database): Promise<AccountUsage> {
    const templates = await sql.query<{ code: string }>(
      `SELECT DISTINCT t.code FROM template t
       JOIN template_version v ON v.template = t.code AND v.version IN (t.published_version, t.latest_version)
       WHERE t.deleted_at IS NULL
         AND jsonb_path_exists(v.definition, '$.routes[*] ? (@.account == $code || @.accounts[*] == $code)',
                               jsonb_build_object('code', $1::text))
       ORDER BY t.code LIMIT 100`,
      [code],
    );
    const [open] = await sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM delivery WHERE account = $1 AND status IN ('accepted', 'scheduled') AND merged_into IS NULL
         UNION ALL SELECT 1 FROM delivery WHERE account = $1 AND status = 'sending'
         LIMIT 10000) AS open`,
      [code],
    );
    return { templates: templates.map((row) => row.code), openDeliveries: open?.count ?? 0 };
  }
}
