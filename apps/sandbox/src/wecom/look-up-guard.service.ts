import { Injectable } from '@nestjs/common';
import { Refusal } from '../exchange/refusal.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { OrgChart } from '../world/org-chart.js';

const MOST_WRONG = 0.2;
const DAY_MS = 86_400_000;

/** Look-ups of nobody: beyond a fifth of the headcount the corp is blocked for a day. */
@Injectable()
export class LookUpGuard {
  private wrong = 0;
  private blockedUntilMs = 0;

  constructor(
    private readonly org: OrgChart,
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => {
      this.wrong = 0;
      this.blockedUntilMs = 0;
    });
  }

  judge(): void {
    if (this.clock.nowMs() < this.blockedUntilMs) throw new Refusal(45009, 'api freq out of limit');
  }

  countWrong(): void {
    this.wrong += 1;
    if (this.wrong <= this.org.headcount * MOST_WRONG) return;
    this.wrong = 0;
    this.blockedUntilMs = this.clock.nowMs() + DAY_MS;
  }
}
