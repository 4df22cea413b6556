import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A UUIDv7 of this moment. */
const EVENT_ID = `
  CREATE FUNCTION webhook_event_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid
  $$`;

/** As the API writes times. */
const TIME = `
  CREATE FUNCTION webhook_time(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  $$`;

/** Whether an endpoint takes an event: an empty list narrows nothing. */
const TAKES = `e.enabled AND (e.events = '{}' OR of_type = ANY (e.events))
        AND (e.caller_ids = '{}' OR of_caller = ANY (e.caller_ids))
        AND (e.templates = '{}' OR of_template = ANY (e.templates))`;

/** Notes an event, and that each endpoint which takes it is owed it; nothing when none does. */
const TELL = `
  CREATE FUNCTION webhook_tell(of_type text, of_caller uuid, of_template text, of_data jsonb) RETURNS void
  LANGUAGE sql AS $$
    WITH fresh AS MATERIALIZED (SELECT webhook_event_id() AS id),
    owed AS (
      INSERT INTO webhook_delivery (endpoint_id, event_id)
      SELECT e.id, fresh.id FROM webhook_endpoint e CROSS JOIN fresh WHERE ${TAKES}
      RETURNING event_id
    )
    INSERT INTO webhook_event (id, type, data) SELECT DISTINCT event_id, of_type,
      jsonb_strip_nulls(of_data - 'metadata') || CASE WHEN jsonb_typeof(of_data -> 'metadata') = 'object'
        THEN jsonb_build_object('metadata', of_data -> 'metadata') ELSE '{}' END
    FROM owed
  $$`;

/** While no endpoint is enabled, a change costs this look at a table of a few rows. */
const teller = (name: string, body: string): string => `
  CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE enabled) THEN RETURN NULL; END IF;
    ${body}
    RETURN NULL;
  END $$`;

const COUNTERS = [
  'sent',
  'delivered',
  'read',
  'invalid',
  'failed',
  'unknown',
  'suppressed',
  'canceled',
  'expired',
  'recalled',
];

const MESSAGE_ENDED = teller(
  'webhook_message_ended',
  `PERFORM webhook_tell('message.' || NEW.status, NEW.caller_id, NEW.template, jsonb_build_object(
     'id', NEW.id, 'status', NEW.status, 'reason', NEW.reason,
     'caller', (SELECT code FROM caller WHERE id = NEW.caller_id),
     'template', NEW.template, 'templateVersion', NEW.template_version, 'test', NEW.is_test,
     'batchId', NEW.batch_id, 'businessKey', NEW.business_key, 'metadata', NEW.metadata,
     'recipientCount', NEW.recipient_count,
     'counts', jsonb_build_object(${COUNTERS.map((name) => `'${name}', NEW.n_${name}`).join(', ')}),
     'createdAt', webhook_time(NEW.created_at), 'updatedAt', webhook_time(NEW.updated_at)));`,
);

const RECIPIENT_INVALID = teller(
  'webhook_recipient_invalid',
  `PERFORM webhook_tell('recipient.invalid', m.caller_id, m.template, jsonb_build_object(
     'messageId', NEW.message_id, 'recipient', NEW.ref, 'reason', NEW.reason,
     'caller', (SELECT code FROM caller WHERE id = m.caller_id), 'template', m.template,
     'channel', d.channel, 'account', d.account, 'metadata', m.metadata))
   FROM message m LEFT JOIN delivery d ON d.message_id = m.id AND d.no = NEW.delivery_no
   WHERE m.id = NEW.message_id;`,
);

/** Who pressed the button stays here: the timeline of the message tells it. */
const CARD_CLICKED = teller(
  'webhook_card_clicked',
  `PERFORM webhook_tell('card.clicked', m.caller_id, m.template, jsonb_build_object(
     'messageId', NEW.message_id, 'key', NEW.data -> 'key', 'selections', NEW.data -> 'selections',
     'caller', (SELECT code FROM caller WHERE id = m.caller_id), 'template', m.template,
     'channel', d.channel, 'account', d.account, 'metadata', m.metadata, 'clickedAt', webhook_time(NEW.at)))
   FROM message m LEFT JOIN delivery d ON d.message_id = m.id AND d.no = NEW.delivery_no
   WHERE m.id = NEW.message_id;`,
);

