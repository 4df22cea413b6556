import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Uploaded files, and what became of them at the vendors. */
export class Assets1700000000006 implements MigrationInterface {
  name = 'Assets1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE asset (
        id            uuid PRIMARY KEY,
        caller_id     uuid NOT NULL,
        file_name     text NOT NULL,
        content_type  text NOT NULL,
        format        text NOT NULL,
        kind          text NOT NULL CHECK (kind IN ('image', 'voice', 'video', 'file')),
        size_bytes    integer NOT NULL,
        sha256        bytea NOT NULL,
        bytes         bytea NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now()
      )`);
    // Pictures, recordings and documents are compressed already.
    await runner.query(`ALTER TABLE asset ALTER COLUMN bytes SET STORAGE EXTERNAL`);
    await runner.query(`CREATE INDEX asset_caller_idx ON asset (caller_id, id DESC)`);
    await runner.query(`
      CREATE TABLE asset_media (
        asset_id          uuid NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
        account           text NOT NULL REFERENCES account (code) ON DELETE CASCADE,
        kind              text NOT NULL,
        form              text NOT NULL,
        value             text,
        version           integer NOT NULL DEFAULT 0,
        uploaded_at       timestamptz,
        expires_at        timestamptz,
        used_at           timestamptz NOT NULL DEFAULT now(),
        refreshing_until  timestamptz,
        retry_at          timestamptz,
        failures          integer NOT NULL DEFAULT 0,
        last_error        jsonb,
        PRIMARY KEY (asset_id, account, kind, form)
      )`);
    await runner.query(`CREATE INDEX asset_media_account_idx ON asset_media (account)`);
    await runner.query(`CREATE INDEX asset_media_expiry_idx ON asset_media (expires_at) WHERE expires_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE asset_media, asset`);
  }
}
