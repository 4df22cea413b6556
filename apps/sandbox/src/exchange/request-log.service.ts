import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import type { Fault } from '../faults/fault.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { Ring } from '../state/ring.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import type { VendorAnswer } from './vendor-answer.js';
import type { VendorCall } from './vendor-call.js';
import type { ChannelName, Family } from './vendor.js';

const CAPACITY = 5_000;

/** One call with what was answered. */
export interface Exchange {
  readonly family: Family;
  readonly channel?: ChannelName | undefined;
  readonly account?: string | undefined;
  readonly call: VendorCall;
  /** As it was, or would have been, put on the wire; of a download only the size. */
  readonly answer: VendorAnswer & { readonly body: JsonObject | string };
  /** The fault that replaced or damaged it. */
  readonly fault?: Fault['action'];
}

export interface LoggedExchange extends Exchange {
  readonly id: string;
  readonly atMs: number;
}

/** The newest 5,000 calls, refused ones included, and a count per endpoint. */
@Injectable()
export class RequestLog {
  private readonly ring = new Ring<LoggedExchange>(CAPACITY);
  private readonly calls = new Map<string, number>();
  private lastId = 0;

  constructor(
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.clear());
  }

  /** `endpoint` is the counted name: the path, or `unknown`. */
  add(endpoint: string, exchange: Exchange): void {
    this.lastId += 1;
    this.calls.set(endpoint, (this.calls.get(endpoint) ?? 0) + 1);
    this.ring.add({ ...exchange, id: String(this.lastId), atMs: this.clock.nowMs() });
  }

  /** Newest first. */
  list(limit: number): LoggedExchange[] {
    const found: LoggedExchange[] = [];
    for (const exchange of this.ring.newestFirst()) {
      if (found.length >= limit) break;
      found.push(exchange);
    }
    return found;
  }

  counters(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.calls);
  }

  private clear(): void {
    this.ring.clear();
    this.calls.clear();
  }
}
