import type { DeploymentOptions } from './deployment.js';
import type { Stage } from './stage.js';

/** What a scenario allows beyond the bars that hold for all of them. */
export interface Allowances {
  /** Copies that an unclear attempt explains, where policy and vendor protect from nothing. Says why. */
  readonly resent?: string;
  /** Messages that wait for a person. Says why. */
  readonly unknown?: string;
  /** Messages that end unsent. Says why. */
  readonly ended?: string;
}

/** Most milliseconds. */
export interface TimeBars {
  /** From the end of the fault to the last message that was promised before it. Default 30,000. */
  readonly recoveryMs?: number;
  readonly acceptP99Ms?: number;
  readonly acceptMaxMs?: number;
}

export interface Scenario {
  /** As reliability.md numbers the faults. */
  readonly ids: readonly string[];
  /** A sentence about what happens. */
  readonly name: string;
  /** Workers that run at its start. Default 1. */
  readonly workers?: number;
  readonly may?: Allowances;
  readonly within?: TimeBars;
  /** Load and fault; what is still open afterwards is waited for. */
  readonly play: (stage: Stage) => Promise<void>;
  /** Further bars, when nothing is open any more. */
  readonly verify?: (stage: Stage) => Promise<void> | void;
}

/** Scenarios that one deployment plays one after the other. */
export interface Family {
  readonly name: string;
  readonly deployment?: DeploymentOptions;
  readonly scenarios: readonly Scenario[];
}
