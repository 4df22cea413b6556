import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every figure is kept by. `label` and `detail` depend on the measure; an absent text is the empty one. */
const KEY = `
  measure    text NOT NULL,
  at         timestamptz NOT NULL,
  caller_id  uuid NOT NULL,
  template   text NOT NULL,
  channel    text NOT NULL,
  account    text NOT NULL,
  label      text NOT NULL,
  detail     text NOT NULL`;

const KEY_COLUMNS = 'measure, at, caller_id, template, channel, account, label, detail';

/** The start of the minute inside a UUIDv7. */
const MINUTE = `
  CREATE FUNCTION stat_minute_of(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 60000 * 60)
  $$`;

/** Eight buckets per doubling: bucket b holds what is above 2^((b-1)/8) and up to 2^(b/8) milliseconds. */
const BUCKET = `
  CREATE FUNCTION stat_bucket_of(waited interval) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN waited IS NOT NULL
      THEN ceil(8 * ln(greatest(extract(epoch FROM waited)::float8 * 1000, 1)) / ln(2::float8))::int::text END
  $$`;

/** From when it was due to when it was sent: null unless it was. */
const TOOK = `CASE WHEN c.status IN ('sent', 'delivered', 'read', 'recalled')
  THEN d.sent_at - CASE WHEN d.kind = 'replay' THEN d.created_at ELSE greatest(m.created_at, m.send_at) END END`;

/** How much of that it stood in line for a slot. */
const IN_LINE_MS = `CASE WHEN c.status IN ('sent', 'delivered', 'read', 'recalled')
  THEN floor(extract(epoch FROM d.sent_at - d.line_at) * 1000)::bigint END`;

const MEASURES = `
    ('recipients', g.minute, g.status, g.reason, g.n),
    ('messages', g.minute, '', '', g.firsts),
    ('latency', g.minute, g.bucket, '', CASE WHEN g.bucket IS NOT NULL THEN g.n END),
    ('throttled', g.minute, '', '', g.in_line_ms)`;

/**
 * From rows of deliveries by state (`c.n` of them, `c.firsts` the first ones of their messages) to figures. Grouped
 * before they are spread over the measures: many rows become few, and few are cheap.
 */
const figuresOf = (rows: string, place: string, measures = MEASURES): string => `
  SELECT v.measure, v.at, g.caller_id, g.template, g.channel, g.account, v.label, v.detail, sum(v.n)
  FROM (
    SELECT stat_minute_of(c.message_id) AS minute, d.caller_id, coalesce(m.template, '') AS template,
      ${place}, c.status, c.reason, stat_bucket_of(${TOOK}) AS bucket, sum(c.n)::bigint AS n,
      sum(c.firsts)::bigint AS firsts, sum(c.n * ${IN_LINE_MS})::bigint AS in_line_ms,
      count(*) FILTER (WHERE c.status = 'pending' AND c.n < 0) AS emptied
    FROM ${rows} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) g
  CROSS JOIN LATERAL (VALUES ${measures}) v (measure, at, label, detail, n)
  WHERE v.n <> 0
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(v.n) <> 0`;

/** Deliveries of which nobody waits any more, by the minute in which that came about: how fast an account sends. */
const EMPTIED = `,
    ('emptied', date_trunc('minute', now()), '', '', g.emptied)`;

const CHANGED = `changed c
    JOIN delivery d ON d.message_id = c.message_id AND d.no = c.delivery_no
    JOIN message m ON m.id = c.message_id`;

const APPEND = `
  INSERT INTO stat_delta (${KEY_COLUMNS}, n)
  ${figuresOf(CHANGED, 'd.channel, d.account', MEASURES + EMPTIED)}`;

const changedRows = (rows: string): string => `
  WITH changed AS (
    SELECT message_id, delivery_no, status, coalesce(reason, '') AS reason, sum(sign)::int AS n,
      (sum(sign * (row_no = 1)::int))::int AS firsts
    FROM (${rows}) r GROUP BY 1, 2, 3, 4
    HAVING sum(sign) <> 0 OR sum(sign * (row_no = 1)::int) <> 0
  )`;

const rowsOf = (source: string, sign: 1 | -1): string =>
  `SELECT message_id, row_no, delivery_no, status, reason, ${sign} AS sign FROM ${source}`;

/**
 * Joined by index whatever the planner believes: the statement is planned when the tables may still be empty, and the
 * plan is kept by the connection.
 */
const BY_INDEX = `SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off`;

const triggerFunction = (name: string, body: string): string => `
  CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  BEGIN
    ${body}
    RETURN NULL;
  END $$`;

const RECIPIENTS_ADDED = triggerFunction('stat_recipients_added', `${changedRows(rowsOf('new_rows', 1))} ${APPEND};`);

const RECIPIENTS_CHANGED = triggerFunction(
  'stat_recipients_changed',
  `IF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;
   ${changedRows(`${rowsOf('new_rows', 1)} UNION ALL ${rowsOf('old_rows', -1)}`)} ${APPEND};`,
);

