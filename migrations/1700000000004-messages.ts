import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPartitions, partitionedTables } from '#libs/database';

/**
 * The message tables, range-partitioned by month on the message's UUIDv7 (its time is inside the id). No foreign keys
 * among them: a partition must be droppable on its own. Counter columns are named after the recipient states.
 */
export class Messages1700000000004 implements MigrationInterface {
  name = 'Messages1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE message (
        id                   uuid NOT NULL,
        caller_id            uuid NOT NULL,
        template             text,
        template_version     integer,
        inline_content       jsonb,
        is_test              boolean NOT NULL DEFAULT false,
        status               text NOT NULL DEFAULT 'accepted',
        reason               text,
        priority             smallint NOT NULL DEFAULT 10,
        params               jsonb NOT NULL DEFAULT '{}',
        metadata             jsonb,
        business_key         text,
        batch_id             uuid,
        send_at              timestamptz,
        expire_at            timestamptz NOT NULL,
        recipient_count      integer NOT NULL,
        delivery_count       integer NOT NULL,
        row_count            integer NOT NULL,
        open_rows            integer NOT NULL,
        n_sent               integer NOT NULL DEFAULT 0,
        n_delivered          integer NOT NULL DEFAULT 0,
        n_read               integer NOT NULL DEFAULT 0,
        n_invalid            integer NOT NULL DEFAULT 0,
        n_failed             integer NOT NULL DEFAULT 0,
        n_unknown            integer NOT NULL DEFAULT 0,
        n_suppressed         integer NOT NULL DEFAULT 0,
        n_canceled           integer NOT NULL DEFAULT 0,
        n_expired            integer NOT NULL DEFAULT 0,
        n_recalled           integer NOT NULL DEFAULT 0,
        recall_requested_at  timestamptz,
        recall_id            uuid,
        merged_into          uuid,
        created_at           timestamptz NOT NULL,
        updated_at           timestamptz NOT NULL,
        PRIMARY KEY (id)
      ) PARTITION BY RANGE (id)`);
    await runner.query(`CREATE INDEX message_caller_idx ON message (caller_id, id DESC)`);
    await runner.query(`CREATE INDEX message_template_idx ON message (template, id DESC)`);
    await runner.query(`CREATE INDEX message_status_idx ON message (status, id DESC)`);
    await runner.query(`CREATE INDEX message_batch_idx ON message (batch_id) WHERE batch_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE delivery (
        message_id           uuid NOT NULL,
        no                   integer NOT NULL,
        kind                 text NOT NULL,
        route_no             smallint NOT NULL,
        channel              text NOT NULL,
        account              text NOT NULL,
        caller_id            uuid NOT NULL,
        status               text NOT NULL DEFAULT 'accepted',
        reason               text,
        priority             smallint NOT NULL,
        params               jsonb,
        resend_budget        smallint NOT NULL,
        expire_at            timestamptz NOT NULL,
        next_attempt_at      timestamptz,
        publish_at           timestamptz NOT NULL,
        publish_no           integer NOT NULL DEFAULT 0,
        fence                integer NOT NULL DEFAULT 0,
        attempts             smallint NOT NULL DEFAULT 0,
        unknowns             smallint NOT NULL DEFAULT 0,
        lease_until          timestamptz,
        recall_requested_at  timestamptz,
        recall               jsonb,
        possible_duplicate   boolean NOT NULL DEFAULT false,
        provider_msg_id      text,
        response_code        text,
        error                jsonb,
        notes                jsonb,
        sent_at              timestamptz,
        created_at           timestamptz NOT NULL,
        updated_at           timestamptz NOT NULL,
        PRIMARY KEY (message_id, no)
      ) PARTITION BY RANGE (message_id)`);
    await runner.query(`
      CREATE INDEX delivery_due_idx ON delivery (account, caller_id, priority, publish_at)
      WHERE status IN ('accepted', 'scheduled')`);
    await runner.query(`
      CREATE INDEX delivery_expire_idx ON delivery (expire_at) WHERE status IN ('accepted', 'scheduled')`);
    await runner.query(`CREATE INDEX delivery_lease_idx ON delivery (lease_until) WHERE status = 'sending'`);
    await runner.query(`
      CREATE INDEX delivery_provider_msg_idx ON delivery (provider_msg_id, account) WHERE provider_msg_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE recipient (
        message_id        uuid NOT NULL,
        row_no            integer NOT NULL,
        delivery_no       integer NOT NULL,
        route_no          smallint NOT NULL,
        ref               text NOT NULL,
        addressee_type    text NOT NULL,
        addressee_id      text NOT NULL,
        provider_user_id  text,
        status            text NOT NULL DEFAULT 'pending',
        reason            text,
        detail            jsonb,
        recall_status     text,
        recall_reason     text,
        updated_at        timestamptz NOT NULL,
        PRIMARY KEY (message_id, row_no)
      ) PARTITION BY RANGE (message_id)`);
    await runner.query(`CREATE INDEX recipient_delivery_idx ON recipient (message_id, delivery_no)`);
    await runner.query(`CREATE INDEX recipient_ref_idx ON recipient (ref, message_id DESC)`);
    await runner.query(`
      CREATE TABLE attempt (
        message_id       uuid NOT NULL,
        delivery_no      integer NOT NULL,
        no               integer NOT NULL,
        started_at       timestamptz NOT NULL,
        finished_at      timestamptz,
        outcome          text,
        reason           text,
        code             text,
        provider_msg_id  text,
        addressees       text[],
        exchange         jsonb,
        PRIMARY KEY (message_id, delivery_no, no)
      ) PARTITION BY RANGE (message_id)`);
    await runner.query(`
      CREATE TABLE event (
        message_id   uuid NOT NULL,
        id           uuid NOT NULL,
        at           timestamptz NOT NULL,
        event        text NOT NULL,
        delivery_no  integer,
        reason       text,
        data         jsonb,
        PRIMARY KEY (message_id, id)
      ) PARTITION BY RANGE (message_id)`);
    for (const table of partitionedTables) {
      await runner.query(`CREATE TABLE ${table}_default PARTITION OF ${table} DEFAULT`);
    }
    await createPartitions((sql) => runner.query(sql) as Promise<unknown>, new Date());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE event, attempt, recipient, delivery, message`);
  }
}
