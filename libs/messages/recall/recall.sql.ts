/** Whether a recall is over, by what its columns are about to be. */
export const recallStatusSql = (openItems: string, openCorrections: string, scan: string): string => `
    status = CASE WHEN ${openItems} = 0 AND ${openCorrections} = 0 AND ${scan} IS NULL THEN 'finished' ELSE 'running' END,
    finished_at = CASE WHEN ${openItems} = 0 AND ${openCorrections} = 0 AND ${scan} IS NULL THEN now() END`;

/** What cannot be taken back is put right by a further message, where one was asked for. */
export const NEEDS_CORRECTION = `('failed', 'uncertain')`;
