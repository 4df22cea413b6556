import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { ValidationError, isJsonObject, type Fault } from '#libs/core';
import { ImportIntake, type ColumnMapping, type Import } from '#libs/imports';
import { AuditLog, mayUseAccount, mayUseTemplate, seesAllCallers, type Identity } from '#libs/security';
import { TemplateCatalogue, type CompiledTemplate } from '#libs/templates';
import { BodyError, TABLE_TYPES } from '../http/index.js';
import type { NewImportQuery } from './import.dto.js';

const refuse = (parameter: string, code: string, message: string): never => {
  const fault: Fault = { parameter, code, message };
  throw new ValidationError([fault]);
};

/** Takes a file on behalf of a key. */
@Injectable()
export class ImportUploadService {
  constructor(
    @Inject(ImportIntake) private readonly intake: ImportIntake,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  async take(body: unknown, query: NewImportQuery, identity: Identity, requestId: string): Promise<Import> {
    const template = await this.templateFor(query.template, identity);
    const mapping = mappingIn(query.mapping);
    if (!(body instanceof Readable)) {
      throw new BodyError('unsupported_media_type', `The body must be a file, as ${TABLE_TYPES.join(', ')}`);
    }
    const { encoding, fileName, priority = 'normal', sheet } = query;
    const taken = await this.intake.take(body, {
      template,
      callerId: identity.callerId,
      actor: identity.keyName,
      rights: { mayBroadcast: identity.scopes.has('messages:broadcast'), seesAllAssets: seesAllCallers(identity) },
      priority,
      isDryRun: query.dryRun === 'true',
      ...(fileName !== undefined && { fileName }),
      ...(mapping && { mapping }),
      wishes: { ...(encoding && { encoding }), ...(sheet !== undefined && { sheet }) },
    });
    const details = { template: query.template, rows: taken.counts.rows, dryRun: taken.isDryRun };
    await this.audit.record({ identity, requestId, action: 'import.create', object: `import:${taken.id}`, details });
    return taken;
  }

  /** @throws ValidationError naming the parameter `template` */
  private async templateFor(code: string, identity: Identity): Promise<CompiledTemplate> {
    if (!mayUseTemplate(identity, code)) {
      return refuse('template', 'template_not_allowed', 'the key may not use this template');
    }
    const template = await this.templates.getPublished(code).catch((error: unknown) => {
      if (!(error instanceof ValidationError)) throw error;
      throw new ValidationError(
        error.faults.map(({ pointer: _pointer, ...fault }) => ({ parameter: 'template', ...fault })),
      );
    });
    const foreign = template.routes
      .flatMap(({ accounts }) => accounts)
      .find((account) => !mayUseAccount(identity, account));
    if (foreign === undefined) return template;
    return refuse('template', 'account_not_allowed', `the key may not use the account ${foreign}`);
  }
}

function mappingIn(text: string | undefined): ColumnMapping | undefined {
  if (text === undefined) return undefined;
  const value = parsed(text);
  const isMapping = isJsonObject(value) && Object.values(value).every((target) => typeof target === 'string');
  return isMapping ? (value as ColumnMapping) : refuse('mapping', 'invalid_value', 'must be a JSON object of texts');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