/** A delivery of a pool goes over to another account: its rows are counted there from now on, as they are. */
const DELIVERY_MOVED = triggerFunction(
  'stat_delivery_moved',
  `INSERT INTO stat_delta (${KEY_COLUMNS}, n)
   ${figuresOf(
     `(SELECT r.message_id, r.status, coalesce(r.reason, '') AS reason, p.channel, p.account, sum(p.sign)::int AS n,
         sum(p.sign * (r.row_no = 1)::int)::int AS firsts
       FROM recipient r
       CROSS JOIN (VALUES (NEW.channel, NEW.account, 1), (OLD.channel, OLD.account, -1)) p (channel, account, sign)
       WHERE r.message_id = NEW.message_id AND r.delivery_no = NEW.no GROUP BY 1, 2, 3, 4, 5) c
     JOIN message m ON m.id = c.message_id
     CROSS JOIN (SELECT NEW.*) d`,
     'c.channel, c.account',
   )};`,
);

/** Calls that the vendor answered with something else than success, by its code. */
const CALL_ENDED = triggerFunction(
  'stat_call_ended',
  `INSERT INTO stat_delta (${KEY_COLUMNS}, n)
   SELECT 'calls', stat_minute_of(NEW.message_id), d.caller_id, coalesce(m.template, ''), d.channel, d.account,
     v.code, v.reason, sum(v.n)
   FROM (VALUES (NEW.outcome, NEW.code, coalesce(NEW.reason, ''), 1), (OLD.outcome, OLD.code, coalesce(OLD.reason, ''), -1))
     v (outcome, code, reason, n)
   JOIN delivery d ON d.message_id = NEW.message_id AND d.no = NEW.delivery_no
   JOIN message m ON m.id = NEW.message_id
   WHERE v.outcome <> 'sent' AND v.code IS NOT NULL
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(v.n) <> 0;`,
);

const TRIGGERS = [
  `CREATE TRIGGER stat_recipients_added AFTER INSERT ON recipient REFERENCING NEW TABLE AS new_rows
   FOR EACH STATEMENT EXECUTE FUNCTION stat_recipients_added()`,
  `CREATE TRIGGER stat_recipients_changed AFTER UPDATE ON recipient
   REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
   FOR EACH STATEMENT EXECUTE FUNCTION stat_recipients_changed()`,
  `CREATE TRIGGER stat_delivery_moved AFTER UPDATE OF account, channel ON delivery FOR EACH ROW
   WHEN (OLD.account <> NEW.account OR OLD.channel <> NEW.channel) EXECUTE FUNCTION stat_delivery_moved()`,
  `CREATE TRIGGER stat_call_ended AFTER UPDATE OF outcome ON attempt FOR EACH ROW
   WHEN ((NEW.outcome <> 'sent' AND NEW.code IS NOT NULL) OR (OLD.outcome <> 'sent' AND OLD.code IS NOT NULL))
   EXECUTE FUNCTION stat_call_ended()`,
];

/** The hours in which something was accepted before anybody counted: they are counted from the rows, one by one. */
const COUNT_WHAT_IS_THERE = `
  INSERT INTO stat_recount (hour, is_history)
  SELECT generate_series(
    date_trunc('hour', stat_minute_of((SELECT id FROM message ORDER BY id LIMIT 1)), 'UTC'), now(), interval '1 hour'), true
  WHERE EXISTS (SELECT FROM message)`;

/**
 * Figures by minute of acceptance. What changes rows appends what it changes, in its own transaction, because triggers
 * do it: no statement can forget it, and a process of the version before counts as well.
 */
export class Statistics1700000000018 implements MigrationInterface {
  name = 'Statistics1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE stat_delta (${KEY}, n bigint NOT NULL)
      WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000)`);
    for (const table of ['stat_minute', 'stat_hour', 'stat_day']) {
      await runner.query(`CREATE TABLE ${table} (${KEY}, n bigint NOT NULL, PRIMARY KEY (${KEY_COLUMNS}))
                          WITH (fillfactor = 80)`);
    }
    await runner.query(`
      CREATE TABLE stat_recount (
        hour          timestamptz PRIMARY KEY,
        is_due        boolean NOT NULL DEFAULT true,
        is_history    boolean NOT NULL DEFAULT false,
        counted_at    timestamptz,
        next_minute   smallint NOT NULL DEFAULT 0,
        differences   bigint NOT NULL DEFAULT 0
      )`);
    await runner.query(`CREATE INDEX stat_recount_due_idx ON stat_recount (hour) WHERE is_due`);
    for (const statement of [MINUTE, BUCKET, RECIPIENTS_ADDED, RECIPIENTS_CHANGED, DELIVERY_MOVED, CALL_ENDED]) {
      await runner.query(statement);
    }
    // In the order in which most statements come by them, so that hardly any has to be repeated.
    await runner.query(`LOCK TABLE delivery, attempt, recipient IN SHARE ROW EXCLUSIVE MODE`);
    for (const statement of TRIGGERS) await runner.query(statement);
    await runner.query(COUNT_WHAT_IS_THERE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER stat_recipients_added ON recipient`);
    await runner.query(`DROP TRIGGER stat_recipients_changed ON recipient`);
    await runner.query(`DROP TRIGGER stat_delivery_moved ON delivery`);
    await runner.query(`DROP TRIGGER stat_call_ended ON attempt`);
    await runner.query(`DROP FUNCTION stat_recipients_added, stat_recipients_changed, stat_delivery_moved,
      stat_call_ended, stat_minute_of, stat_bucket_of`);
    await runner.query(`DROP TABLE stat_delta, stat_minute, stat_hour, stat_day, stat_recount`);
  }
}
