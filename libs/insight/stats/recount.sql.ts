import { KEY_COLUMNS } from './stat-tables.js';

const SENT = `r.status IN ('sent', 'delivered', 'read', 'recalled') AND d.sent_at IS NOT NULL`;
const DUE_AT = `CASE WHEN d.kind = 'replay' THEN d.created_at ELSE greatest(m.created_at, m.send_at) END`;

/** The rows of the messages accepted in one minute ($1 to $2 as ids), spread over the measures. $3: the minute. */
const COUNTED = `
  SELECT f.measure, d.caller_id, coalesce(m.template, '') AS template, d.channel, d.account, f.label, f.detail, sum(f.n) AS n
  FROM recipient r
  JOIN delivery d ON d.message_id = r.message_id AND d.no = r.delivery_no
  JOIN message m ON m.id = r.message_id
  CROSS JOIN LATERAL (VALUES
    ('recipients', r.status, coalesce(r.reason, ''), 1),
    ('messages', '', '', (r.row_no = 1)::int),
    ('latency', stat_bucket_of(d.sent_at - ${DUE_AT}), '', (${SENT})::int),
    ('throttled', '', '', CASE WHEN ${SENT} THEN floor(extract(epoch FROM d.sent_at - d.line_at) * 1000)::bigint END)
  ) f (measure, label, detail, n)
  WHERE r.message_id >= $1::uuid AND r.message_id < $2::uuid AND d.message_id >= $1::uuid AND d.message_id < $2::uuid
    AND m.id >= $1::uuid AND m.id < $2::uuid AND f.n <> 0
  GROUP BY 1, 2, 3, 4, 5, 6, 7
  UNION ALL
  SELECT 'calls', d.caller_id, coalesce(m.template, ''), d.channel, d.account, a.code, coalesce(a.reason, ''), count(*)
  FROM attempt a
  JOIN delivery d ON d.message_id = a.message_id AND d.no = a.delivery_no
  JOIN message m ON m.id = a.message_id
  WHERE a.message_id >= $1::uuid AND a.message_id < $2::uuid AND d.message_id >= $1::uuid AND d.message_id < $2::uuid
    AND m.id >= $1::uuid AND m.id < $2::uuid AND a.outcome <> 'sent' AND a.code IS NOT NULL
  GROUP BY 2, 3, 4, 5, 6, 7`;

/** What the roll-up says of the same minute, folded or not yet. */
const KEPT = `
  SELECT measure, caller_id, template, channel, account, label, detail, sum(n) AS n FROM (
    SELECT * FROM stat_minute WHERE at = $3
    UNION ALL SELECT * FROM stat_delta WHERE at = $3
  ) s WHERE measure <> 'emptied' GROUP BY 1, 2, 3, 4, 5, 6, 7`;

/**
 * Counts a minute from the rows and appends what the roll-up lacks. One statement sees one snapshot, and rows change
 * together with their deltas: what moves meanwhile is no difference, and a correction is a delta like any other.
 */
export const RECOUNT = `
  WITH difference AS (
    SELECT measure, caller_id, template, channel, account, label, detail, sum(n)::bigint AS n
    FROM (SELECT * FROM (${COUNTED}) c
          UNION ALL SELECT measure, caller_id, template, channel, account, label, detail, -n FROM (${KEPT}) k) both_counts
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
  )
  INSERT INTO stat_delta (${KEY_COLUMNS}, n)
  SELECT measure, $3, caller_id, template, channel, account, label, detail, n FROM difference
  RETURNING measure, label, detail, n::float8 AS n`;
