import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recalls of a template's messages in a time range, found page by page, and corrections of what cannot be taken back. */
export class RecallSelections1700000000012 implements MigrationInterface {
  name = 'RecallSelections1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE recall
        ADD COLUMN visible_to           uuid,
        ADD COLUMN scan                 text CHECK (scan IN ('first', 'again')),
        ADD COLUMN scan_from            uuid,
        ADD COLUMN scan_to              uuid,
        ADD COLUMN scan_before          uuid,
        ADD COLUMN scan_due_at          timestamptz,
        ADD COLUMN message_count        integer NOT NULL DEFAULT 0,
        ADD COLUMN correction           jsonb,
        ADD COLUMN open_corrections     integer NOT NULL DEFAULT 0,
        ADD COLUMN n_corrected          integer NOT NULL DEFAULT 0,
        ADD COLUMN n_correction_failed  integer NOT NULL DEFAULT 0`);
    await runner.query(`CREATE INDEX recall_scan_idx ON recall (scan_due_at) WHERE scan IS NOT NULL`);
    await runner.query(`
      ALTER TABLE recall_item
        ADD COLUMN correction             text CHECK (correction IN ('due', 'sent', 'failed')),
        ADD COLUMN correction_due_at      timestamptz,
        ADD COLUMN correction_message_id  uuid,
        ADD COLUMN correction_reason      text`);
    await runner.query(
      `CREATE INDEX recall_item_correction_idx ON recall_item (correction_due_at) WHERE correction = 'due'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE recall_item DROP COLUMN correction, DROP COLUMN correction_due_at,
        DROP COLUMN correction_message_id, DROP COLUMN correction_reason`);
    await runner.query(`
      ALTER TABLE recall DROP COLUMN visible_to, DROP COLUMN scan, DROP COLUMN scan_from, DROP COLUMN scan_to,
        DROP COLUMN scan_before, DROP COLUMN scan_due_at, DROP COLUMN message_count, DROP COLUMN correction,
        DROP COLUMN open_corrections, DROP COLUMN n_corrected, DROP COLUMN n_correction_failed`);
  }
}
