import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ContentReader, MessageReader } from '#libs/messages';
import type { Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequireScopes } from '../http/index.js';
import { visibleTo } from './message-visibility.js';
import { ContentDto } from './message.dto.js';
import { messageId } from './messages.controller.js';
import { TimelineQuery } from './messages.query.js';

@ApiTags('messages')
@Controller('v1/messages/:id/content')
export class MessageContentController {
  constructor(
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(ContentReader) private readonly contents: ContentReader,
  ) {}

  @Get()
  @RequireScopes('messages:read')
  @ApiOkResponse({ type: ContentDto, description: 'Content of a delivery (default: the first), as rendered' })
  @ApiProblems(404, 410, 422)
  async get(
    @Param('id') id: string,
    @Query() { deliveryNo = 1 }: TimelineQuery,
    @CurrentIdentity() identity: Identity,
  ): Promise<ContentDto> {
    const message = await this.messages.getRow(messageId(id), visibleTo(identity));
    const { content, delivery } = await this.contents.ofDelivery(message, deliveryNo);
    return { deliveryNo, channel: delivery.channel, content };
  }
}
