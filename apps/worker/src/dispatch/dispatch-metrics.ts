import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { DeliveryEnd, DispatchObserver } from '#libs/dispatch';

const STEP_SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];
const AGE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120, 600, 3600];

/** What the worker tells Prometheus. */
@Injectable()
export class DispatchMetrics implements DispatchObserver {
  readonly registry = new Registry();

  private readonly steps = new Histogram({
    name: 'hongyan_step_duration_seconds',
    help: 'Time spent in one step of a pipeline',
    labelNames: ['step', 'end'] as const,
    buckets: STEP_SECONDS,
    registers: [this.registry],
  });

  private readonly deliveries = new Counter({
    name: 'hongyan_delivery_outcomes_total',
    help: 'Outcomes written, waits included',
    labelNames: ['channel', 'account', 'status', 'reason'] as const,
    registers: [this.registry],
  });

  private readonly age = new Histogram({
    name: 'hongyan_delivery_age_seconds',
    help: 'From acceptance to the final state of a delivery',
    labelNames: ['channel', 'status'] as const,
    buckets: AGE_SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  stepEnded(step: string, end: 'next' | 'stop' | 'error', durationMs: number): void {
    this.steps.observe({ step, end }, durationMs / 1000);
  }

  deliveryEnded({ account, ageMs, channel, reason, status }: DeliveryEnd): void {
    this.deliveries.inc({ channel, account, status, reason: reason ?? '' });
    if (ageMs !== undefined) this.age.observe({ channel, status }, ageMs / 1000);
  }
}
