import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens of tools that speak a vendor's form; numbers by which systems that know no codes call templates. */
export class Compat1700000000023 implements MigrationInterface {
  name = 'Compat1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE compat_token (
        token_hash   bytea PRIMARY KEY,
        account      text NOT NULL REFERENCES account (code) ON DELETE CASCADE,
        key_id       uuid REFERENCES api_key (id) ON DELETE CASCADE,
        fingerprint  text,
        expires_at   timestamptz NOT NULL,
        created_at   timestamptz NOT NULL DEFAULT now(),
        CHECK ((key_id IS NULL) <> (fingerprint IS NULL))
      )`);
    await runner.query(`CREATE INDEX compat_token_expiry_idx ON compat_token (expires_at)`);
    await runner.query(`ALTER TABLE template ADD COLUMN numeric_id bigint`);
    await runner.query(`CREATE UNIQUE INDEX template_numeric_id_idx ON template (numeric_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX template_numeric_id_idx`);
    await runner.query(`ALTER TABLE template DROP COLUMN numeric_id`);
    await runner.query(`DROP TABLE compat_token`);
  }
}
