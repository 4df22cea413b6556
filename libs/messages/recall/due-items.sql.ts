/** When a job that was published and never claimed is taken for lost. */
const LOST_AFTER = `interval '10 seconds'`;
/** Calls that take messages back, through one account at a time: well below what vendors allow an app. */
const PER_ACCOUNT = 10;

const OPEN = `status IN ('waiting', 'running')`;

/** Published a moment ago, or held by a worker. */
const UNDER_WAY = `
  SELECT count(*) AS n FROM (
    SELECT FROM recall_item u
    WHERE u.account = o.account AND u.${OPEN} AND u.publish_at > now() - ${LOST_AFTER}
      AND CASE u.status WHEN 'running' THEN u.lease_until > now()
          ELSE u.publish_at > now() + ${LOST_AFTER} - interval '1 second' END
    LIMIT ${PER_ACCOUNT}) u`;

/**
 * Items that are due, account by account. What a person paused for sending can still be taken back; refused credentials
 * and a vendor that asked to wait hold. Behind an open breaker one item is let through to see whether the vendor is
 * back. An account that is gone holds nothing: a worker says so.
 */
export const TAKE_DUE = `
  WITH RECURSIVE sender AS (
    (SELECT account FROM recall_item WHERE ${OPEN} ORDER BY account LIMIT 1)
    UNION ALL
    SELECT n.account FROM sender s CROSS JOIN LATERAL (
      SELECT account FROM recall_item WHERE ${OPEN} AND account > s.account ORDER BY account LIMIT 1) n
  ), open_account AS (
    SELECT s.account, CASE WHEN a.breaker_opened_at IS NULL THEN ${PER_ACCOUNT} ELSE 1 END AS most
    FROM sender s LEFT JOIN account a ON a.code = s.account
    WHERE a.paused_by IS DISTINCT FROM 'credentials' AND coalesce(a.blocked_until, '-infinity') <= now()
      AND coalesce(a.breaker_until, '-infinity') <= now()
  ), due AS (
    SELECT r.recall_id, r.message_id, r.delivery_no FROM open_account o CROSS JOIN LATERAL (${UNDER_WAY}) way
    CROSS JOIN LATERAL (
      SELECT recall_id, message_id, delivery_no, publish_at FROM recall_item i
      WHERE i.account = o.account AND i.${OPEN} AND i.publish_at <= now()
        AND (i.status = 'waiting' OR i.lease_until < now())
      ORDER BY i.publish_at LIMIT greatest(0, o.most - way.n) FOR UPDATE SKIP LOCKED) r
    ORDER BY r.publish_at LIMIT $1
  )
  UPDATE recall_item i SET publish_no = i.publish_no + 1, publish_at = now() + ${LOST_AFTER} FROM due
  WHERE i.recall_id = due.recall_id AND i.message_id = due.message_id AND i.delivery_no = due.delivery_no
  RETURNING i.recall_id, i.message_id, i.delivery_no, i.fence, i.publish_no`;
