import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import type { PublishRef } from '#libs/queue';
import { SweepParts } from './sweep-parts.js';
import { TimedPublisher } from './timed-publisher.js';

const INTERVAL_MS = 500;
/** While more is due than a pass may take. */
const BACKLOG_INTERVAL_MS = 100;
const PER_PAIR = 200;
const PER_PASS = 5_000;
const LEASES_PER_PASS = 500;
/** The queue is short: what nobody has claimed by then has lost its job, or waits behind slow calls and may be queued again. */
const AGAIN_MS = 10_000;
/** Longer than from pass to pass: no slot stays empty until the next one. */
const AHEAD_MS = 750;

/**
 * Publishes what PostgreSQL says is due, ends leases that ran out, expires what is too late. Runs in every worker; row
 * locks keep them apart. A pass begins 500 ms after the last one ended, 100 ms while there is more than it may take, or
 * when the next waiting delivery is due. The queue holds little more than keeps the workers busy: the order among callers
 * and accounts is decided here, as late as possible.
 */
@Injectable()
export class SweepSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SweepSchedule.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private lastPassMs: number | undefined;
  private failing = false;
  private readonly later = new TimedPublisher((refs) => this.publishLate(refs));

  constructor(
    @Inject(SweepParts) private readonly parts: SweepParts,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Time since the last complete pass; undefined before the first one. */
  get ageMs(): number | undefined {
    return this.lastPassMs === undefined ? undefined : this.clock.monotonicMs() - this.lastPassMs;
  }

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
    await this.giveBack(this.later.stop());
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.pass();
    }, delayMs);
  }

  private async pass(): Promise<void> {
    let nextMs = INTERVAL_MS;
    try {
      const { sweep } = this.parts;
      await sweep.endLapsedLeases(LEASES_PER_PASS);
      await sweep.expire(PER_PASS);
      await sweep.followDigests(PER_PASS);
      const interval = (await this.publishDue()) ? BACKLOG_INTERVAL_MS : INTERVAL_MS;
      nextMs = Math.min(interval, Math.max(1, (await sweep.nextDueInMs()) ?? interval));
      await sweep.notePass();
      this.lastPassMs = this.clock.monotonicMs();
      this.failing = false;
    } catch (error) {
      // Said once per outage: the next pass is half a second away.
      if (!this.failing) this.logger.warn(`The sweep failed and goes on trying: ${String(error)}`);
      this.failing = true;
    }
    this.schedule(nextMs);
  }

  /** Answers whether there may be more than it took. */
  private async publishDue(): Promise<boolean> {
    const { producer, recalls, sweep } = this.parts;
    // An unreachable queue is no reason to mark rows as published.
    const depth = await producer.depth();
    const room = Math.max(0, this.config.queueLimit - depth);
    const pass = {
      perPair: PER_PAIR,
      againMs: AGAIN_MS,
      aheadMs: AHEAD_MS,
      highOnly: room === 0,
      total: Math.min(PER_PASS, room || PER_PASS),
    };
    const due = await sweep.takeDue(pass);
    due.filter(({ inMs }) => inMs !== undefined).forEach((ref) => this.later.add(ref));
    await this.publish(due.filter(({ inMs }) => inMs === undefined));
    await this.publish(await recalls.takeDue(PER_PASS));
    return room === 0 || due.length >= Math.min(pass.perPair, pass.total);
  }

  private async publish(refs: readonly PublishRef[]): Promise<void> {
    if (refs.length === 0) return;
    try {
      await this.parts.producer.publish(refs);
    } catch (error) {
      await this.parts.sweep.giveBack(refs.filter(({ recallId }) => recallId === undefined));
      throw error;
    }
  }
  private async publishLate(refs: readonly PublishRef[]): Promise<void> {
    try {
      await this.parts.producer.publish(refs);
    } catch {
      // The next pass says what is wrong with the queue.
      await this.giveBack(refs);
    }
  }

  /** What cannot be given back now is due again by itself a little later. */
  private async giveBack(refs: readonly PublishRef[]): Promise<void> {
    if (refs.length > 0) await this.parts.sweep.giveBack(refs).catch(() => undefined);
  }
}
