import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the audit log is asked for: one thing, one kind of change, one key; newest first. */
export class AuditIndex1700000000025 implements MigrationInterface {
  name = 'AuditIndex1700000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX audit_log_object_idx ON audit_log (object, id DESC)`);
    await runner.query(`CREATE INDEX audit_log_action_idx ON audit_log (action text_pattern_ops, id DESC)`);
    await runner.query(`CREATE INDEX audit_log_key_idx ON audit_log (key_name, id DESC)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX audit_log_object_idx, audit_log_action_idx, audit_log_key_idx`);
  }
}
