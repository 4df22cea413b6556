import { PreparedStatement, UnnestTable } from '#libs/database';
import { MARGIN, MOST_REMEMBERED, isCounted, type AppliedLimit } from './applied-limits.js';

/** The vendors' days and months are China's. */
const ZONE = `'Asia/Shanghai'`;

/** Large rolling windows are counted in sixths: the part under way and the six before it hold every call of the window. */
export const PARTS = 6;

/** How long a rolling window of limit `s` lasts: longer than the vendor's, whose clock is not ours. */
export const lengthSql = (s: string): string =>
  `((${s}.seconds + least(${MARGIN.seconds}, ${MARGIN.share} * ${s}.seconds)) * interval '1 second')`;

/** Begin of the window of limit `s`. */
export const sinceSql = (s: string): string => `CASE ${s}.period
  WHEN 'rolling' THEN now() - ${lengthSql(s)}
  ELSE date_trunc(${s}.period, now() AT TIME ZONE ${ZONE}) AT TIME ZONE ${ZONE} END`;

/** Number of the part of the window of limit `s` in which an instant lies. */
export const slotSql = (s: string, at: string): string => `(CASE ${s}.period
  WHEN 'rolling' THEN floor(extract(epoch FROM ${at}) * ${PARTS} / ${s}.seconds)
  WHEN 'day' THEN floor(extract(epoch FROM ${at} AT TIME ZONE ${ZONE}) / 86400)
  ELSE extract(year FROM ${at} AT TIME ZONE ${ZONE}) * 12 + extract(month FROM ${at} AT TIME ZONE ${ZONE}) END)::bigint`;

/** The oldest part that still counts. */
export const firstSlotSql = (s: string): string =>
  `(${slotSql(s, 'now()')} - CASE ${s}.period WHEN 'rolling' THEN ${PARTS} ELSE 0 END)`;

/** What the ledger row `w` holds of the window that begins at `since`, or with the part `first`. */
export const usedSql = (w: string, s: string, since: string, first: string): string => `greatest(
  CASE WHEN ${s}.people THEN 0 ELSE (SELECT count(*) FROM unnest(${w}.calls) AS c (at) WHERE c.at > ${since}) END,
  (SELECT coalesce(sum(k.n), 0) FROM unnest(${w}.keys, ${w}.slots, ${w}.counts) AS k (key, slot, n)
   WHERE k.key = ${s}.key AND k.slot >= ${first}))`;

/** A limit of an account on its way into a statement. */
export interface LimitRow {
  readonly account: string;
  readonly limit: AppliedLimit;
}

export const limitRows = new UnnestTable<LimitRow>('s', {
  account: ['text', ({ account }) => account],
  scope: ['text', ({ limit }) => limit.scope],
  key: ['text', ({ limit }) => limit.key],
  period: ['text', ({ limit }) => limit.period],
  seconds: ['integer', ({ limit }) => limit.windowSeconds],
  max: ['integer', ({ limit }) => limit.max],
  reserve: ['integer', ({ limit }) => limit.reserve],
  people: ['boolean', ({ limit }) => limit.countsPeople],
  counted: ['boolean', ({ limit }) => isCounted(limit)],
});

/** A delivery that wants to leave. */
export interface AskRow {
  /** Its place in the batch: older ones first. */
  readonly n: number;
  readonly account: string;
  readonly messageId: string;
  readonly priority: number;
  /** It has waited for a slot of its account before, and was let go. */
  readonly inLine: boolean;
  readonly people: number;
}

const HIGH = 1;
const ANY_PRIORITY = 32_767;
/** Who was turned away a moment ago is perhaps not back among the waiting yet. */
const JUST_LINED = `l.lined_at > now() - interval '5 seconds'`;

export const askRows = new UnnestTable<AskRow>('a', {
  n: ['integer', ({ n }) => n],
  account: ['text', ({ account }) => account],
  owner: ['uuid', ({ messageId }) => messageId],
  high: ['boolean', ({ priority }) => priority === HIGH],
  priority: ['smallint', ({ priority }) => priority],
  in_line: ['boolean', ({ inLine }) => inLine],
  people: ['integer', ({ people }) => people],
});

/** A recipient's row of the ledger: the person, or this content to the person. */
export interface PartRow {
  readonly n: number;
  readonly rowNo: number;
  readonly scope: AppliedLimit['scope'];
  readonly subject: string;
}

export const partRows = new UnnestTable<PartRow>('p', {
  n: ['integer', ({ n }) => n],
  row_no: ['integer', ({ rowNo }) => rowNo],
  scope: ['text', ({ scope }) => scope],
  subject: ['text', ({ subject }) => subject],
});