const RECALL_FINISHED = teller(
  'webhook_recall_finished',
  `PERFORM webhook_tell('message.recall_finished', NEW.caller_id, NEW.selector ->> 'template', jsonb_build_object(
     'recallId', NEW.id, 'caller', (SELECT code FROM caller WHERE id = NEW.caller_id),
     'messageCount', NEW.message_count, 'items', NEW.item_count,
     'counts', jsonb_build_object('canceled', NEW.n_canceled, 'recalled', NEW.n_recalled, 'failed', NEW.n_failed,
       'uncertain', NEW.n_uncertain, 'corrected', NEW.n_corrected, 'correctionFailed', NEW.n_correction_failed),
     'createdAt', webhook_time(NEW.created_at), 'finishedAt', webhook_time(NEW.finished_at)));`,
);

const IMPORT_FINISHED = teller(
  'webhook_import_finished',
  `PERFORM webhook_tell('import.finished', NEW.caller_id, NEW.template, jsonb_build_object(
     'importId', NEW.id, 'status', NEW.status, 'caller', (SELECT code FROM caller WHERE id = NEW.caller_id),
     'template', NEW.template, 'templateVersion', NEW.template_version,
     'counts', jsonb_build_object('rows', NEW.row_count, 'faulty', NEW.n_faulty, 'duplicate', NEW.n_duplicate,
       'accepted', NEW.n_accepted),
     'createdAt', webhook_time(NEW.created_at), 'finishedAt', webhook_time(NEW.finished_at)));`,
);

const ACCOUNT_GATED = teller(
  'webhook_account_gated',
  `PERFORM webhook_tell(CASE WHEN NEW.status = 'paused' THEN 'account.paused' ELSE 'account.resumed' END, NULL, NULL,
     jsonb_build_object('account', NEW.code, 'channel', NEW.channel, 'by', NEW.paused_by, 'reason', NEW.paused_reason,
       'pausedAt', webhook_time(NEW.paused_at)));`,
);

const IS_OPEN = `IN ('accepted', 'sending', 'scheduled')`;

const TRIGGERS = [
  `CREATE TRIGGER webhook_message_accepted AFTER INSERT ON message FOR EACH ROW
   WHEN (NEW.status NOT ${IS_OPEN}) EXECUTE FUNCTION webhook_message_ended()`,
  `CREATE TRIGGER webhook_message_ended AFTER UPDATE ON message FOR EACH ROW
   WHEN (NEW.status <> OLD.status AND NEW.status NOT ${IS_OPEN}) EXECUTE FUNCTION webhook_message_ended()`,
  `CREATE TRIGGER webhook_recipient_invalid AFTER UPDATE ON recipient FOR EACH ROW
   WHEN (NEW.status = 'invalid' AND OLD.status <> 'invalid') EXECUTE FUNCTION webhook_recipient_invalid()`,
  `CREATE TRIGGER webhook_recipient_accepted AFTER INSERT ON recipient FOR EACH ROW
   WHEN (NEW.status = 'invalid') EXECUTE FUNCTION webhook_recipient_invalid()`,
  `CREATE TRIGGER webhook_card_clicked AFTER INSERT ON event FOR EACH ROW
   WHEN (NEW.event = 'card_clicked') EXECUTE FUNCTION webhook_card_clicked()`,
  `CREATE TRIGGER webhook_recall_finished AFTER UPDATE ON recall FOR EACH ROW
   WHEN (NEW.status = 'finished' AND OLD.status <> 'finished') EXECUTE FUNCTION webhook_recall_finished()`,
  `CREATE TRIGGER webhook_import_finished AFTER UPDATE ON import FOR EACH ROW
   WHEN (NEW.status IN ('finished', 'canceled') AND OLD.status <> NEW.status)
   EXECUTE FUNCTION webhook_import_finished()`,
  `CREATE TRIGGER webhook_account_gated AFTER UPDATE ON account FOR EACH ROW
   WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION webhook_account_gated()`,
];

