import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `sweep_pass`: one row, when any worker has last completed a pass of the sweep.
 *
 * `recall_item.account`: the account that sent, so that what is due is found account by account. Empty in rows that a
 * process of the release before writes; what is open already is filled in.
 */
export class RecallsAndSweep1700000000016 implements MigrationInterface {
  name = 'RecallsAndSweep1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE recall_item ADD COLUMN account text NOT NULL DEFAULT ''`);
    await runner.query(`
      UPDATE recall_item i SET account = d.account FROM delivery d
      WHERE i.status IN ('waiting', 'running') AND d.message_id = i.message_id AND d.no = i.delivery_no`);
    await runner.query(`
      CREATE INDEX recall_item_account_idx ON recall_item (account, publish_at)
      WHERE status IN ('waiting', 'running')`);
    await runner.query(`
      CREATE TABLE sweep_pass (
        only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        passed_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`INSERT INTO sweep_pass DEFAULT VALUES`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sweep_pass`);
    await runner.query(`DROP INDEX recall_item_account_idx`);
    await runner.query(`ALTER TABLE recall_item DROP COLUMN account`);
  }
}
