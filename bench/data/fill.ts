import pg from 'pg';

/** Messages of one transaction. */
const CHUNK = 50_000;
/** Back from the first fill: within the partitions that there are. */
const DAYS = 50;
const PEOPLE = 200_000;

export type Tell = (line: string) => void;

/** A number from 0 to 1 that belongs to a message and a purpose. */
const chance = (purpose: string): string => `((hashtextextended(n::text, ${purpose}) & 1048575) / 1048576.0)`;

/** Any 32 digits as a UUIDv7. */
const uuidOf = (digits: string): string =>
  `overlay(overlay(${digits} placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid`;

/**
 * One row for each message of a chunk: $1 to $2 of $3, of which the last one is of now. Popular templates are very popular.
 * One in ten goes to five people; 96.5 % are sent.
 */
const SEEDS = `
  CREATE TEMP TABLE seed ON COMMIT DROP AS
  SELECT s.*, p."callerId"::uuid AS caller_id, p.template, p.channel, p.account,
    ${uuidOf(`overlay(md5(n::text) placing lpad(to_hex(ms), 12, '0') from 1 for 12)`)} AS id,
    to_timestamp(ms / 1000.0) AS at, to_timestamp((ms + took) / 1000.0) AS sent_at
  FROM (
    SELECT n, (extract(epoch FROM b.ends) * 1000 - ($3 - n) * (${DAYS} * 86400000.0 / $3))::bigint AS ms,
      CASE WHEN ${chance('7')} < 0.1 THEN 5 ELSE 1 END AS people,
      least(30000, exp(4 + 1.2 * (${chance('1')} + ${chance('2')} + ${chance('3')})))::int AS took,
      CASE WHEN ${chance('4')} < 0.965 THEN 'sent' WHEN ${chance('4')} < 0.98 THEN 'failed' WHEN ${chance('4')} < 0.99
        THEN 'suppressed' WHEN ${chance('4')} < 0.995 THEN 'unknown' ELSE 'expired' END AS status,
      CASE WHEN n % 100000 = 7 THEN 40 ELSE floor(40 * power(${chance('5')}, 3))::int END AS place
    FROM generate_series($1::bigint, $2::bigint) n, bench_span b) s
  JOIN bench_place p ON p.no = s.place`;

const REASON = `CASE status WHEN 'failed' THEN 'no_license' WHEN 'suppressed' THEN 'duplicate_content'
  WHEN 'unknown' THEN 'timeout' WHEN 'expired' THEN 'expired' END`;

const MESSAGES = `
  INSERT INTO message (id, caller_id, template, template_version, status, reason, priority, params, business_key, batch_id,
    expire_at, recipient_count, delivery_count, row_count, open_rows, n_sent, n_failed, n_suppressed, n_unknown, n_expired,
    created_at, updated_at)
  SELECT id, caller_id, template, 1, status, ${REASON}, 10, jsonb_build_object('text', 'order ' || n || ' was paid', 'orderId', n),
    CASE WHEN n % 4 = 0 THEN 'order:' || n END, CASE WHEN n % 5 = 0 THEN ${uuidOf('md5((n / 1000)::text)')} END,
    at + interval '1 day', people, 1, people, 0,
    CASE status WHEN 'sent' THEN people ELSE 0 END, CASE status WHEN 'failed' THEN people ELSE 0 END,
    CASE status WHEN 'suppressed' THEN people ELSE 0 END, CASE status WHEN 'unknown' THEN people ELSE 0 END,
    CASE status WHEN 'expired' THEN people ELSE 0 END, at, sent_at FROM seed`;

const DELIVERIES = `
  INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, status, reason, priority, resend_budget,
    expire_at, publish_at, publish_no, fence, attempts, provider_msg_id, response_code, sent_at, created_at, updated_at)
  SELECT id, 1, 'first', 1, channel, account, caller_id, status, ${REASON}, 10, 1, at + interval '1 day', at, 1, 1, 1,
    CASE status WHEN 'sent' THEN 'msg-' || n END, NULL, CASE status WHEN 'sent' THEN sent_at END, at, sent_at FROM seed`;

const RECIPIENTS = `
  INSERT INTO recipient (message_id, row_no, delivery_no, route_no, ref, addressee_type, addressee_id, provider_user_id, status,
    reason, updated_at)
  SELECT id, r, 1, 1, 'user:u' || who, 'user', 'u' || who, 'u' || who, status, ${REASON}, sent_at
  FROM seed, generate_series(1, people) r, LATERAL (SELECT (n * 7919 + r * 104729) % ${PEOPLE} AS who) w`;

const ATTEMPTS = `
  INSERT INTO attempt (message_id, delivery_no, no, started_at, finished_at, outcome, reason, code, provider_msg_id, exchange)
  SELECT id, 1, 1, at, sent_at, CASE status WHEN 'sent' THEN 'sent' WHEN 'unknown' THEN 'unknown' ELSE 'rejected' END,
    ${REASON}, CASE status WHEN 'sent' THEN '0' WHEN 'failed' THEN '60111' END, CASE status WHEN 'sent' THEN 'msg-' || n END,
    jsonb_build_object('request', jsonb_build_object('method', 'POST', 'url', '/cgi-bin/message/send?access_token=***',
      'body', jsonb_build_object('touser', 'u' || n, 'msgtype', 'text', 'agentid', 1000002)),
      'response', jsonb_build_object('status', 200, 'body', jsonb_build_object('errcode', 0, 'errmsg', 'ok', 'msgid', 'msg-' || n)))
  FROM seed WHERE status IN ('sent', 'failed', 'unknown')`;

const KEYS = `
  INSERT INTO business_key (caller_id, key, message_id, request_hash)
  SELECT caller_id, 'order:' || n, id, decode(md5(n::text), 'hex') FROM seed WHERE n % 4 = 0`;

/** Rows straight into the tables, in the order of time. Figures are counted at the end instead of by triggers. */
export async function fill(databaseUrl: string, messages: number, tell: Tell): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench-fill' });
  await client.connect();
  try {
    await client.query(`CREATE TABLE IF NOT EXISTS bench_span (ends timestamptz, messages bigint, filled bigint)`);
    await client.query(`INSERT INTO bench_span SELECT now(), $1::bigint, 0 WHERE NOT EXISTS (SELECT FROM bench_span)`, [
      messages,
    ]);
    const { rows } = await client.query<{ filled: string; messages: string }>('SELECT * FROM bench_span');
    const [span] = rows;
    if (Number(span?.messages) !== messages) {
      throw new Error(`This folder is for ${span?.messages} messages: take another one with --data`);
    }
    await client.query('SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off');
    const startedMs = performance.now();
    const from = Number(span?.filled ?? 0);
    for (let done = from; done < messages; done += CHUNK) {
      await chunk(client, done, Math.min(messages, done + CHUNK), messages);
      const perSecond = ((done + CHUNK - from) / (performance.now() - startedMs)) * 1000;
      tell(`${Math.min(messages, done + CHUNK)} messages, ${Math.round(perSecond)} per second`);
    }
  } finally {
    await client.end();
  }
}

async function chunk(client: pg.Client, done: number, until: number, messages: number): Promise<void> {
  await client.query('BEGIN');
  await client.query(SEEDS, [done + 1, until, messages]);
  for (const statement of [MESSAGES, DELIVERIES, RECIPIENTS, ATTEMPTS, KEYS]) await client.query(statement);
  await client.query('UPDATE bench_span SET filled = $1', [until]);
  await client.query('COMMIT');
}
