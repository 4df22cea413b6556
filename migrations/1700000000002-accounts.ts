import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts (credentials and gates) and their access tokens. Secrets are stored as AES-256-GCM envelopes only. */
export class Accounts1700000000002 implements MigrationInterface {
  name = 'Accounts1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account (
        code            text PRIMARY KEY,
        name            text NOT NULL,
        channel         text NOT NULL,
        config          jsonb NOT NULL,
        secrets         jsonb NOT NULL DEFAULT '{}',
        fingerprints    text[] NOT NULL DEFAULT '{}',
        limits          jsonb NOT NULL DEFAULT '{}',
        base_url        text,
        proxy_url       text,
        compat          boolean NOT NULL DEFAULT false,
        status          text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused')),
        paused_by       text CHECK (paused_by IN ('operator', 'credentials')),
        paused_reason   text,
        paused_text     text,
        paused_at       timestamptz,
        blocked_until   timestamptz,
        breaker_until   timestamptz,
        version         integer NOT NULL DEFAULT 1,
        created_at      timestamptz NOT NULL DEFAULT now(),
        updated_at      timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX account_fingerprint_idx ON account USING gin (fingerprints)`);
    await runner.query(`
      CREATE TABLE access_token (
        account           text NOT NULL REFERENCES account (code) ON DELETE CASCADE,
        purpose           text NOT NULL DEFAULT 'api',
        value             jsonb,
        version           integer NOT NULL DEFAULT 0,
        expires_at        timestamptz,
        refreshed_at      timestamptz,
        refreshing_until  timestamptz,
        retry_at          timestamptz,
        failures          integer NOT NULL DEFAULT 0,
        last_error        jsonb,
        PRIMARY KEY (account, purpose)
      )`);
    await runner.query(`
      CREATE TABLE queue_gate (
        channel     text PRIMARY KEY,
        paused      boolean NOT NULL DEFAULT false,
        reason      text,
        updated_at  timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE queue_gate, access_token, account`);
  }
}
