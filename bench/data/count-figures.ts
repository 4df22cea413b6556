import pg from 'pg';

const KEY = 'measure, at, caller_id, template, channel, account, label, detail';

/** As the triggers would have counted them, by the hour; minutes are kept for the last days only. */
const COUNT = `
  CREATE TEMP TABLE counted AS
  SELECT f.measure, g.at, g.caller_id, g.template, g.channel, g.account, f.label, f.detail, sum(f.n)::bigint AS n
  FROM (
    SELECT date_trunc('minute', m.created_at) AS at, m.caller_id, m.template, d.channel, d.account, m.status,
      coalesce(m.reason, '') AS reason, stat_bucket_of(d.sent_at - m.created_at) AS bucket,
      sum(m.recipient_count) AS people, count(*) AS messages
    FROM message m JOIN delivery d ON d.message_id = m.id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) g
  CROSS JOIN LATERAL (VALUES ('recipients', g.status, g.reason, g.people), ('messages', '', '', g.messages),
    ('latency', g.bucket, '', CASE WHEN g.bucket IS NOT NULL THEN g.people END)) f (measure, label, detail, n)
  WHERE f.n <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;

const addTo = (table: string, start: string, where = 'true'): string => `
  INSERT INTO ${table} (${KEY}, n)
  SELECT measure, ${start}, caller_id, template, channel, account, label, detail, sum(n) FROM counted
  WHERE ${where} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`;

/** Once, when all messages are there. */
export async function countFigures(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench-fill' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM stat_hour LIMIT 1');
    if (rowCount) return;
    await client.query(`SET work_mem = '512MB'; SET jit = off`);
    await client.query(COUNT);
    await client.query(addTo('stat_minute', 'at', `at > now() - interval '14 days'`));
    await client.query(addTo('stat_hour', `date_trunc('hour', at, 'UTC')`));
    await client.query(addTo('stat_day', `date_trunc('day', at, 'Asia/Shanghai')`));
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}
