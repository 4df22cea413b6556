import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keys may use up, what was handed out of it, and how often each key is used. */
export class KeyLimits1700000000029 implements MigrationInterface {
  name = 'KeyLimits1700000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_key
        ADD COLUMN limits   jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN line_id  uuid`);
    await runner.query(`COMMENT ON COLUMN api_key.line_id IS
      'The first key of a line of rotations, which share their limits; null for that key itself'`);
    await runner.query(`
      CREATE TABLE key_grant (
        line_id       uuid NOT NULL,
        kind          text NOT NULL,
        window_start  timestamptz NOT NULL DEFAULT '-infinity',
        granted       bigint NOT NULL DEFAULT 0,
        given         bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (line_id, kind)
      )`);
    await runner.query(`
      CREATE TABLE key_day (
        key_id      uuid NOT NULL,
        day         date NOT NULL,
        requests    bigint NOT NULL,
        refused     bigint NOT NULL,
        recipients  bigint NOT NULL,
        PRIMARY KEY (key_id, day)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE key_day, key_grant`);
    await runner.query(`ALTER TABLE api_key DROP COLUMN limits, DROP COLUMN line_id`);
  }
}
