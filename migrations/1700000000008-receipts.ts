import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Receipts: which sent deliveries a vendor still has something to tell about, and when recipients were reached. A poll's
 * row goes with its last question, a day after the send at most: the table stays small and needs no partitions.
 */
export class Receipts1700000000008 implements MigrationInterface {
  name = 'Receipts1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE receipt_poll (
        message_id   uuid NOT NULL,
        delivery_no  integer NOT NULL,
        account      text NOT NULL,
        due_at       timestamptz NOT NULL,
        closes_at    timestamptz NOT NULL,
        tries        smallint NOT NULL DEFAULT 0,
        fence        integer NOT NULL DEFAULT 0,
        PRIMARY KEY (message_id, delivery_no)
      )`);
    await runner.query(`CREATE INDEX receipt_poll_due_idx ON receipt_poll (account, due_at)`);
    await runner.query(`ALTER TABLE recipient ADD COLUMN delivered_at timestamptz, ADD COLUMN read_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE recipient DROP COLUMN delivered_at, DROP COLUMN read_at`);
    await runner.query(`DROP TABLE receipt_poll`);
  }
}