const MOST_UNASKED = 100;

/** Priorities that deliveries have; each of a caller's stands in the index apart. */
const PRIORITIES = '1, 10, 20';
/**
 * Deliveries of the account in the queue, or claimed, that have not asked yet: their jobs may be in another process. Read
 * caller by caller and priority by priority, where the index has those that were published: the backlog is passed by.
 */
const UNASKED = `
  SELECT d.message_id, d.priority FROM (
    (WITH RECURSIVE sender AS (
      (SELECT caller_id FROM delivery WHERE account = k.account AND status IN ('accepted', 'scheduled')
       ORDER BY caller_id LIMIT 1)
      UNION ALL
      SELECT n.caller_id FROM sender s CROSS JOIN LATERAL (
        SELECT caller_id FROM delivery
        WHERE account = k.account AND status IN ('accepted', 'scheduled') AND caller_id > s.caller_id
        ORDER BY caller_id LIMIT 1) n)
    SELECT p.message_id, p.priority FROM sender s
    CROSS JOIN LATERAL unnest(ARRAY[${PRIORITIES}]::smallint[]) AS level (priority)
    CROSS JOIN LATERAL (
      SELECT message_id, priority FROM delivery
      WHERE account = k.account AND caller_id = s.caller_id AND priority = level.priority
        AND status IN ('accepted', 'scheduled') AND status = 'accepted'
        AND publish_at > now() AND publish_at <= now() + interval '1 minute'
      ORDER BY publish_at LIMIT ${MOST_UNASKED}) p)
    UNION ALL SELECT message_id, priority FROM delivery WHERE status = 'sending' AND account = k.account) d
  WHERE d.message_id <> ALL (k.owners) AND d.message_id NOT IN (SELECT owner FROM ask)
  ORDER BY d.message_id LIMIT ${MOST_UNASKED}`;

/**
 * Takes slots for many deliveries: all or nothing of each one's account, then recipient by recipient. Rows are locked in
 * one order, the account's own first; what is decided is decided on what they hold once they are locked.
 *
 * - `missing`: a ledger row does not exist yet, nothing was taken. `waits`: the account has no room, or others wait
 *   there already. `goes`: taken, but for the recipients in `over`; when those are all, nothing was taken.
 * - A call's time is that of the write: the rows may have been waited for.
 * - A newcomer leaves room for older messages that have not asked yet (`unasked`).
 * - Who waits for the account makes others wait as well (`lined_at`), until nobody is due there any more.
 * - A person's own earlier call of the same message takes nothing away from it.
 */
