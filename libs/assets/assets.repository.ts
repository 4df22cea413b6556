import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { ConflictError } from '#libs/core';
import { Database, type Alongside } from '#libs/database';
import type { AssetVisibility } from './asset-check.js';
import { AssetFiles, type AssetFile } from './asset-files.js';
import { AssetReader } from './asset-reader.js';
import { AssetEntity } from './asset.entity.js';

const MOST_NAMED = 100;

const whereVisible = ({ callerId }: AssetVisibility): { readonly callerId?: string } =>
  callerId === undefined ? {} : { callerId };

/** The rows of `asset`. */
@Injectable()
export class AssetsRepository {
  constructor(
    @InjectRepository(AssetEntity) private readonly assets: Repository<AssetEntity>,
    @Inject(AssetReader) private readonly reader: AssetReader,
    @Inject(AssetFiles) private readonly files: AssetFiles,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Answers the row without its bytes. */
  async insert(fields: Omit<AssetEntity, 'createdAt'>): Promise<AssetEntity> {
    await this.assets.insert(fields);
    return this.assets.findOneByOrFail({ id: fields.id });
  }

  list(visibility: AssetVisibility, limit: number, before?: string): Promise<AssetEntity[]> {
    return this.assets.find({
      where: { ...whereVisible(visibility), ...(before !== undefined && { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  async find(id: string, visibility: AssetVisibility): Promise<AssetEntity | undefined> {
    return (await this.assets.findOneBy({ id, ...whereVisible(visibility) })) ?? undefined;
  }

  /** With its bytes: up to 20 MiB, shared by all who ask for them. */
  findFile(id: string): Promise<AssetFile | undefined> {
    return this.files.find(id);
  }

  /** @throws ConflictError `in_use` while the newest or published version of a template names it */
  async delete(id: string, alongside?: Alongside): Promise<void> {
    await this.database.transaction(async (sql) => {
      await sql.query('SELECT 1 FROM asset WHERE id = $1 FOR UPDATE', [id]);
      const templates = await sql.query<{ code: string }>(
        `SELECT DISTINCT t.code FROM template t
         JOIN template_version v ON v.template = t.code AND v.version IN (t.published_version, t.latest_version)
         WHERE t.deleted_at IS NULL AND strpos(v.definition::text, $1) > 0
         ORDER BY t.code LIMIT $2`,
        [id, MOST_NAMED],
      );
      if (templates.length > 0) throw inUse(templates.map(({ code }) => code));
      await sql.query('DELETE FROM asset WHERE id = $1', [id]);
      await alongside?.(sql);
    });
    this.forget(id);
  }

  /** Takes back an upload that came to nothing: nobody can have used it yet. */
  async discard(id: string): Promise<void> {
    await this.assets.delete({ id });
    this.forget(id);
  }

  private forget(id: string): void {
    this.reader.invalidate(id);
    this.files.forget(id);
  }
}

const inUse = (templates: readonly string[]): ConflictError =>
  new ConflictError('in_use', `In use by ${templates.length} templates`, { meta: { templates: [...templates] } });
