import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, LessThan, type EntityManager } from 'typeorm';
import { sqlOf, type Sql } from '#libs/database';
import { TemplateVersionEntity } from './template-version.entity.js';
import { TemplateEntity } from './template.entity.js';

/** Where a page of templates begins: behind this one, newest first. */
export interface TemplatePosition {
  readonly createdAt: Date;
  readonly code: string;
}

export interface TemplateFilter {
  /** Part of the code or the name, case ignored. */
  readonly search?: string | undefined;
  readonly channel?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Codes, `*` as wildcard at the end: only those that fit one of them. */
  readonly patterns?: readonly string[] | undefined;
}

/** A template in a list: without its content. */
export interface TemplateSummary {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly latestVersion: number;
  readonly publishedVersion: number | null;
  /** Of the latest version's routes, each once. */
  readonly channels: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Changes to templates in one transaction. */
export class TemplateTransaction {
  constructor(private readonly manager: EntityManager) {}

  /** The transaction's own connection. */
  get sql(): Sql {
    return sqlOf(this.manager);
  }

  /** The template, deleted or not; nobody else changes it until the transaction ends. */
  async lock(code: string): Promise<TemplateEntity | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    return (await this.manager.findOne(TemplateEntity, { where: { code }, lock })) ?? undefined;
  }

  async insert(template: TemplateEntity): Promise<void> {
    await this.manager.insert(TemplateEntity, template);
  }

  async update({ code, ...changes }: TemplateEntity): Promise<void> {
    await this.manager.update(TemplateEntity, { code }, changes);
  }

  async addVersion({ template, version, definition, createdBy, createdAt }: TemplateVersionEntity): Promise<void> {
    await this.sql.query(
      `INSERT INTO template_version (template, version, definition, created_by, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [template, version, JSON.stringify(definition), createdBy, createdAt],
    );
  }

  async findVersion(code: string, version: number): Promise<TemplateVersionEntity | undefined> {
    return (await this.manager.findOneBy(TemplateVersionEntity, { template: code, version })) ?? undefined;
  }

  async markPublished({ template, version }: TemplateVersionEntity, publishedAt: Date): Promise<void> {
    await this.manager.update(TemplateVersionEntity, { template, version, publishedAt: IsNull() }, { publishedAt });
  }
}

/** Templates and versions as rows. */
@Injectable()
export class TemplateRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Runs `work` in one transaction and commits it; any throw rolls back. */
  change<T>(work: (transaction: TemplateTransaction) => Promise<T>): Promise<T> {
    return this.source.transaction((manager) => work(new TemplateTransaction(manager)));
  }

  async find(code: string): Promise<TemplateEntity | undefined> {
    return (await this.source.manager.findOneBy(TemplateEntity, { code, deletedAt: IsNull() })) ?? undefined;
  }

  async findVersion(code: string, version: number): Promise<TemplateVersionEntity | undefined> {
    return (await this.source.manager.findOneBy(TemplateVersionEntity, { template: code, version })) ?? undefined;
  }

  /** Newest first, those before the version `before`. */
  listVersions(code: string, limit: number, before?: number): Promise<TemplateVersionEntity[]> {
    return this.source.manager.find(TemplateVersionEntity, {
      where: { template: code, ...(before !== undefined && { version: LessThan(before) }) },
      order: { version: 'DESC' },
      take: limit,
    });
  }

  /** Newest first, those behind `after`. */
  list(filter: TemplateFilter, limit: number, after?: TemplatePosition): Promise<TemplateSummary[]> {
    return this.source.query<TemplateSummary[]>(
      `SELECT t.code, t.name, t.description, t.enabled,
              t.latest_version AS "latestVersion", t.published_version AS "publishedVersion",
              ARRAY(SELECT DISTINCT route ->> 'channel' FROM jsonb_array_elements(v.definition -> 'routes') AS route)
                AS channels,
              t.created_at AS "createdAt", t.updated_at AS "updatedAt"
       FROM template t
       JOIN template_version v ON v.template = t.code AND v.version = t.latest_version
       WHERE t.deleted_at IS NULL
         AND ($1::timestamptz IS NULL OR (t.created_at, t.code) < ($1, $2::text))
         AND ($3::text IS NULL OR strpos(lower(t.code || ' ' || t.name), lower($3)) > 0)
         AND ($4::text IS NULL OR v.definition -> 'routes' @> jsonb_build_array(jsonb_build_object('channel', $4)))
         AND ($5::boolean IS NULL OR t.enabled = $5)
         AND ($7::text[] IS NULL OR EXISTS (
           SELECT FROM unnest($7::text[]) AS pattern
           WHERE t.code = pattern OR (pattern LIKE '%*' AND starts_with(t.code, left(pattern, -1)))))
       ORDER BY t.created_at DESC, t.code DESC
       LIMIT $6`,
      [
        after?.createdAt ?? null,
        after?.code ?? null,
        filter.search ?? null,
        filter.channel ?? null,
        filter.enabled ?? null,
        limit,
        filter.patterns ?? null,
      ],
    );
  }
}
