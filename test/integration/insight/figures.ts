import type { Database } from '#libs/database';
import { RecountStore, StatFoldStore } from '#libs/insight';
import { testConfig } from '#libs/testing';

interface Asks {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The same figures counted in a way of their own, without minutes and without anything of the product. */
const FAULTS = `
  WITH counted AS (
    SELECT 'recipients' AS measure, d.caller_id, coalesce(m.template, '') AS template, d.channel, d.account,
      r.status AS label, coalesce(r.reason, '') AS detail, count(*)::int AS n
    FROM recipient r JOIN delivery d ON d.message_id = r.message_id AND d.no = r.delivery_no
    JOIN message m ON m.id = r.message_id GROUP BY 2, 3, 4, 5, 6, 7
    UNION ALL
    SELECT 'messages', caller_id, coalesce(template, ''), '', '', '', '', count(*)::int FROM message GROUP BY 2, 3
    UNION ALL
    SELECT 'latency', d.caller_id, '', d.channel, d.account, '', '', count(*)::int
    FROM recipient r JOIN delivery d ON d.message_id = r.message_id AND d.no = r.delivery_no
    WHERE r.status IN ('sent', 'delivered', 'read', 'recalled') AND d.sent_at IS NOT NULL GROUP BY 2, 4, 5
    UNION ALL
    SELECT 'calls', d.caller_id, '', d.channel, d.account, a.code, coalesce(a.reason, ''), count(*)::int
    FROM attempt a JOIN delivery d ON d.message_id = a.message_id AND d.no = a.delivery_no
    WHERE a.outcome <> 'sent' AND a.code IS NOT NULL GROUP BY 2, 4, 5, 6, 7
  ), kept AS (
    SELECT measure, caller_id, CASE WHEN measure IN ('recipients', 'messages') THEN template ELSE '' END AS template,
      CASE measure WHEN 'messages' THEN '' ELSE channel END AS channel,
      CASE measure WHEN 'messages' THEN '' ELSE account END AS account,
      CASE measure WHEN 'latency' THEN '' ELSE label END AS label, detail, sum(n)::int AS n
    FROM (SELECT * FROM %LEVEL% UNION ALL SELECT * FROM stat_delta) s
    WHERE measure IN ('recipients', 'messages', 'latency', 'calls') GROUP BY 1, 2, 3, 4, 5, 6, 7
  )
  SELECT format('%LEVEL% %s %s/%s %s %s: %s kept, %s counted', measure, channel, account, label, detail,
    coalesce(k.n, 0), coalesce(c.n, 0)) AS fault
  FROM kept k FULL JOIN counted c USING (measure, caller_id, template, channel, account, label, detail)
  WHERE coalesce(k.n, 0) <> coalesce(c.n, 0)`;

/** Where the roll-up differs from the rows, on any level. */
export async function faultsInFigures({ query }: Asks): Promise<string[]> {
  const faults: string[] = [];
  for (const level of ['stat_minute', 'stat_hour', 'stat_day']) {
    const rows = await query<{ fault: string }>(FAULTS.replaceAll('%LEVEL%', level));
    faults.push(...rows.map(({ fault }) => fault));
  }
  return faults;
}

/** Counts the last two hours from the rows again; answers what was put right. */
export async function recount(database: Database): Promise<string[]> {
  const recounts = new RecountStore(database);
  const now = new Date();
  await recounts.ask(new Date(now.getTime() - 3_600_000), now, 14);
  const found: string[] = [];
  for (let counted = await recounts.countNext(); counted; counted = await recounts.countNext()) {
    found.push(...counted.differences.map(({ detail, label, measure, n }) => `${measure} ${label} ${detail}: ${n}`));
  }
  return found;
}

export const foldStore = (database: Database): StatFoldStore => new StatFoldStore(database, testConfig());

/** Folds; every other time the process ends before its transaction does. */
export async function foldOrCrash(database: Database, pick: number): Promise<void> {
  if (pick % 2 === 0) {
    await foldStore(database).fold();
    return;
  }
  const crash = new Error('crash');
  const crashing = {
    transaction: (work: Parameters<Database['transaction']>[0]) =>
      database.transaction(async (sql) => {
        await work(sql);
        throw crash;
      }),
  } as unknown as Database;
  await foldStore(crashing)
    .foldPage()
    .catch((error: unknown) => {
      if (error !== crash) throw error;
    });
}
