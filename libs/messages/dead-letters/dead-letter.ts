import type { JsonObject } from '#libs/core';

/** Which failed deliveries; absent members do not narrow. */
export interface DeadLetterFilter {
  readonly template?: readonly string[];
  readonly channel?: readonly string[];
  readonly account?: readonly string[];
  readonly reason?: readonly string[];
  /** Codes of callers. */
  readonly caller?: readonly string[];
  /** By the time of the failure. */
  readonly failedAfter: Date;
  readonly failedBefore?: Date;
}

/** A delivery that failed for good and whose recipients nothing else serves. */
export interface DeadLetter {
  readonly messageId: string;
  readonly deliveryNo: number;
  readonly kind: string;
  readonly template: string | null;
  readonly caller: string | null;
  readonly channel: string;
  readonly account: string;
  readonly reason: string | null;
  readonly error?: JsonObject;
  readonly attempts: number;
  readonly recipientCount: number;
  /** Recipients that a replay would send to again. */
  readonly replayableCount: number;
  readonly createdAt: Date;
  readonly failedAt: Date;
  /** Of `failedAt`, beyond its milliseconds. */
  readonly micros: number;
}

/** A place in the list, newest failure first. */
export interface DeadLetterPosition {
  readonly failedAt: string;
  readonly micros: number;
  readonly messageId: string;
  readonly deliveryNo: number;
}

export interface DeadLetterCount {
  readonly deliveries: number;
  readonly recipients: number;
}