export const TAKE = new PreparedStatement(`
  WITH ask AS MATERIALIZED (SELECT * FROM ${askRows.from(1)}),
  part AS MATERIALIZED (
    SELECT p.*, a.account, a.owner, a.high FROM ${partRows.from(1 + askRows.width)} JOIN ask a USING (n)),
  spec AS MATERIALIZED (
    SELECT s.*, ${sinceSql('s')} AS since, ${slotSql('s', 'now()')} AS slot, ${firstSlotSql('s')} AS first
    FROM ${limitRows.from(1 + askRows.width + partRows.width)}),
  wanted AS MATERIALIZED (
    SELECT a.n, a.account, '' AS subject, 'account' AS scope FROM ask a
    WHERE a.account IN (SELECT account FROM spec WHERE scope = 'account')
    UNION ALL SELECT n, account, subject, scope FROM part),
  locked AS MATERIALIZED (
    SELECT w.*, k.scope FROM limit_window w
    JOIN (SELECT DISTINCT account, subject, scope FROM wanted) k ON w.account = k.account AND w.subject = k.subject
    ORDER BY w.account, w.subject FOR UPDATE OF w),
  missing AS MATERIALIZED (
    SELECT DISTINCT k.n FROM wanted k LEFT JOIN locked l ON l.account = k.account AND l.subject = k.subject
    WHERE l.account IS NULL),
  room AS MATERIALIZED (
    SELECT l.account, l.subject, l.calls, l.owners, s.key, s.max, s.reserve, s.people, s.since,
      ${usedSql('l', 's', 's.since', 's.first')} AS used
    FROM locked l JOIN spec s ON s.account = l.account AND s.scope = l.scope WHERE s.max IS NOT NULL),
  waiting AS MATERIALIZED (
    SELECT k.account, k.priority, EXISTS (
      SELECT FROM delivery d WHERE d.account = k.account AND d.status IN ('accepted', 'scheduled')
        AND d.priority <= k.priority AND d.publish_at <= now()) AS somebody
    FROM (SELECT account, priority FROM ask UNION SELECT account, ${ANY_PRIORITY} FROM ask) k
    JOIN locked l ON l.account = k.account AND l.subject = '' AND l.lined_at IS NOT NULL),
  unasked AS MATERIALIZED (
    SELECT k.account, u.message_id, u.priority
    FROM locked k CROSS JOIN LATERAL (${UNASKED}) u
    WHERE k.subject = '' AND k.lined_at IS NULL),
  turn AS (
    SELECT a.n, r.used + (
        SELECT count(*) FROM unasked u
        WHERE NOT a.in_line AND u.account = a.account AND u.priority <= a.priority AND u.message_id < a.owner)
      + sum(CASE WHEN r.people THEN a.people ELSE 1 END)
                           OVER (PARTITION BY a.account, r.key ORDER BY a.high DESC, a.n)
                <= r.max - CASE WHEN a.high THEN 0 ELSE r.reserve END AS fits
    FROM ask a JOIN room r ON r.account = a.account AND r.subject = ''
    WHERE a.n NOT IN (SELECT n FROM missing)),
  turned_away AS MATERIALIZED (
    SELECT n FROM turn WHERE NOT fits
    UNION SELECT a.n FROM ask a JOIN waiting q USING (account, priority) WHERE q.somebody AND NOT a.in_line),
  admitted AS MATERIALIZED (
    SELECT * FROM ask WHERE n NOT IN (SELECT n FROM missing) AND n NOT IN (SELECT n FROM turned_away)),
  part_turn AS (
    SELECT p.n, p.row_no, r.used + row_number() OVER (PARTITION BY p.account, p.subject, r.key ORDER BY p.high DESC, p.n)
        <= r.max
      OR EXISTS (SELECT FROM unnest(r.calls, r.owners) AS c (at, owner) WHERE c.owner = p.owner AND c.at > r.since) AS fits
    FROM part p JOIN admitted USING (n) JOIN room r ON r.account = p.account AND r.subject = p.subject),
  recipient AS MATERIALIZED (SELECT n, row_no, bool_and(fits) AS fits FROM part_turn GROUP BY n, row_no),
  over AS MATERIALIZED (SELECT n, array_agg(row_no ORDER BY row_no) AS rows FROM recipient WHERE NOT fits GROUP BY n),
  granted AS MATERIALIZED (
    SELECT a.n, a.account, a.owner, a.people - coalesce(cardinality(o.rows), 0) AS people
    FROM admitted a LEFT JOIN over o USING (n) WHERE o.n IS NULL OR cardinality(o.rows) < a.people),
  entry AS MATERIALIZED (
    SELECT account, '' AS subject, 'account' AS scope, array_agg(owner ORDER BY n) AS owners, count(*)::int AS calls,
      sum(people)::int AS people FROM granted GROUP BY account
    UNION ALL
    SELECT p.account, p.subject, p.scope, array_agg(p.owner ORDER BY p.n), count(*)::int, count(*)::int
    FROM part p JOIN granted USING (n) LEFT JOIN recipient r ON r.n = p.n AND r.row_no = p.row_no
    WHERE coalesce(r.fits, true) GROUP BY p.account, p.subject, p.scope),
  -- The parts of counted windows with what is added to them; parts that no limit looks at any more are left behind.
  counter AS (
    SELECT account, subject, array_agg(key) AS keys, array_agg(slot) AS slots, array_agg(n) AS counts
    FROM (SELECT account, subject, key, slot, sum(n)::int AS n FROM (
      SELECT l.account, l.subject, k.key, k.slot, k.n
      FROM locked l CROSS JOIN LATERAL unnest(l.keys, l.slots, l.counts) AS k (key, slot, n)
      JOIN spec s ON s.account = l.account AND s.scope = l.scope AND s.key = k.key AND k.slot >= s.first
      UNION ALL
      SELECT e.account, e.subject, s.key, s.slot, CASE WHEN s.people THEN e.people ELSE e.calls END
      FROM entry e JOIN spec s ON s.account = e.account AND s.scope = e.scope AND s.counted) parts
    GROUP BY account, subject, key, slot) summed
    GROUP BY account, subject),
  -- One row each, put together without joins: nothing tells PostgreSQL how many rows those would have.
  next AS MATERIALIZED (
    SELECT account, subject, max(calls) AS calls, max(owners) AS owners, coalesce(max(added), '{}') AS added,
      coalesce(max(keys), '{}') AS keys, coalesce(max(slots), '{}') AS slots, coalesce(max(counts), '{}') AS counts,
      max(lined_at) AS lined_at
    FROM (
      SELECT account, subject, calls, owners, NULL::uuid[] AS added, NULL::text[] AS keys, NULL::bigint[] AS slots,
        NULL::int[] AS counts, lined_at FROM locked
      UNION ALL SELECT account, subject, NULL, NULL, owners, NULL, NULL, NULL, NULL FROM entry
      UNION ALL SELECT account, subject, NULL, NULL, NULL, keys, slots, counts, NULL FROM counter) rows
    GROUP BY account, subject HAVING max(calls) IS NOT NULL),
  lined AS (
    SELECT account, bool_or(n IN (SELECT n FROM turned_away)) AS anew,
      account IN (SELECT account FROM waiting WHERE somebody AND priority = ${ANY_PRIORITY}) AS still
    FROM ask GROUP BY account),
  written AS (
    UPDATE limit_window w SET
      calls = (l.calls || array_fill(clock_timestamp(), ARRAY[cardinality(l.added)]))
              [greatest(1, cardinality(l.calls) + cardinality(l.added) - ${MOST_REMEMBERED - 1}):],
      owners = (l.owners || l.added)
               [greatest(1, cardinality(l.calls) + cardinality(l.added) - ${MOST_REMEMBERED - 1}):],
      keys = l.keys, slots = l.slots, counts = l.counts,
      lined_at = CASE WHEN l.subject <> '' THEN NULL WHEN q.anew THEN now()
                      WHEN q.still OR ${JUST_LINED} THEN l.lined_at END,
      used_at = now()
    FROM next l JOIN lined q ON q.account = l.account
    WHERE w.account = l.account AND w.subject = l.subject
      AND (l.added <> '{}' OR (l.subject = '' AND (q.anew OR (l.lined_at IS NOT NULL AND NOT q.still
                                                               AND NOT ${JUST_LINED})))))
  SELECT a.n, CASE WHEN a.n IN (SELECT n FROM missing) THEN 'missing'
                   WHEN a.n IN (SELECT n FROM turned_away) THEN 'waits' ELSE 'goes' END AS verdict,
    coalesce(o.rows, '{}') AS over
  FROM ask a LEFT JOIN over o USING (n) ORDER BY a.n`);

