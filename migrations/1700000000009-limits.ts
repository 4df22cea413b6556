import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger of calls: one row per account, per person of an account, per content of a person. Nothing but the key is
 * indexed and pages keep room, so that a call rewrites its row in place. The subject leads: an account may have any
 * number of people, and half a key must never be enough for a plan.
 *
 * `delivery.line_at`: its place among those that wait for a slot of their account.
 */
export class Limits1700000000009 implements MigrationInterface {
  name = 'Limits1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE limit_window (
        account   text NOT NULL,
        subject   text NOT NULL,
        calls     timestamptz[] NOT NULL DEFAULT '{}',
        owners    uuid[] NOT NULL DEFAULT '{}',
        keys      text[] NOT NULL DEFAULT '{}',
        slots     bigint[] NOT NULL DEFAULT '{}',
        counts    integer[] NOT NULL DEFAULT '{}',
        lined_at  timestamptz,
        used_at   timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (subject, account)
      ) WITH (fillfactor = 60)`);
    await runner.query(`ALTER TABLE delivery ADD COLUMN line_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery DROP COLUMN line_at`);
    await runner.query(`DROP TABLE limit_window`);
  }
}
