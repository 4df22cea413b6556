/** An attempt of unclear outcome may have arrived: what ends then ends as unknown, for the reason of that attempt. */
export const MAY_HAVE_ARRIVED = 'd.unknowns > 0';
export const UNCLEAR_REASON = `(SELECT a.reason FROM attempt a WHERE a.message_id = d.message_id AND a.delivery_no = d.no
  AND a.outcome = 'unknown' ORDER BY a.no DESC LIMIT 1)`;
