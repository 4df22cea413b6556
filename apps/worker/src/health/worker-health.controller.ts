import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DispatchMetrics } from '../dispatch/dispatch-metrics.js';
import { WorkerReadinessService, type WorkerReadiness } from './worker-readiness.js';

/** Health and metrics of the worker, on a port of their own that is meant for the inside only. */
@Controller()
export class WorkerHealthController {
  constructor(
    @Inject(WorkerReadinessService) private readonly readiness: WorkerReadinessService,
    @Inject(DispatchMetrics) private readonly dispatchMetrics: DispatchMetrics,
  ) {}

  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<WorkerReadiness> {
    const readiness = await this.readiness.check();
    if (readiness.status === 'down') void reply.status(503);
    return readiness;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.dispatchMetrics.registry.metrics();
  }
}
