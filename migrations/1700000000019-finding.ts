import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finding messages by account and reason, requests that were refused, tickets for downloads, rules that a replay skips. */
export class Finding1700000000019 implements MigrationInterface {
  name = 'Finding1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX delivery_account_idx ON delivery (account, message_id DESC)`);
    await runner.query(`CREATE INDEX message_reason_idx ON message (reason, id DESC) WHERE reason IS NOT NULL`);
    await runner.query(`ALTER TABLE delivery ADD COLUMN skips text[]`);
    await runner.query(`
      CREATE TABLE rejection (
        id          uuid PRIMARY KEY,
        code        text NOT NULL,
        status      smallint NOT NULL,
        faults      jsonb NOT NULL DEFAULT '[]',
        route       text NOT NULL,
        template    text,
        caller_id   uuid NOT NULL,
        key_name    text NOT NULL,
        request_id  text NOT NULL
      )`);
    await runner.query(`CREATE INDEX rejection_caller_idx ON rejection (caller_id, id DESC)`);
    await runner.query(`CREATE INDEX rejection_template_idx ON rejection (template, id DESC)`);
    await runner.query(`
      CREATE TABLE download_ticket (
        token_hash  bytea PRIMARY KEY,
        path        text NOT NULL,
        identity    jsonb NOT NULL,
        expires_at  timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE download_ticket, rejection`);
    await runner.query(`ALTER TABLE delivery DROP COLUMN skips`);
    await runner.query(`DROP INDEX message_reason_idx`);
    await runner.query(`DROP INDEX delivery_account_idx`);
  }
}
