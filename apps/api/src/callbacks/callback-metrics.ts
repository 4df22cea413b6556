import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { isFamilyName, type CallbackFault } from '#libs/channels';
import type { CallbackResult } from '#libs/messages';
import { HttpMetrics } from '../metrics/http-metrics.js';

/** How vendors' callbacks end. The answers to strangers say nothing: this is where to look when a set-up does not work. */
@Injectable()
export class CallbackMetrics {
  private readonly callbacks: Counter<'family' | 'result'>;

  constructor(@Inject(HttpMetrics) metrics: HttpMetrics) {
    this.callbacks = new Counter({
      name: 'hongyan_callbacks_total',
      help: 'Callbacks of vendors: checked, recorded, repeated, or why they were refused',
      labelNames: ['family', 'result'] as const,
      registers: [metrics.registry],
    });
  }

  /** A family that anybody may have typed is no label. */
  count(family: string, result: CallbackResult | CallbackFault): void {
    this.callbacks.inc({ family: isFamilyName(family) ? family : 'unknown', result });
  }
}
