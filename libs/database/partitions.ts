import type { Sql } from './database.js';

/** The tables that are range-partitioned by month on a message id. */
export const partitionedTables = ['message', 'delivery', 'recipient', 'attempt', 'event'] as const;

const MONTHS_BACK = 1;
const MONTHS_AHEAD = 4;

const firstOfMonth = (now: Date, offset: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));

/** The smallest UUID of an instant. */
function boundary(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** A calendar month in UTC, the reach of one partition of each table. */
export interface PartitionMonth {
  /** `2026_11`, as the partitions are named. */
  readonly name: string;
  readonly endsAt: Date;
  /** The smallest id inside and the smallest one after it. */
  readonly fromId: string;
  readonly toId: string;
}

const suffix = (month: Date): string => `${month.getUTCFullYear()}_${String(month.getUTCMonth() + 1).padStart(2, '0')}`;

/**
 * Creates the monthly partitions from last month to four months ahead (a send may be planned 90 days ahead, but its id
 * is of today; the margin is for a maintenance task that has not run for long). Safe to run at any time and twice.
 */
export async function createPartitions(run: (sql: string) => Promise<unknown>, now: Date): Promise<void> {
  for (let offset = -MONTHS_BACK; offset < MONTHS_AHEAD; offset += 1) {
    const month = firstOfMonth(now, offset);
    const from = boundary(month);
    const to = boundary(firstOfMonth(now, offset + 1));
    for (const table of partitionedTables) {
      await run(`CREATE TABLE IF NOT EXISTS ${table}_${suffix(month)} PARTITION OF ${table}
                 FOR VALUES FROM ('${from}') TO ('${to}')`);
    }
  }
}

const NAMED = /_(\d{4})_(\d{2})$/;

function monthOf(partition: string): PartitionMonth | undefined {
  const [, year, month] = NAMED.exec(partition) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const begin = new Date(Date.UTC(Number(year), Number(month) - 1, 1));
  const endsAt = firstOfMonth(begin, 1);
  return { name: `${year}_${month}`, endsAt, fromId: boundary(begin), toId: boundary(endsAt) };
}

/** The months for which there are partitions, oldest first. */
export async function listMonths(sql: Sql): Promise<readonly PartitionMonth[]> {
  const rows = await sql.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'message'::regclass ORDER BY 1`,
  );
  return rows.flatMap(({ name }) => monthOf(name) ?? []);
}

/** Drops a month of every partitioned table. The parents are locked for a moment: `sql` should bound the wait. */
export async function dropMonth(sql: Sql, { name }: PartitionMonth): Promise<void> {
  await sql.query(`DROP TABLE IF EXISTS ${partitionedTables.map((table) => `${table}_${name}`).join(', ')}`);
}
