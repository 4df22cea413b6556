import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `delivery.sealed_code`: the one-use code of a card that came with the answer to the send, encrypted. `response_code`
 * holds what older releases have written, in plain text, and is not written any more.
 *
 * `recall.scan_ids`: messages of a recall that are named and not stopped yet. They are due by a column of their own, so
 * that workers of an older release leave them alone. `recall_params_idx`: corrections whose parameters are still kept.
 */
export class CodesAndRecalls1700000000017 implements MigrationInterface {
  name = 'CodesAndRecalls1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery ADD COLUMN sealed_code jsonb`);
    await runner.query(`CREATE INDEX delivery_sealed_code_idx ON delivery (sent_at) WHERE sealed_code IS NOT NULL`);
    await runner.query(`ALTER TABLE recall ADD COLUMN scan_ids uuid[], ADD COLUMN named_due_at timestamptz`);
    await runner.query(`
      CREATE INDEX recall_params_idx ON recall (id)
      WHERE status = 'finished' AND correction -> 'params' <> '{}'::jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX recall_params_idx`);
    await runner.query(`ALTER TABLE recall DROP COLUMN scan_ids, DROP COLUMN named_due_at`);
    await runner.query(`DROP INDEX delivery_sealed_code_idx`);
    await runner.query(`ALTER TABLE delivery DROP COLUMN sealed_code`);
  }
}
