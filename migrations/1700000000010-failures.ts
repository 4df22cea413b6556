import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What happens when sending does not work: the circuit breaker of an account, and how often in a row its vendor asked
 * to slow down without saying how long; the routes a delivery may still fall back to; failed deliveries as a list of
 * their own, and the jobs that replay them.
 */
export class Failures1700000000010 implements MigrationInterface {
  name = 'Failures1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE account
        ADD COLUMN breaker_failures   integer NOT NULL DEFAULT 0,
        ADD COLUMN breaker_opened_at  timestamptz,
        ADD COLUMN throttles          integer NOT NULL DEFAULT 0`);
    await runner.query(`ALTER TABLE queue_gate ADD COLUMN actor text`);
    await runner.query(`ALTER TABLE delivery ADD COLUMN fallback jsonb, ADD COLUMN fallback_at timestamptz`);
    await runner.query(`CREATE INDEX delivery_fallback_idx ON delivery (fallback_at) WHERE fallback_at IS NOT NULL`);
    await runner.query(`
      CREATE INDEX delivery_failed_idx ON delivery (updated_at DESC, message_id DESC, no DESC) WHERE status = 'failed'`);
    await runner.query(`
      CREATE TABLE replay_job (
        id               uuid PRIMARY KEY,
        actor            text NOT NULL,
        selector         jsonb NOT NULL,
        rate_per_minute  integer NOT NULL,
        status           text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'finished', 'canceled')),
        item_count       integer NOT NULL,
        n_replayed       integer NOT NULL DEFAULT 0,
        n_skipped        integer NOT NULL DEFAULT 0,
        n_recipients     integer NOT NULL DEFAULT 0,
        position         jsonb,
        until_at         timestamptz NOT NULL DEFAULT now(),
        next_at          timestamptz NOT NULL DEFAULT now(),
        created_at       timestamptz NOT NULL DEFAULT now(),
        finished_at      timestamptz
      )`);
    await runner.query(`CREATE INDEX replay_job_due_idx ON replay_job (next_at) WHERE status = 'running'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE replay_job`);
    await runner.query(`DROP INDEX delivery_failed_idx, delivery_fallback_idx`);
    await runner.query(`ALTER TABLE delivery DROP COLUMN fallback, DROP COLUMN fallback_at`);
    await runner.query(`ALTER TABLE queue_gate DROP COLUMN actor`);
    await runner.query(
      `ALTER TABLE account DROP COLUMN breaker_failures, DROP COLUMN breaker_opened_at, DROP COLUMN throttles`,
    );
  }
}
