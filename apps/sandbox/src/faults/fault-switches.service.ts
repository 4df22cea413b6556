import { Injectable } from '@nestjs/common';
import type { ChannelName, Family } from '../exchange/vendor.js';
import { ResetRegistry } from '../state/reset-registry.js';
import type { Fault, FaultMatch, FaultPlan } from './fault.js';

export interface CallTraits {
  readonly family: Family;
  readonly path: string;
  readonly channel?: ChannelName | undefined;
  readonly account?: string | undefined;
}

/** The faults that are switched on, in the order in which they were added. */
@Injectable()
export class FaultSwitches {
  private faults: Fault[] = [];
  private lastId = 0;

  constructor(resets: ResetRegistry) {
    resets.add(() => this.removeAll());
  }

  add(plan: FaultPlan): Fault {
    this.lastId += 1;
    const { match, action, probability, times } = plan;
    const fault = { id: String(this.lastId), match, action, probability, remaining: times, hits: 0 };
    this.faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.faults;
  }

  /** How many faults can still hit a call. */
  activeCount(): number {
    return this.faults.filter((fault) => fault.remaining !== 0).length;
  }

  /** False when there is no such fault. */
  remove(id: string): boolean {
    const before = this.faults.length;
    this.faults = this.faults.filter((fault) => fault.id !== id);
    return this.faults.length < before;
  }

  removeAll(): void {
    this.faults = [];
  }

  /** The first fault that hits this call; the hit is counted. */
  take(call: CallTraits): Fault | undefined {
    const fault = this.faults.find((candidate) => isHit(candidate, call));
    if (!fault) return undefined;
    fault.hits += 1;
    if (fault.remaining !== null) fault.remaining -= 1;
    return fault;
  }
}

function isHit(fault: Fault, call: CallTraits): boolean {
  return fault.remaining !== 0 && fits(fault.match, call) && Math.random() < fault.probability;
}

function fits(match: FaultMatch, call: CallTraits): boolean {
  return (
    (match.endpoint === undefined || endsWithEndpoint(call.path, match.endpoint)) &&
    (match.family === undefined || match.family === call.family) &&
    (match.channel === undefined || match.channel === call.channel) &&
    (match.account === undefined || match.account === call.account)
  );
}

const endsWithEndpoint = (path: string, endpoint: string): boolean =>
  path === endpoint || path.endsWith(`/${endpoint.replace(/^\//, '')}`);
