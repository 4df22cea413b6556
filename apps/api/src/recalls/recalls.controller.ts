import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFoundError, describeReason, isUuid, reasonSentence, type Language } from '#libs/core';
import { RecallStore } from '#libs/messages';
import type { Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  RequestId,
  RequestLanguage,
  RequireAnyScope,
  RequireScopes,
  decodeCursor,
  pageOf,
  idCursor,
  type Page,
} from '../http/index.js';
import { visibleTo } from '../messages/message-visibility.js';
import { RecallSubmissionService } from './recall-submission.service.js';
import { NewRecallDto, RecallDto, RecallPreviewDto, RecallResultDto, RecallResultsQuery } from './recall.dto.js';
import { presentRecall } from './recall.presenter.js';

const LIST = 'recalls';

function recallId(text: string): string {
  if (!isUuid(text)) throw new NotFoundError('There is no such recall');
  return text;
}

@ApiTags('recalls')
@Controller('v1/recalls')
export class RecallsController {
  constructor(
    @Inject(RecallSubmissionService) private readonly recalls: RecallSubmissionService,
    @Inject(RecallStore) private readonly store: RecallStore,
  ) {}

  @Post()
  @HttpCode(202)
  @RequireScopes('messages:recall')
  @ApiBody({ type: NewRecallDto })
  @ApiAcceptedResponse({ type: RecallDto })
  @ApiOkResponse({ type: RecallPreviewDto, description: 'With `dryRun`: what would happen' })
  @ApiProblems(400, 409, 415, 422)
  async create(
    @Body() body: NewRecallDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecallDto | RecallPreviewDto> {
    if (body.dryRun) {
      void reply.status(200);
      return this.recalls.preview(body, identity);
    }
    const recall = await this.recalls.recallMany(body, { identity, requestId });
    void reply.header('location', `/v1/recalls/${recall.id}`);
    return recall;
  }

  @Get()
  @RequireAnyScope('recalls:read', 'messages:recall')
  @ApiPage(RecallDto, 'Recalls, newest first')
  @ApiProblems(400, 422)
  async list(@Query() { cursor, limit }: ListQuery, @CurrentIdentity() identity: Identity): Promise<Page<RecallDto>> {
    const before = idCursor(LIST, cursor);
    const page = { ...visibleTo(identity), ...(before !== undefined && { before }), limit: limit + 1 };
    const rows = await this.store.list(page);
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.id], present: presentRecall });
  }

  @Get(':id')
  @RequireAnyScope('recalls:read', 'messages:recall')
  @ApiOkResponse({ type: RecallDto })
  @ApiProblems(404)
  get(@Param('id') id: string, @CurrentIdentity() identity: Identity): Promise<RecallDto> {
    return this.recalls.get(recallId(id), identity);
  }

  @Get(':id/results')
  @RequireAnyScope('recalls:read', 'messages:recall')
  @ApiPage(RecallResultDto, 'What became of each recipient')
  @ApiProblems(400, 404, 422)
  async listResults(
    @Param('id') id: string,
    @Query() { cursor, limit, status }: RecallResultsQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<RecallResultDto>> {
    const recall = await this.recalls.get(recallId(id), identity);
    const list = `recall-results ${recall.id} ${status?.join() ?? ''}`;
    const position = decodeCursor(list, cursor, ['id', 'number']);
    const after = position && { messageId: position[0], rowNo: position[1] };
    const rows = await this.store.listResults(recall.id, {
      ...(after && { after }),
      ...(status && { statuses: status }),
      limit: limit + 1,
    });
    return pageOf(list, rows, limit, {
      positionOf: (row) => [row.messageId, row.rowNo],
      present: ({ rowNo: _rowNo, ...row }) => ({ ...row, ...textOf(row.reason, language) }),
    });
  }
}

const textOf = (reason: string | undefined, language: Language): { readonly text?: string } =>
  reason === undefined ? {} : { text: sentenceOf(reason, language) };

function sentenceOf(reason: string, language: Language): string {
  const entry = describeReason(reason);
  return entry ? reasonSentence(entry, language) : reason;
}
