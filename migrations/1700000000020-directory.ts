import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is whom: people by the business's id, what each vendor calls them, runs that read a vendor's address book, look-ups
 * that found nobody, and what only a person can decide.
 */
export class Directory1700000000020 implements MigrationInterface {
  name = 'Directory1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE person (
        user_id     text COLLATE "C" PRIMARY KEY,
        name        text NOT NULL,
        mobile      text,
        email       text,
        department  text,
        active      boolean NOT NULL DEFAULT true,
        source      text NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        updated_at  timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX person_mobile_idx ON person (mobile) WHERE mobile IS NOT NULL`);
    await runner.query(`CREATE INDEX person_email_idx ON person (email) WHERE email IS NOT NULL`);
    await runner.query(`CREATE INDEX person_name_idx ON person (lower(name) text_pattern_ops)`);
    // key: the id as the vendor compares it, so that spellings that it takes for one are one.
    await runner.query(`
      CREATE TABLE identity (
        family            text NOT NULL,
        key               text COLLATE "C" NOT NULL,
        provider_user_id  text NOT NULL,
        user_id           text COLLATE "C" NOT NULL REFERENCES person (user_id) ON DELETE CASCADE ON UPDATE CASCADE,
        source            text NOT NULL,
        account           text,
        confirmed_at      timestamptz NOT NULL DEFAULT now(),
        stale_at          timestamptz,
        stale_reason      text,
        PRIMARY KEY (family, key),
        UNIQUE (user_id, family)
      )`);
    await runner.query(`CREATE INDEX identity_account_idx ON identity (account) WHERE account IS NOT NULL`);
    await runner.query(`CREATE INDEX identity_stale_idx ON identity (user_id) WHERE stale_at IS NOT NULL`);
    await runner.query(`
      CREATE TABLE directory_sync (
        id            uuid PRIMARY KEY,
        account       text NOT NULL,
        family        text NOT NULL,
        trigger       text NOT NULL,
        requested_by  text,
        force         boolean NOT NULL DEFAULT false,
        status        text NOT NULL DEFAULT 'queued',
        fence         integer NOT NULL DEFAULT 0,
        lease_until   timestamptz,
        started_at    timestamptz,
        finished_at   timestamptz,
        counts        jsonb NOT NULL DEFAULT '{}',
        error         jsonb,
        created_at    timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX directory_sync_open_idx ON directory_sync (account) WHERE status IN ('queued', 'running')`);
    await runner.query(`
      CREATE TABLE directory_lookup (
        family     text NOT NULL,
        account    text NOT NULL,
        user_id    text COLLATE "C" NOT NULL REFERENCES person (user_id) ON DELETE CASCADE ON UPDATE CASCADE,
        wanted     text NOT NULL,
        failed_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account, user_id, wanted)
      )`);
    await runner.query(`
      CREATE TABLE directory_conflict (
        id           uuid PRIMARY KEY,
        family       text NOT NULL,
        key          text COLLATE "C" NOT NULL,
        kind         text NOT NULL,
        user_ids     text[] NOT NULL,
        found        jsonb NOT NULL,
        account      text,
        status       text NOT NULL DEFAULT 'open',
        resolution   text,
        resolved_by  text,
        resolved_at  timestamptz,
        created_at   timestamptz NOT NULL DEFAULT now(),
        UNIQUE (family, key, kind)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE directory_conflict, directory_lookup, directory_sync, identity, person`);
  }
}
