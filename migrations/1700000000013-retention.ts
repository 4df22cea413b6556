import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Content goes before the record of the message does; months go when everything in them has ended. */
export class Retention1700000000013 implements MigrationInterface {
  name = 'Retention1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE message ADD COLUMN content_purged_at timestamptz`);
    await runner.query(`
      CREATE TABLE content_purge (
        month     text PRIMARY KEY,
        next_id   uuid NOT NULL,
        again_at  timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE content_purge`);
    await runner.query(`ALTER TABLE message DROP COLUMN content_purged_at`);
  }
}