const DROPPED: readonly (readonly [string, string])[] = [
  ['webhook_message_accepted', 'message'],
  ['webhook_message_ended', 'message'],
  ['webhook_recipient_invalid', 'recipient'],
  ['webhook_recipient_accepted', 'recipient'],
  ['webhook_card_clicked', 'event'],
  ['webhook_recall_finished', 'recall'],
  ['webhook_import_finished', 'import'],
  ['webhook_account_gated', 'account'],
];

/**
 * What business systems are told. Triggers note events in the transaction of the change: no statement can forget one, and
 * a process of the version before tells as well. No foreign keys: a send takes no lock on an endpoint.
 *
 * A delivery waits until `due_at`; a claim moves that to the end of its lease and adds to `attempts`, which fences it.
 * `tries` begins anew with each replay.
 */
export class Webhooks1700000000024 implements MigrationInterface {
  name = 'Webhooks1700000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id                uuid PRIMARY KEY,
        name              text NOT NULL,
        url               text NOT NULL,
        events            text[] NOT NULL,
        caller_ids        uuid[] NOT NULL,
        templates         text[] NOT NULL,
        enabled           boolean NOT NULL,
        disabled_reason   text,
        secret            jsonb NOT NULL,
        previous_secret   jsonb,
        previous_until    timestamptz,
        last_success_at   timestamptz,
        failing_since     timestamptz,
        created_at        timestamptz NOT NULL DEFAULT now(),
        updated_at        timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE webhook_event (
        id    uuid PRIMARY KEY,
        type  text NOT NULL,
        at    timestamptz NOT NULL DEFAULT now(),
        data  jsonb NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE webhook_delivery (
        endpoint_id   uuid NOT NULL,
        event_id      uuid NOT NULL,
        status        text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'failed')),
        is_test       boolean NOT NULL DEFAULT false,
        attempts      integer NOT NULL DEFAULT 0,
        tries         integer NOT NULL DEFAULT 0,
        due_at        timestamptz NOT NULL DEFAULT now(),
        attempted_at  timestamptz,
        took_ms       integer,
        code          integer,
        error         text,
        answer        text,
        PRIMARY KEY (endpoint_id, event_id)
      ) WITH (fillfactor = 80)`);
    await runner.query(
      `CREATE INDEX webhook_delivery_due_idx ON webhook_delivery (endpoint_id, is_test, due_at) WHERE status = 'waiting'`,
    );
    await runner.query(
      `CREATE INDEX webhook_delivery_open_idx ON webhook_delivery (endpoint_id, status) WHERE status <> 'delivered'`,
    );
    await runner.query(`CREATE INDEX webhook_delivery_event_idx ON webhook_delivery (event_id)`);
    for (const statement of [
      EVENT_ID,
      TIME,
      TELL,
      MESSAGE_ENDED,
      RECIPIENT_INVALID,
      CARD_CLICKED,
      RECALL_FINISHED,
      IMPORT_FINISHED,
      ACCOUNT_GATED,
    ]) {
      await runner.query(statement);
    }
    await runner.query(`LOCK TABLE account, import, recall, message, recipient, event IN SHARE ROW EXCLUSIVE MODE`);
    for (const statement of TRIGGERS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [trigger, table] of DROPPED) await runner.query(`DROP TRIGGER ${trigger} ON ${table}`);
    await runner.query(`DROP FUNCTION webhook_message_ended, webhook_recipient_invalid, webhook_card_clicked,
      webhook_recall_finished, webhook_import_finished, webhook_account_gated, webhook_tell, webhook_event_id,
      webhook_time`);
    await runner.query(`DROP TABLE webhook_delivery, webhook_event, webhook_endpoint`);
  }
}
