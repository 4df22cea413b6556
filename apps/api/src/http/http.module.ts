import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { DatabaseModule } from '#libs/database';
import { SecurityModule } from '#libs/security';
import { AnswerInTime } from './answer-in-time.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestGate } from './request-gate.js';
import { ShapePipe } from './shape.pipe.js';
import { UndeclaredInputGuard } from './undeclared-input.guard.js';

/** What every call of the API goes through. */
@Module({
  imports: [DatabaseModule, SecurityModule],
  providers: [
    AnswerInTime,
    RequestGate,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: UndeclaredInputGuard },
    { provide: APP_PIPE, useClass: ShapePipe },
  ],
  exports: [AnswerInTime, RequestGate],
})
export class HttpModule {}
