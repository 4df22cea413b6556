import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { ForbiddenError, UnauthenticatedError, type Identity } from '#libs/security';
import { ApiProblems, OptionalIdentity, Public } from '../http/index.js';
import { HttpMetrics } from './http-metrics.js';

@ApiTags('Health')
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly metrics: HttpMetrics,
  ) {}

  // Declared public because the configuration decides: see `requireReader`.
  @Get()
  @Public()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Metrics in the Prometheus text format; needs `stats:read` unless they are public' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'process_cpu_seconds_total 1.5' } })
  @ApiProblems()
  async show(@OptionalIdentity() identity: Identity | undefined): Promise<string> {
    if (!this.config.metricsPublic) requireReader(identity);
    return this.metrics.registry.metrics();
  }
}

function requireReader(identity: Identity | undefined): void {
  if (!identity) throw new UnauthenticatedError();
  if (!identity.scopes.has('stats:read')) throw ForbiddenError.missingScope('stats:read');
}
