import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `recall_item.account`: the account that sent, so that what is due is found account by account. Empty in rows that a
 * process of the release before writes; what is open already is filled in.
 */
export class RecallAccounts1700000000016 implements MigrationInterface {
  name = 'RecallAccounts1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE recall_item ADD COLUMN account text NOT NULL DEFAULT ''`);
    await runner.query(`
      UPDATE recall_item i SET account = d.account FROM delivery d
      WHERE i.status IN ('waiting', 'running') AND d.message_id = i.message_id AND d.no = i.delivery_no`);
    await runner.query(`
      CREATE INDEX recall_item_account_idx ON recall_item (account, publish_at)
      WHERE status IN ('waiting', 'running')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX recall_item_account_idx`);
    await runner.query(`ALTER TABLE recall_item DROP COLUMN account`);
  }
}
