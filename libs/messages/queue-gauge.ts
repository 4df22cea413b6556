import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';
import { JobProducer } from '#libs/queue';

/** How long a reading is good for. */
const FRESH_MS = 250;

/** How full the queue is, as last heard: asking never makes anybody wait. */
@Injectable()
export class QueueGauge {
  private readonly logger = new Logger(QueueGauge.name);
  private depth: number | undefined = 0;
  private askedMs = Number.NEGATIVE_INFINITY;
  private asking = false;

  constructor(
    @Inject(JobProducer) private readonly producer: JobProducer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Jobs in the queue by the last reading; undefined while it is away. Starts a new reading when that one is old. */
  read(): number | undefined {
    if (!this.asking && this.clock.monotonicMs() - this.askedMs > FRESH_MS) void this.ask();
    return this.depth;
  }

  /** The queue refused something: it counts as away until it answers again. */
  noteFailure(cause: unknown): void {
    if (this.depth !== undefined) this.logger.warn(`The queue is away, the sweep publishes instead: ${String(cause)}`);
    this.depth = undefined;
  }

  private async ask(): Promise<void> {
    this.asking = true;
    this.askedMs = this.clock.monotonicMs();
    try {
      const depth = await this.producer.depth();
      if (this.depth === undefined) this.logger.log('The queue is back');
      this.depth = depth;
    } catch (error) {
      this.noteFailure(error);
    } finally {
      this.asking = false;
    }
  }
}
