import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError, type JsonObject } from '#libs/core';
import { AuditLog, requireTemplate, type Identity } from '#libs/security';
import { TemplateCatalogue } from './template-catalogue.js';
import { TemplateRepository, type TemplateTransaction } from './template.repository.js';
import type { TemplateEntity } from './template.entity.js';

/** Who makes a change, for the audit log. */
export interface Actor {
  readonly identity: Identity;
  readonly requestId?: string | undefined;
}

export type RevisionCheck = (revision: number) => void;

export interface Change {
  readonly code: string;
  readonly actor: Actor;
  /** `template.<verb>` in the audit log. */
  readonly verb: 'create' | 'update' | 'delete' | 'publish' | 'enable' | 'disable';
  /** Throws when the caller meant another revision than the current one. */
  readonly expect?: RevisionCheck | undefined;
  readonly details?: JsonObject;
}

export const unknownTemplate = (): NotFoundError => new NotFoundError('There is no such template');

/** Runs changes of a template one after the other: each with its line in the audit log, or not at all. */
@Injectable()
export class TemplateChanges {
  constructor(
    @Inject(TemplateRepository) private readonly templates: TemplateRepository,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(TemplateCatalogue) private readonly catalogue: TemplateCatalogue,
  ) {}

  /**
   * @param work gets the row under lock, also when it is deleted; a throw undoes everything.
   * @throws ForbiddenError when the key may not use the template.
   */
  async apply<T>(
    change: Change,
    work: (transaction: TemplateTransaction, current: TemplateEntity | undefined) => Promise<T>,
  ): Promise<T> {
    requireTemplate(change.actor.identity, change.code);
    const result = await this.templates.change(async (transaction) => {
      const done = await work(transaction, await transaction.lock(change.code));
      await this.record(change, transaction);
      return done;
    });
    this.catalogue.invalidate(change.code);
    return result;
  }

  /**
   * As `apply`, for a template that must exist.
   * @throws NotFoundError, and what `expect` throws
   */
  applyToExisting<T>(
    change: Change,
    work: (transaction: TemplateTransaction, current: TemplateEntity) => Promise<T>,
  ): Promise<T> {
    return this.apply(change, (transaction, current) => {
      if (!current || current.deletedAt) throw unknownTemplate();
      change.expect?.(current.revision);
      return work(transaction, current);
    });
  }

  private record({ code, actor, verb, details }: Change, { sql }: TemplateTransaction): Promise<void> {
    const { identity, requestId } = actor;
    const line = { identity, requestId, action: `template.${verb}`, object: `template:${code}` };
    return this.audit.record({ ...line, ...(details && { details }) }, sql);
  }
}
