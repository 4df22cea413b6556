import type { DeliveryStatus } from '#libs/messages';
import type { StepObserver } from './pipeline.js';

/** How one run of a delivery ended. */
export interface DeliveryEnd {
  readonly channel: string;
  readonly account: string;
  readonly status: DeliveryStatus;
  readonly reason?: string;
  /** From the claim to the written outcome. */
  readonly durationMs: number;
  /** From acceptance to the outcome; absent while the delivery waits. */
  readonly ageMs?: number;
}

/** Where metrics hang: told once per step and once per written outcome. */
export interface DispatchObserver extends StepObserver {
  deliveryEnded(end: DeliveryEnd): void;
}

export const DISPATCH_OBSERVER = Symbol('DispatchObserver');
