import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Identity } from '#libs/security';
import { ApiPage, ApiProblems, CurrentIdentity, RequestId, RequireScopes, type Page } from '../http/index.js';
import { PauseQueueDto, QueueDto } from './queue.dto.js';
import { QueuesService } from './queues.service.js';

@ApiTags('queues')
@Controller('v1/queues')
export class QueuesController {
  constructor(@Inject(QueuesService) private readonly queues: QueuesService) {}

  @Get()
  @RequireScopes('queues:read')
  @ApiPage(QueueDto, 'Every channel with what waits for it, on one page')
  @ApiProblems()
  async list(): Promise<Page<QueueDto>> {
    return { data: await this.queues.list(), nextCursor: null };
  }

  @Post(':channel/pause')
  @HttpCode(200)
  @RequireScopes('queues:write')
  @ApiBody({ type: PauseQueueDto, required: false })
  @ApiOkResponse({ type: QueueDto, description: 'Nothing more is sent on the channel; its deliveries wait' })
  @ApiProblems(404, 422)
  pause(
    @Param('channel') channel: string,
    @Body() { reason }: PauseQueueDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<QueueDto> {
    return this.queues.pause(channel, reason ?? undefined, { identity, requestId });
  }

  @Post(':channel/resume')
  @HttpCode(200)
  @RequireScopes('queues:write')
  @ApiOkResponse({ type: QueueDto, description: 'What is due goes out in the next pass' })
  @ApiProblems(404)
  resume(
    @Param('channel') channel: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<QueueDto> {
    return this.queues.resume(channel, { identity, requestId });
  }
}
