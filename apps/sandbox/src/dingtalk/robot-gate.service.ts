import { Injectable } from '@nestjs/common';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import { RateLimits } from '../state/rate-limits.js';
import type { RateRule } from '../state/rate-window.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import type { DingtalkRobot } from './dingtalk-world.js';
import { judgeSign } from './robot-security.js';

const PER_MINUTE: RateRule = { limit: 20, windowMs: 60_000, blockMs: 600_000 };

/** Whether a webhook robot may speak now: its signature first, then its rate. */
@Injectable()
export class RobotGate {
  constructor(
    private readonly limits: RateLimits,
    private readonly clock: SandboxClock,
  ) {}

  admit(robot: DingtalkRobot, { query }: VendorCall): void {
    judgeSign(robot, query, this.clock.nowMs());
    if (!this.limits.admits(PER_MINUTE, robot.label)) {
      throw new Refusal(130101, 'send too fast, exceed 20 times per minute');
    }
  }
}
