import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of recipients, and their rows on the way to being messages. */
export class Imports1700000000022 implements MigrationInterface {
  name = 'Imports1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import (
        id                uuid PRIMARY KEY,
        caller_id         uuid NOT NULL,
        actor             text NOT NULL,
        rights            jsonb NOT NULL,
        template          text NOT NULL,
        template_version  integer NOT NULL,
        priority          smallint NOT NULL,
        file_name         text,
        format            text NOT NULL,
        encoding          text,
        columns           jsonb NOT NULL,
        is_dry_run        boolean NOT NULL,
        status            text NOT NULL DEFAULT 'uploading' CHECK (status IN
          ('uploading', 'checking', 'checked', 'running', 'paused', 'finished', 'canceled')),
        reason            text,
        row_count         integer NOT NULL DEFAULT 0,
        n_ready           integer NOT NULL DEFAULT 0,
        n_faulty          integer NOT NULL DEFAULT 0,
        n_duplicate       integer NOT NULL DEFAULT 0,
        n_accepted        integer NOT NULL DEFAULT 0,
        is_checked        boolean NOT NULL DEFAULT false,
        call_count        integer,
        turn_at           timestamptz NOT NULL DEFAULT now(),
        created_at        timestamptz NOT NULL DEFAULT now(),
        finished_at       timestamptz
      )`);
    await runner.query(
      `CREATE INDEX import_turn_idx ON import (turn_at) WHERE status IN ('uploading', 'checking', 'running')`,
    );
    await runner.query(`
      CREATE TABLE import_row (
        import_id   uuid NOT NULL REFERENCES import (id) ON DELETE CASCADE,
        no          integer NOT NULL,
        cells       jsonb NOT NULL,
        outcome     text NOT NULL DEFAULT 'waiting' CHECK (outcome IN
          ('waiting', 'ready', 'faulty', 'duplicate', 'accepted')),
        ref         text,
        params_key  bytea,
        faults      jsonb,
        message_id  uuid,
        PRIMARY KEY (import_id, no)
      )`);
    await runner.query(`CREATE INDEX import_row_waiting_idx ON import_row (import_id, no) WHERE outcome = 'waiting'`);
    await runner.query(
      `CREATE INDEX import_row_ready_idx ON import_row (import_id, params_key, no) WHERE outcome = 'ready'`,
    );
    await runner.query(
      `CREATE INDEX import_row_left_out_idx ON import_row (import_id, outcome, no)
       WHERE outcome IN ('faulty', 'duplicate')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE import_row, import`);
  }
}
