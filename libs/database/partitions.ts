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
