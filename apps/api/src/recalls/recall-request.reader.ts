import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, ValidationError, jsonPointer, type Clock, type Fault } from '#libs/core';
import {
  MessageReader,
  checkParams,
  type Correction,
  type Params,
  type RecallRange,
  type RecallSelector,
} from '#libs/messages';
import { ForbiddenError, mayUseTemplate, type Identity } from '#libs/security';
import { TemplateCatalogue, missingVariables } from '#libs/templates';
import { visibleTo } from '../messages/message-visibility.js';
import type { CorrectionDto, NewRecallDto } from './recall.dto.js';

/** What a recall is for, as far as the key may see it. */
export type RecallTarget =
  | { readonly selector: RecallSelector; readonly messageIds: readonly string[] }
  | { readonly selector: RecallSelector; readonly range: RecallRange };

const SELECTORS = ['messageIds', 'providerMsgIds', 'businessKey', 'template'] as const;

/** Reads the body of a recall: which messages, and what is sent after those that cannot be taken back. */
@Injectable()
export class RecallRequestReader {
  constructor(
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ValidationError */
  async target(dto: NewRecallDto, identity: Identity): Promise<RecallTarget> {
    const given = SELECTORS.filter((name) => dto[name] !== undefined);
    if (given.length !== 1) throw invalidSelector(given[1] ?? 'messageIds', `exactly one of ${SELECTORS.join(', ')}`);
    if (dto.template === undefined && (dto.createdAfter ?? dto.createdBefore) !== undefined) {
      throw invalidSelector(dto.createdAfter === undefined ? 'createdBefore' : 'createdAfter', 'only with template');
    }
    const visibility = visibleTo(identity);
    if (dto.messageIds) {
      const ids = [...new Set(dto.messageIds.map((id) => id.toLowerCase()))];
      return { selector: { messageIds: ids }, messageIds: await this.messages.findVisible(ids, visibility) };
    }
    if (dto.providerMsgIds) {
      const found = await this.messages.findByProviderIds(dto.providerMsgIds, visibility);
      return { selector: { providerMsgIds: dto.providerMsgIds }, messageIds: found };
    }
    if (dto.businessKey !== undefined) {
      const found = await this.messages.findByBusinessKey(dto.businessKey, visibility);
      return { selector: { businessKey: dto.businessKey }, messageIds: found };
    }
    return this.range(dto);
  }

  /**
   * @throws ValidationError when the correction could certainly not be sent
   * @throws ForbiddenError without the right to send
   */
  async correction(dto: CorrectionDto | undefined, identity: Identity): Promise<Correction | undefined> {
    if (!dto) return undefined;
    if (!identity.scopes.has('messages:send')) throw ForbiddenError.missingScope('messages:send');
    const params = (dto.params ?? {}) as Params;
    const faults = [
      ...checkParams(params, ['correction', 'params']),
      ...(await this.templateFaults(dto.template, params, identity)),
    ];
    if (faults.length > 0) throw new ValidationError(faults);
    return {
      template: dto.template,
      params,
      mayBroadcast: identity.scopes.has('messages:broadcast'),
      ...(identity.accounts && { accounts: identity.accounts }),
    };
  }

  private range({ createdAfter, createdBefore, template = '' }: NewRecallDto): RecallTarget {
    // Without a beginning, one slip would take back everything the template ever sent.
    if (createdAfter === undefined) throw invalidSelector('createdAfter', 'is required with template');
    const now = this.clock.now();
    const wanted = createdBefore === undefined ? now : new Date(createdBefore);
    // What is yet to be sent is no part of it.
    const range = { template, createdAfter: new Date(createdAfter), createdBefore: wanted < now ? wanted : now };
    if (range.createdAfter >= range.createdBefore) throw invalidSelector('createdBefore', 'must be after createdAfter');
    const selector = {
      template,
      createdAfter: range.createdAfter.toISOString(),
      createdBefore: range.createdBefore.toISOString(),
    };
    return { selector, range };
  }

  private async templateFaults(code: string, params: Params, identity: Identity): Promise<readonly Fault[]> {
    const pointer = jsonPointer('correction', 'template');
    if (!mayUseTemplate(identity, code)) {
      return [{ pointer, code: 'template_not_allowed', message: 'the key may not use this template' }];
    }
    try {
      const { routes } = await this.templates.getPublished(code);
      const missing = routes.flatMap((route) => missingVariables(route, params, ['correction', 'params']));
      return [...new Map(missing.map((fault) => [fault.pointer, fault])).values()];
    } catch (error) {
      if (error instanceof ValidationError) return error.faults.map((fault) => ({ ...fault, pointer }));
      throw error;
    }
  }
}

const invalidSelector = (field: string, message: string): ValidationError =>
  new ValidationError([{ pointer: jsonPointer(field), code: 'invalid_selector', message }]);
