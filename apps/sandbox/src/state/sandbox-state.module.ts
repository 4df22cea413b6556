import { Module } from '@nestjs/common';
import { CLOCK, systemClock } from '#libs/core';
import { AnswerWriter } from '../exchange/answer-writer.service.js';
import { RequestLog } from '../exchange/request-log.service.js';
import { VendorGateway } from '../exchange/vendor-gateway.service.js';
import { FaultSwitches } from '../faults/fault-switches.service.js';
import { Inbox } from '../inbox/inbox.service.js';
import { Uploads } from '../media/uploads.service.js';
import { Customers } from '../world/customers.js';
import { Habits } from '../world/habits.js';
import { LoginCodes } from '../world/login-codes.js';
import { OrgChart } from '../world/org-chart.js';
import { People } from '../world/people.js';
import { RateLimits } from './rate-limits.js';
import { ResetRegistry } from './reset-registry.js';
import { SandboxClock } from './sandbox-clock.js';
import { Tokens } from './tokens.js';

const SHARED = [
  SandboxClock,
  ResetRegistry,
  RateLimits,
  Tokens,
  People,
  OrgChart,
  LoginCodes,
  Habits,
  Customers,
  Inbox,
  Uploads,
  FaultSwitches,
  RequestLog,
  VendorGateway,
];

/** What both vendors and the control calls share. */
@Module({
  providers: [...SHARED, AnswerWriter, { provide: CLOCK, useValue: systemClock }],
  exports: [...SHARED, CLOCK],
})
export class SandboxStateModule {}
