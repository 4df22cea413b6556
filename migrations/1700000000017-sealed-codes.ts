import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `delivery.sealed_code`: the one-use code of a card that came with the answer to the send, encrypted. `response_code`
 * holds what older releases have written, in plain text, and is not written any more.
 */
export class SealedCodes1700000000017 implements MigrationInterface {
  name = 'SealedCodes1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery ADD COLUMN sealed_code jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery DROP COLUMN sealed_code`);
  }
}
