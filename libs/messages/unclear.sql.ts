const UNCLEAR_ATTEMPTS = `FROM attempt a
  WHERE a.message_id = d.message_id AND a.delivery_no = d.no AND a.outcome = 'unknown'`;

/**
 * An attempt of unclear outcome may have arrived: what ends then ends as unknown, for the reason of that attempt. An
 * answer that came late may have settled it meanwhile.
 */
export const MAY_HAVE_ARRIVED = `(d.unknowns > 0 AND EXISTS (SELECT ${UNCLEAR_ATTEMPTS}))`;
export const UNCLEAR_REASON = `(SELECT a.reason ${UNCLEAR_ATTEMPTS} ORDER BY a.no DESC LIMIT 1)`;
