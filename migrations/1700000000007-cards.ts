import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cards that call back, the one-use codes that change them, and what vendors have told. */
export class Cards1700000000007 implements MigrationInterface {
  name = 'Cards1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE card (
        account      text NOT NULL,
        card_id      text NOT NULL,
        message_id   uuid NOT NULL,
        delivery_no  integer NOT NULL,
        created_at   timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account, card_id)
      )`);
    await runner.query(`CREATE INDEX card_age_idx ON card (created_at)`);
    await runner.query(`
      CREATE TABLE card_code (
        message_id   uuid NOT NULL,
        delivery_no  integer NOT NULL,
        digest       bytea NOT NULL,
        source       text NOT NULL,
        sealed       jsonb NOT NULL,
        received_at  timestamptz NOT NULL,
        expires_at   timestamptz NOT NULL,
        used_at      timestamptz,
        PRIMARY KEY (message_id, delivery_no, digest)
      )`);
    await runner.query(`CREATE INDEX card_code_age_idx ON card_code (expires_at)`);
    await runner.query(`
      CREATE TABLE callback_event (
        id           uuid PRIMARY KEY,
        account      text NOT NULL,
        digest       bytea NOT NULL,
        type         text NOT NULL,
        user_id      text,
        details      jsonb NOT NULL,
        message_id   uuid,
        delivery_no  integer,
        happened_at  timestamptz,
        received_at  timestamptz NOT NULL DEFAULT now(),
        UNIQUE (account, digest)
      )`);
    await runner.query(`CREATE INDEX callback_event_age_idx ON callback_event (received_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE callback_event, card_code, card`);
  }
}