/** Rows for those who were never written to. */
export const CREATE_ROWS = `
  INSERT INTO limit_window (account, subject)
  SELECT account, subject FROM unnest($1::text[], $2::text[]) AS k (account, subject) ORDER BY account, subject
  ON CONFLICT DO NOTHING`;

/** A slot to be given back. */
export interface ReturnRow {
  readonly account: string;
  readonly subject: string;
  readonly scope: AppliedLimit['scope'];
  readonly messageId: string;
  readonly people: number;
}

export const returnRows = new UnnestTable<ReturnRow>('r', {
  account: ['text', ({ account }) => account],
  subject: ['text', ({ subject }) => subject],
  scope: ['text', ({ scope }) => scope],
  owner: ['uuid', ({ messageId }) => messageId],
  people: ['integer', ({ people }) => people],
});

/** Takes the message's last entry out of the rows again. A row may be named once only. */
export const GIVE_BACK = `
  WITH spec AS (SELECT * FROM ${limitRows.from(1 + returnRows.width)}),
  locked AS MATERIALIZED (
    SELECT w.*, r.scope, r.people,
      (SELECT max(i) FROM generate_subscripts(w.owners, 1) AS i WHERE w.owners[i] = r.owner) AS place
    FROM limit_window w JOIN ${returnRows.from(1)} ON w.account = r.account AND w.subject = r.subject
    ORDER BY w.account, w.subject FOR UPDATE OF w)
  UPDATE limit_window w SET
    calls = l.calls[:l.place - 1] || l.calls[l.place + 1:],
    owners = l.owners[:l.place - 1] || l.owners[l.place + 1:],
    counts = ARRAY(
      SELECT greatest(0, k.n - CASE WHEN s.key IS NULL THEN 0 WHEN s.people THEN l.people ELSE 1 END)
      FROM unnest(l.keys, l.slots, l.counts) WITH ORDINALITY AS k (key, slot, n, place)
      LEFT JOIN spec s ON s.account = l.account AND s.scope = l.scope AND s.key = k.key
        AND ${slotSql('s', 'l.calls[l.place]')} = k.slot
      ORDER BY k.place)
  FROM locked l WHERE w.account = l.account AND w.subject = l.subject AND l.place IS NOT NULL`;
