import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Callers, their API keys, and the audit log. */
export class Security1700000000001 implements MigrationInterface {
  name = 'Security1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE caller (
        id          uuid PRIMARY KEY,
        code        text NOT NULL UNIQUE,
        name        text NOT NULL,
        enabled     boolean NOT NULL DEFAULT true,
        created_at  timestamptz NOT NULL DEFAULT now(),
        updated_at  timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE api_key (
        id            uuid PRIMARY KEY,
        caller_id     uuid NOT NULL REFERENCES caller (id),
        name          text NOT NULL,
        public_id     text NOT NULL UNIQUE,
        secret_hash   bytea NOT NULL,
        preset        text NOT NULL,
        scopes        text[] NOT NULL,
        templates     text[],
        accounts      text[],
        ip_ranges     text[],
        expires_at    timestamptz,
        last_used_at  timestamptz,
        revoked_at    timestamptz,
        created_at    timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX api_key_caller_idx ON api_key (caller_id)`);
    await runner.query(`
      CREATE TABLE audit_log (
        id          uuid PRIMARY KEY,
        at          timestamptz NOT NULL DEFAULT now(),
        caller_id   uuid,
        key_name    text,
        action      text NOT NULL,
        object      text NOT NULL,
        details     jsonb NOT NULL DEFAULT '{}',
        request_id  text
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_log, api_key, caller`);
  }
}
