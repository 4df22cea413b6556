import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps a message single: idempotency keys, business keys, dedupe claims. And recalls. */
export class Guards1700000000005 implements MigrationInterface {
  name = 'Guards1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_key (
        caller_id    uuid NOT NULL,
        route        text NOT NULL,
        key          text NOT NULL,
        body_hash    bytea NOT NULL,
        http_status  smallint NOT NULL,
        resource_id  uuid NOT NULL,
        results      jsonb,
        created_at   timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (caller_id, route, key)
      )`);
    await runner.query(`CREATE INDEX idempotency_key_age_idx ON idempotency_key (created_at)`);
    await runner.query(`
      CREATE TABLE business_key (
        caller_id     uuid NOT NULL,
        key           text NOT NULL,
        message_id    uuid NOT NULL,
        request_hash  bytea NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (key, caller_id)
      )`);
    await runner.query(`
      CREATE TABLE dedupe_claim (
        key         bytea PRIMARY KEY,
        max_owners  integer NOT NULL,
        owners      uuid[] NOT NULL,
        until       timestamptz[] NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE recall (
        id           uuid PRIMARY KEY,
        caller_id    uuid NOT NULL,
        key_name     text,
        selector     jsonb NOT NULL,
        status       text NOT NULL DEFAULT 'running',
        note         text,
        item_count   integer NOT NULL DEFAULT 0,
        open_items   integer NOT NULL DEFAULT 0,
        n_canceled   integer NOT NULL DEFAULT 0,
        n_recalled   integer NOT NULL DEFAULT 0,
        n_failed     integer NOT NULL DEFAULT 0,
        n_uncertain  integer NOT NULL DEFAULT 0,
        created_at   timestamptz NOT NULL DEFAULT now(),
        finished_at  timestamptz
      )`);
    await runner.query(`CREATE INDEX recall_caller_idx ON recall (caller_id, id DESC)`);
    await runner.query(`
      CREATE TABLE recall_item (
        recall_id         uuid NOT NULL REFERENCES recall (id),
        message_id        uuid NOT NULL,
        delivery_no       integer NOT NULL,
        status            text NOT NULL,
        reason            text,
        attempts          smallint NOT NULL DEFAULT 0,
        fence             integer NOT NULL DEFAULT 0,
        publish_no        integer NOT NULL DEFAULT 0,
        publish_at        timestamptz,
        lease_until       timestamptz,
        error             jsonb,
        updated_at        timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (recall_id, message_id, delivery_no)
      )`);
    await runner.query(`CREATE INDEX recall_item_message_idx ON recall_item (message_id, delivery_no)`);
    await runner.query(
      `CREATE INDEX recall_item_due_idx ON recall_item (publish_at) WHERE status IN ('waiting', 'running')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE recall_item, recall, dedupe_claim, business_key, idempotency_key`);
  }
}
