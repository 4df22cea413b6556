import { Controller, Get, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Identity } from '#libs/security';
import { OptionalIdentity, Public } from '../http/index.js';
import { CheckDto, LivenessDto, ReadinessDto } from './health.dto.js';
import { ReadinessService } from './readiness.service.js';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ summary: 'Messages can be accepted; with a key, every check' })
  @ApiExtraModels(CheckDto)
  @ApiOkResponse({ type: ReadinessDto, description: '`degraded`: accepted, but something needs a person' })
  @ApiServiceUnavailableResponse({ type: ReadinessDto })
  async ready(
    @OptionalIdentity() identity: Identity | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReadinessDto> {
    const { status, checks } = await this.readiness.check();
    if (status === 'down') void reply.status(503).header('retry-after', 1);
    return identity ? { status, checks } : { status };
  }
}
