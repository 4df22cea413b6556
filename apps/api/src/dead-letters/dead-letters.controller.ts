import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Language } from '#libs/core';
import { DeadLetterReader } from '#libs/messages';
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
import { DeadLetterDto, DeadLettersQuery } from './dead-letter.dto.js';
import { filterOf } from './dead-letter-filter.js';
import { presentDeadLetter } from './dead-letter.presenter.js';

const LIST = 'dead-letters';

@ApiTags('dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DeadLetterReader) private readonly letters: DeadLetterReader) {}

  @Get()
  @RequireScopes('queues:read')
  @ApiPage(DeadLetterDto, 'Failed deliveries whose recipients nothing else serves, the latest failure first')
  @ApiProblems(400, 422)
  async list(
    @Query() query: DeadLettersQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<DeadLetterDto>> {
    const { cursor, limit, ...filter } = query;
    const position = decodeCursor(LIST, cursor, ['instant', 'number', 'id', 'number']);
    const [failedAt = '', micros = 0, messageId = '', deliveryNo = 0] = position ?? [];
    const after = position && { after: { failedAt, micros, messageId, deliveryNo } };
    const page = { ...after, limit: limit + 1 };
    const rows = await this.letters.list(filterOf(filter), page, visibleTo(identity, language));
    return pageOf(LIST, rows, limit, {
      positionOf: (row) => [row.failedAt.toISOString(), row.micros, row.messageId, row.deliveryNo],
      present: (row) => presentDeadLetter(row, language),
    });
  }
}
