import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { Database } from '#libs/database';
import { DispatchWorkerFactory, type DispatchWorker } from '#libs/queue';
import { DispatchProcessor } from './dispatch.processor.js';

/** Below the 30 s that orchestrators grant. */
const DRAIN_MS = 25_000;
const DATABASE_POLL_MS = 500;
/** Tells an orchestrator that the process was stuck and should be started anew. */
const EXIT_STUCK = 70;

/** Takes jobs from the queue while the process lives. */
@Injectable()
export class DispatchRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DispatchRunner.name);
  private readonly worker: DispatchWorker;
  private stopping = false;
  private starting: Promise<void> = Promise.resolve();

  constructor(
    @Inject(DispatchWorkerFactory) factory: DispatchWorkerFactory,
    @Inject(DispatchProcessor) processor: DispatchProcessor,
    @Inject(Database) private readonly database: Database,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.worker = factory.create((job, signal) => processor.process(job, signal), {
      concurrency: config.workerConcurrency,
      onStuck: () => {
        this.logger.error('Jobs wait and none is taken, even by a new worker: the process ends');
        process.exitCode = EXIT_STUCK;
        process.kill(process.pid, 'SIGTERM');
      },
    });
  }

  /** Deliveries in hand. */
  get active(): number {
    return this.worker.active;
  }

  onApplicationBootstrap(): void {
    this.starting = this.startWhenRecordable();
  }

  /** Takes no more jobs and lets those in hand write their outcomes before any connection closes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.starting;
    await this.worker.stop(DRAIN_MS);
  }

  /** A job taken while PostgreSQL is away could not be recorded. */
  private async startWhenRecordable(): Promise<void> {
    while (!this.stopping) {
      const isThere = await this.database.query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (isThere) return this.worker.start();
      await delay(DATABASE_POLL_MS);
    }
    return undefined;
  }
}
