import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Customers of the staff by the account that sees them, since vendors call them differently for each app's corp; their tags. */
export class Customers1700000000028 implements MigrationInterface {
  name = 'Customers1700000000028';

  async up(runner: QueryRunner): Promise<void> {
    // followers: [{user, remark, tags, addedAt}], the members who have the contact.
    await runner.query(`
      CREATE TABLE customer (
        account     text NOT NULL,
        id          text COLLATE "C" NOT NULL,
        name        text NOT NULL,
        kind        text NOT NULL,
        company     text,
        followers   jsonb NOT NULL,
        tags        text[] NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        seen_at     timestamptz NOT NULL DEFAULT now(),
        gone_at     timestamptz,
        PRIMARY KEY (account, id)
      )`);
    await runner.query(`CREATE INDEX customer_tags_idx ON customer USING gin (tags)`);
    await runner.query(`CREATE INDEX customer_followers_idx ON customer USING gin (followers jsonb_path_ops)`);
    await runner.query(`CREATE INDEX customer_name_idx ON customer (lower(name) text_pattern_ops)`);
    await runner.query(`
      CREATE TABLE customer_tag (
        account     text NOT NULL,
        id          text COLLATE "C" NOT NULL,
        name        text NOT NULL,
        group_name  text NOT NULL,
        seen_at     timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE customer_tag, customer`);
  }
}
