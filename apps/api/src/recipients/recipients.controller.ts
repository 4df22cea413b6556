import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Language } from '#libs/core';
import { ExplainService } from '#libs/insight';
import { canonicalRef } from '#libs/messages';
import type { Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestLanguage,
  RequireScopes,
  decodeCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { visibleTo } from '../messages/message-visibility.js';
import { ExplainQuery, ExplanationDto, PersonMessageDto, PersonMessagesQuery } from './recipient.dto.js';
import { presentExplanation, presentFate } from './recipient.presenter.js';

const REF = {
  name: 'ref',
  example: 'user:zhangsan',
  description: 'As a recipient is written: `mobile:138…`, `group:…`',
};

@ApiTags('recipients')
@Controller('v1/recipients/:ref')
export class RecipientsController {
  constructor(@Inject(ExplainService) private readonly explanations: ExplainService) {}

  @Get('messages')
  @RequireScopes('messages:read')
  @ApiParam(REF)
  @ApiPage(PersonMessageDto, 'What was sent to one person, or not and why, newest first')
  @ApiProblems(400, 422)
  async listMessages(
    @Param('ref') ref: string,
    @Query() { createdAfter, createdBefore, cursor, limit, template }: PersonMessagesQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<PersonMessageDto>> {
    const list = `messages of ${canonicalRef(ref)}`;
    const [messageId = '', rowNo = 0] = decodeCursor(list, cursor, ['id', 'number']) ?? [];
    const { callerId } = visibleTo(identity);
    const filter = {
      ...(callerId !== undefined && { callerId }),
      ...(template !== undefined && { template }),
      ...(createdAfter && { from: createdAfter }),
      ...(createdBefore && { to: createdBefore }),
      ...(messageId !== '' && { before: { messageId, rowNo } }),
      limit: limit + 1,
    };
    const rows = await this.explanations.list(ref, filter, mayReadPeople(identity));
    return pageOf(list, rows, limit, {
      positionOf: (row) => [row.message_id, row.row_no],
      present: (row) => presentFate(row, language),
    });
  }

  @Get('explain')
  @RequireScopes('messages:read')
  @ApiParam(REF)
  @ApiOperation({ summary: 'Why did they not get it?' })
  @ApiOkResponse({ type: ExplanationDto, description: 'The answer, and the twelve stations it follows from' })
  @ApiProblems(422)
  async explain(
    @Param('ref') ref: string,
    @Query() query: ExplainQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<ExplanationDto> {
    const request = { ref, language, ...query, mayReadPeople: mayReadPeople(identity) };
    const explanation = await this.explanations.explain(request, visibleTo(identity, language));
    return presentExplanation(explanation, language);
  }
}

const mayReadPeople = ({ scopes }: Identity): boolean => scopes.has('directory:read');
