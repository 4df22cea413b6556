import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `delivery.pool`: the accounts of which any may send it, as long as nobody has tried; NULL: only its own. */
export class Pools1700000000014 implements MigrationInterface {
  name = 'Pools1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery ADD COLUMN pool jsonb`);
    await runner.query(`
      CREATE INDEX delivery_pool_idx ON delivery (account, priority, publish_at)
      WHERE pool IS NOT NULL AND status IN ('accepted', 'scheduled')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX delivery_pool_idx`);
    await runner.query(`ALTER TABLE delivery DROP COLUMN pool`);
  }
}
