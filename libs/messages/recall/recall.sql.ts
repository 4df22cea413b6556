/** Whether a recall is over, by what its columns are about to be. */
export const recallStatusSql = (openItems: string, openCorrections: string, scan: string): string => `
    status = CASE WHEN ${openItems} = 0 AND ${openCorrections} = 0 AND ${scan} IS NULL THEN 'finished' ELSE 'running' END,
    finished_at = CASE WHEN ${openItems} = 0 AND ${openCorrections} = 0 AND ${scan} IS NULL THEN now() END`;

/** What cannot be taken back is put right by a further message, where one was asked for. */
export const NEEDS_CORRECTION = `('failed', 'uncertain')`;

/**
 * The vendor refused a repetition as known: what it has shown came from an attempt that left no id, so that nothing that
 * is taken back by id is all of it.
 */
export const CONFIRMED_BY_DUPLICATE = `(d.reason IS NOT DISTINCT FROM 'confirmed_by_duplicate' OR EXISTS (
    SELECT FROM recipient c WHERE c.message_id = d.message_id AND c.delivery_no = d.no
      AND c.reason = 'confirmed_by_duplicate'))`;
