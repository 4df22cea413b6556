import { Inject, Injectable } from '@nestjs/common';
import { assetsSeenBy } from '#libs/assets';
import { CLOCK, ConflictError, NotFoundError, type Clock, type Fault, type JsonObject } from '#libs/core';
import { isUniqueViolation } from '#libs/database';
import { DefinitionValidator, type ValidTemplate } from './definition/definition-validator.js';
import { TemplateChanges, unknownTemplate, type Actor, type RevisionCheck } from './template-changes.js';
import type { TemplateVersionEntity } from './template-version.entity.js';
import type { TemplateEntity } from './template.entity.js';
import {
  TemplateRepository,
  type TemplateFilter,
  type TemplatePosition,
  type TemplateSummary,
  type TemplateTransaction,
} from './template.repository.js';

/** A template with one of its versions. */
export interface TemplateRecord {
  readonly template: TemplateEntity;
  readonly version: TemplateVersionEntity;
}

const unknownVersion = (): NotFoundError => new NotFoundError('The template has no such version');

const alreadyExists = (code: string): ConflictError =>
  new ConflictError('already_exists', `The template "${code}" exists already`);

const codeMissing = (code: string | undefined): Fault | undefined =>
  code === undefined ? { pointer: '/code', code: 'missing_field', message: 'code is required' } : undefined;

const codeChanged =
  (own: string) =>
  (code: string | undefined): Fault | undefined =>
    code === undefined || code === own
      ? undefined
      : { pointer: '/code', code: 'immutable_field', message: 'the code of a template cannot change' };

/** Templates as callers and operators handle them: saved as drafts, published, enabled and disabled, deleted. */
@Injectable()
export class TemplatesService {
  constructor(
    @Inject(TemplateRepository) private readonly templates: TemplateRepository,
    @Inject(DefinitionValidator) private readonly validator: DefinitionValidator,
    @Inject(TemplateChanges) private readonly changes: TemplateChanges,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(filter: TemplateFilter, limit: number, after?: TemplatePosition): Promise<TemplateSummary[]> {
    return this.templates.list(filter, limit, after);
  }

  /** The template with its latest version. @throws NotFoundError */
  async get(code: string): Promise<TemplateRecord> {
    const template = await this.templates.find(code);
    if (!template) throw unknownTemplate();
    return this.withVersion(template, template.latestVersion);
  }

  /** @throws NotFoundError */
  async getVersion(code: string, version: number): Promise<TemplateRecord> {
    const template = await this.templates.find(code);
    if (!template) throw unknownTemplate();
    return this.withVersion(template, version);
  }

  /** Newest first, those before the version `before`. @throws NotFoundError */
  async listVersions(code: string, limit: number, before?: number): Promise<TemplateVersionEntity[]> {
    if (!(await this.templates.find(code))) throw unknownTemplate();
    return this.templates.listVersions(code, limit, before);
  }

  /**
   * Saves a new template as a draft. The code of a deleted template may be used again: version numbers go on.
   * @throws ValidationError, ConflictError `already_exists`
   */
  async create(body: JsonObject, actor: Actor): Promise<TemplateRecord> {
    const valid = await this.validator.validate(body, { author: assetsSeenBy(actor.identity), codeFault: codeMissing });
    const code = valid.code ?? '';
    try {
      return await this.changes.apply({ code, actor, verb: 'create' }, async (transaction, current) => {
        if (current && !current.deletedAt) throw alreadyExists(code);
        const template = this.draft(code, valid, current);
        await (current ? transaction.update(template) : transaction.insert(template));
        return this.addVersion(transaction, template, valid, actor);
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw alreadyExists(code);
      throw error;
    }
  }

  /**
   * Saves a new draft version; what is published stays published.
   * @throws NotFoundError, ValidationError, and what `expect` throws
   */
  async update(code: string, body: JsonObject, actor: Actor, expect?: RevisionCheck): Promise<TemplateRecord> {
    await this.get(code);
    const valid = await this.validator.validate(body, {
      author: assetsSeenBy(actor.identity),
      codeFault: codeChanged(code),
    });
    return this.changes.applyToExisting({ code, actor, verb: 'update', expect }, async (transaction, current) => {
      const { name, description } = valid.definition;
      const latestVersion = current.latestVersion + 1;
      const enabled = valid.enabled ?? current.enabled;
      const template = this.touched(current, { name, description, latestVersion, enabled });
      await transaction.update(template);
      return this.addVersion(transaction, template, valid, actor);
    });
  }

  /** Messages that use it keep their version and are sent. @throws NotFoundError, and what `expect` throws */
  async remove(code: string, actor: Actor, expect?: RevisionCheck): Promise<void> {
    await this.changes.applyToExisting({ code, actor, verb: 'delete', expect }, (transaction, current) =>
      transaction.update(this.touched(current, { publishedVersion: null, deletedAt: this.clock.now() })),
    );
  }

  /** New messages use this version from now on; publishing it again changes nothing. @throws NotFoundError, ValidationError */
  async publish(code: string, version: number, actor: Actor): Promise<TemplateRecord> {
    const change = { code, actor, verb: 'publish', details: { version } } as const;
    await this.changes.applyToExisting(change, async (transaction, current) => {
      const found = await transaction.findVersion(code, version);
      if (!found) throw unknownVersion();
      if (current.publishedVersion === version) return;
      await this.validator.holdAssets(found.definition, transaction.sql);
      await transaction.markPublished(found, this.clock.now());
      await transaction.update(this.touched(current, { publishedVersion: version }));
    });
    return this.getVersion(code, version);
  }

  /** Disabled: new messages are refused; what was accepted is still sent. @throws NotFoundError */
  async setEnabled(code: string, enabled: boolean, actor: Actor, reason?: string): Promise<TemplateRecord> {
    const verb = enabled ? 'enable' : 'disable';
    const details = reason === undefined ? {} : { reason };
    await this.changes.applyToExisting({ code, actor, verb, details }, async (transaction, current) => {
      if (current.enabled !== enabled) await transaction.update(this.touched(current, { enabled }));
    });
    return this.get(code);
  }

  private async withVersion(template: TemplateEntity, number: number): Promise<TemplateRecord> {
    const version = await this.templates.findVersion(template.code, number);
    if (!version) throw unknownVersion();
    return { template, version };
  }

  private touched(template: TemplateEntity, changes: Partial<TemplateEntity>): TemplateEntity {
    return { ...template, ...changes, revision: template.revision + 1, updatedAt: this.clock.now() };
  }

  /** A fresh template, or a deleted one that begins anew. */
  private draft(
    code: string,
    { definition, enabled }: ValidTemplate,
    deleted: TemplateEntity | undefined,
  ): TemplateEntity {
    const now = this.clock.now();
    return {
      code,
      name: definition.name,
      description: definition.description,
      enabled: enabled ?? true,
      latestVersion: (deleted?.latestVersion ?? 0) + 1,
      publishedVersion: null,
      revision: (deleted?.revision ?? 0) + 1,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
  }

  private async addVersion(
    transaction: TemplateTransaction,
    template: TemplateEntity,
    { definition }: ValidTemplate,
    { identity }: Actor,
  ): Promise<TemplateRecord> {
    const version: TemplateVersionEntity = {
      template: template.code,
      version: template.latestVersion,
      definition,
      createdBy: identity.callerId,
      createdAt: this.clock.now(),
      publishedAt: null,
    };
    await this.validator.holdAssets(definition, transaction.sql);
    await transaction.addVersion(version);
    return { template, version };
  }
}
