import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `delivery.merge_key`: what waits for a slot under one key may be joined into a digest; NULL: it travels singly.
 * `delivery.merged_into`: the digest that carries it and decides its fate; nobody else sends it meanwhile.
 * `delivery.repeat_check`: for how many seconds its vendor is asked to drop repetitions, 0: not at all; NULL: undecided.
 */
export class DigestsAndRepeats1700000000015 implements MigrationInterface {
  name = 'DigestsAndRepeats1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery ADD COLUMN merge_key text, ADD COLUMN merged_into uuid,
      ADD COLUMN repeat_check integer`);
    await runner.query(`
      CREATE INDEX delivery_merge_idx ON delivery (account, caller_id, merge_key)
      WHERE merge_key IS NOT NULL AND merged_into IS NULL AND status IN ('accepted', 'scheduled')`);
    await runner.query(`
      CREATE INDEX delivery_merged_idx ON delivery (merged_into)
      WHERE merged_into IS NOT NULL AND status IN ('scheduled', 'unknown')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX delivery_merged_idx`);
    await runner.query(`DROP INDEX delivery_merge_idx`);
    await runner.query(`ALTER TABLE delivery DROP COLUMN repeat_check, DROP COLUMN merged_into, DROP COLUMN merge_key`);
  }
}
