import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFoundError, isUuid } from '#libs/core';
import { DeadLetterReader, ReplayJobService, ReplayJobStore, type DeadLetterCount } from '#libs/messages';
import { AuditLog, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  RequestId,
  RequireScopes,
  idCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { DEFAULT_RATE, NewReplayDto, ReplayJobDto, ReplayPreviewDto } from './dead-letter.dto.js';
import { filterOf, requireFilter } from './dead-letter-filter.js';
import { presentReplay } from './dead-letter.presenter.js';

const LIST = 'replays';

function replayId(text: string): string {
  if (!isUuid(text)) throw new NotFoundError('There is no such replay');
  return text;
}

@ApiTags('dead letters')
@Controller('v1/dead-letters')
export class ReplaysController {
  constructor(
    @Inject(ReplayJobService) private readonly replays: ReplayJobService,
    @Inject(ReplayJobStore) private readonly jobs: ReplayJobStore,
    @Inject(DeadLetterReader) private readonly letters: DeadLetterReader,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Post('replay')
  @HttpCode(202)
  @RequireScopes('queues:write')
  @ApiBody({ type: NewReplayDto })
  @ApiAcceptedResponse({ type: ReplayJobDto, description: 'What has failed by now is sent again, at the rate' })
  @ApiOkResponse({ type: ReplayPreviewDto, description: 'With `dryRun`: how many that would be' })
  @ApiProblems(400, 415, 422)
  async replay(
    @Body() { dryRun, filter, rate = DEFAULT_RATE }: NewReplayDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayJobDto | DeadLetterCount> {
    requireFilter(identity, filter);
    if (dryRun) {
      void reply.status(200);
      return this.letters.count(filterOf(filter));
    }
    const line = { identity, action: 'dead_letters.replay', requestId };
    const wish = { filter: filterOf(filter), ratePerMinute: rate, actor: identity.keyName };
    const job = await this.replays.start(wish, ({ filter: selector, id, itemCount }, sql) => {
      const details = { filter: selector, rate, deliveries: itemCount };
      return this.audit.record({ ...line, object: `replay:${id}`, details }, sql);
    });
    void reply.header('location', `/v1/dead-letters/replays/${job.id}`);
    return presentReplay(job);
  }

  @Get('replays')
  @RequireScopes('queues:read')
  @ApiPage(ReplayJobDto, 'Replays, newest first')
  @ApiProblems(400, 422)
  async list(@Query() { cursor, limit }: ListQuery): Promise<Page<ReplayJobDto>> {
    const before = idCursor(LIST, cursor);
    const rows = await this.jobs.list({ ...(before !== undefined && { before }), limit: limit + 1 });
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.id], present: presentReplay });
  }

  @Get('replays/:id')
  @RequireScopes('queues:read')
  @ApiOkResponse({ type: ReplayJobDto, description: 'With its progress' })
  @ApiProblems(404)
  async get(@Param('id') id: string): Promise<ReplayJobDto> {
    return presentReplay(await this.jobs.get(replayId(id)));
  }

  @Post('replays/:id/cancel')
  @HttpCode(200)
  @RequireScopes('queues:write')
  @ApiOkResponse({ type: ReplayJobDto, description: 'Goes no further; what was replayed stays so' })
  @ApiProblems(404)
  async cancel(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<ReplayJobDto> {
    const job = await this.audit.change(
      (sql) => this.jobs.cancel(replayId(id), sql),
      (canceled) => ({ identity, action: 'dead_letters.cancel_replay', object: `replay:${canceled.id}`, requestId }),
    );
    return presentReplay(job);
  }
}
