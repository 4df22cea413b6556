import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError } from '#libs/core';
import { Database, isUniqueViolation } from '#libs/database';

/** Numbers of templates, for systems that call templates by number. A number belongs to one template at most. */
@Injectable()
export class TemplateNumbers {
  constructor(@Inject(Database) private readonly database: Database) {}

  async findCode(number: number): Promise<string | undefined> {
    const [row] = await this.database.query<{ code: string }>(
      'SELECT code FROM template WHERE numeric_id = $1 AND deleted_at IS NULL',
      [number],
    );
    return row?.code;
  }

  /** Null: it has none. @throws NotFoundError */
  async get(code: string): Promise<number | null> {
    const [row] = await this.database.query<{ numeric_id: string | null }>(
      'SELECT numeric_id FROM template WHERE code = $1 AND deleted_at IS NULL',
      [code],
    );
    if (!row) throw new NotFoundError('There is no such template');
    return row.numeric_id === null ? null : Number(row.numeric_id);
  }

  /**
   * @throws NotFoundError
   * @throws ConflictError `already_exists` when another template has the number
   */
  async set(code: string, number: number | null): Promise<void> {
    // A deleted template gives its number up.
    await this.database.query(
      'UPDATE template SET numeric_id = NULL WHERE numeric_id = $1 AND deleted_at IS NOT NULL',
      [number],
    );
    const set = 'UPDATE template SET numeric_id = $2 WHERE code = $1 AND deleted_at IS NULL RETURNING code';
    try {
      const rows = await this.database.query(set, [code, number]);
      if (rows.length === 0) throw new NotFoundError('There is no such template');
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new ConflictError('already_exists', `Another template has the number ${number}`);
    }
  }
}
