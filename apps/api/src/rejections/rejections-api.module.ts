import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { FindingModule, RejectionLog } from '#libs/insight';
import { observeRejections } from './rejection-observer.js';
import { RejectionsController } from './rejections.controller.js';

@Module({ imports: [FindingModule], controllers: [RejectionsController] })
export class RejectionsApiModule implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(RejectionLog) private readonly log: RejectionLog,
  ) {}

  /** Before the server is ready: hooks that are added later would not run. */
  onModuleInit(): void {
    observeRejections(this.host.httpAdapter.getInstance<FastifyInstance>(), this.log);
  }
}
