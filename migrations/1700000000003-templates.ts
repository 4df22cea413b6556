import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates and their immutable versions. */
export class Templates1700000000003 implements MigrationInterface {
  name = 'Templates1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE template (
        code               text PRIMARY KEY,
        name               text NOT NULL,
        description        text NOT NULL DEFAULT '',
        enabled            boolean NOT NULL DEFAULT true,
        latest_version     integer NOT NULL,
        published_version  integer,
        revision           integer NOT NULL DEFAULT 1,
        created_at         timestamptz NOT NULL DEFAULT now(),
        updated_at         timestamptz NOT NULL DEFAULT now(),
        deleted_at         timestamptz
      )`);
    await runner.query(`
      CREATE TABLE template_version (
        template      text NOT NULL REFERENCES template (code),
        version       integer NOT NULL,
        definition    jsonb NOT NULL,
        created_by    uuid,
        created_at    timestamptz NOT NULL DEFAULT now(),
        published_at  timestamptz,
        PRIMARY KEY (template, version)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE template_version, template`);
  }
}
