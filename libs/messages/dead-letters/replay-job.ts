import type { JsonObject } from '#libs/core';
import type { DeadLetterFilter } from './dead-letter.js';

export type ReplayJobStatus = 'running' | 'finished' | 'canceled';

/** A replay of many failed deliveries, at a rate. */
export interface ReplayJob {
  readonly id: string;
  readonly status: ReplayJobStatus;
  /** Name of the key that asked for it. */
  readonly actor: string;
  /** The filter as stored: times as text. */
  readonly filter: JsonObject;
  readonly ratePerMinute: number;
  /** Deliveries that were to be replayed when it began. */
  readonly itemCount: number;
  readonly counts: { readonly replayed: number; readonly skipped: number; readonly recipients: number };
  readonly createdAt: Date;
  readonly finishedAt?: Date;
}

export interface NewReplayJob {
  readonly filter: DeadLetterFilter;
  readonly ratePerMinute: number;
  readonly itemCount: number;
  readonly actor: string;
}
