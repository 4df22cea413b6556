import { Inject, Injectable } from '@nestjs/common';
import type { CardAudience, Content } from '#libs/channels';
import { ValidationError, type JsonObject } from '#libs/core';
import { CardUpdateService, MessageReader, shownResult, type Visibility } from '#libs/messages';
import { AuditLog, requireTemplate } from '#libs/security';
import { AllowedAccounts } from './allowed-accounts.js';
import type { Actor } from './message-actions.service.js';
import type { CardAudienceDto, CardUpdateDto } from './message-card.dto.js';

/** Changes the cards of one message on behalf of a key; audited whatever comes of it. */
@Injectable()
export class MessageCardService {
  constructor(
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(CardUpdateService) private readonly cards: CardUpdateService,
    @Inject(AllowedAccounts) private readonly accounts: AllowedAccounts,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** @throws what `CardUpdateService.update` throws */
  async update(id: string, body: CardUpdateDto, visibility: Visibility, actor: Actor): Promise<readonly JsonObject[]> {
    const message = await this.messages.getRow(id, visibility);
    if (message.template !== null) requireTemplate(actor.identity, message.template);
    const content = contentIn(body.content);
    await this.accounts.require(id, actor.identity, body.deliveryNo);
    const audience = audienceIn(body.to);
    const where = body.deliveryNo === undefined ? {} : { deliveryNo: body.deliveryNo };
    await this.record(id, { kind: content.kind, ...where }, actor);
    const request = { message, content, actor: actor.identity.keyName, ...where, ...(audience && { audience }) };
    return (await this.cards.update(request)).map(shownResult);
  }

  private record(id: string, details: JsonObject, actor: Actor): Promise<void> {
    return this.audit.record({ ...actor, action: 'message.update_card', object: `message:${id}`, details });
  }
}

function contentIn(content: JsonObject): Content {
  const { kind } = content;
  if (typeof kind === 'string') return { ...content, kind };
  const code = kind === undefined ? 'missing_field' : 'wrong_type';
  throw new ValidationError([{ pointer: '/content/kind', code, message: 'kind must be a text' }]);
}

function audienceIn(to: CardAudienceDto | undefined): CardAudience | undefined {
  if (!to) return undefined;
  const { departments = [], tags = [], users = [] } = to;
  if (users.length + departments.length + tags.length > 0) return { departments, tags, users };
  throw new ValidationError([{ pointer: '/to', code: 'recipients_missing', message: 'names nobody' }]);
}
