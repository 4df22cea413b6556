import { Injectable } from '@nestjs/common';
import { ResetRegistry } from './reset-registry.js';
import { RateWindow, type RateRule } from './rate-window.js';
import { SandboxClock } from './sandbox-clock.js';

/** The vendors' rate limits, one sliding window per rule and key. Load tests may switch them off. */
@Injectable()
export class RateLimits {
  enforced = true;
  private readonly windows = new Map<RateRule, Map<string, RateWindow>>();

  constructor(
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.reset());
  }

  /** Counts a call under the key (an app, a robot, a member of an app); false when the vendor would refuse or drop it. */
  admits(rule: RateRule, key: string): boolean {
    return !this.enforced || this.windowOf(rule, key).admits(this.clock.nowMs());
  }

  private windowOf(rule: RateRule, key: string): RateWindow {
    let ofRule = this.windows.get(rule);
    if (!ofRule) this.windows.set(rule, (ofRule = new Map<string, RateWindow>()));
    let window = ofRule.get(key);
    if (!window) ofRule.set(key, (window = new RateWindow(rule)));
    return window;
  }

  private reset(): void {
    this.enforced = true;
    this.windows.clear();
  }
}
