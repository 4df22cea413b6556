import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JsonObject, Language } from '#libs/core';
import type { Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequestId, RequestLanguage, RequireScopes } from '../http/index.js';
import { CardResultsDto, CardUpdateDto } from './message-card.dto.js';
import { MessageCardService } from './message-card.service.js';
import { replayableBy } from './message-visibility.js';
import { messageId } from './messages.controller.js';

@ApiTags('messages')
@Controller('v1/messages/:id')
export class MessageCardController {
  constructor(@Inject(MessageCardService) private readonly cards: MessageCardService) {}

  @Post('card')
  @HttpCode(200)
  @RequireScopes('messages:send')
  @ApiOperation({ summary: 'Change a card that was sent' })
  @ApiBody({ type: CardUpdateDto })
  @ApiOkResponse({ type: CardResultsDto, description: 'What became of each card' })
  @ApiProblems(404, 409, 422)
  async update(
    @Param('id') id: string,
    @Body() body: CardUpdateDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @RequestLanguage() language: Language,
  ): Promise<{ readonly results: readonly JsonObject[] }> {
    const visibility = replayableBy(identity, language);
    const results = await this.cards.update(messageId(id), body, visibility, { identity, requestId });
    return { results };
  }
}
