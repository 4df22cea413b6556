import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CLOCK, describeError, idTime, type Clock, type Language } from '#libs/core';
import { REJECTION_DAYS, RejectionStore, type RejectionRow } from '#libs/insight';
import { seesAllCallers, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestLanguage,
  RequireScopes,
  idCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { RejectionDto, RejectionsQuery } from './rejection.dto.js';

const LIST = 'rejections';
const DAY_MS = 86_400_000;

function present(row: RejectionRow, language: Language): RejectionDto {
  const { caller, code, faults, id, key_name: keyName, request_id: requestId, route, status, template } = row;
  return {
    id,
    at: idTime(id).toISOString(),
    code,
    title: describeError(code)?.title[language] ?? code,
    status,
    errors: faults,
    route,
    ...(template !== null && { template }),
    ...(caller !== null && { caller }),
    keyName,
    requestId,
  };
}

@ApiTags('rejections')
@Controller('v1/rejections')
export class RejectionsController {
  constructor(
    @Inject(RejectionStore) private readonly rejections: RejectionStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RequireScopes('messages:read')
  @ApiPage(RejectionDto, 'Requests to send that were refused in the last seven days, newest first')
  @ApiProblems(400, 422)
  async list(
    @Query() { createdAfter, createdBefore, cursor, limit, ...filter }: RejectionsQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<RejectionDto>> {
    const before = idCursor(LIST, cursor);
    const rows = await this.rejections.list({
      ...filter,
      ...(!seesAllCallers(identity) && { callerId: identity.callerId }),
      from: createdAfter ?? new Date(this.clock.now().getTime() - REJECTION_DAYS * DAY_MS),
      ...(createdBefore && { to: createdBefore }),
      ...(before !== undefined && { before }),
      limit: limit + 1,
    });
    return pageOf(LIST, rows, limit, { positionOf: ({ id }) => [id], present: (row) => present(row, language) });
  }
}
