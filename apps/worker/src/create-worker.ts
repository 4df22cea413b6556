import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, type AppConfig } from '#libs/config';
import { SafeLogger } from '#libs/security';
import { WorkerModule } from './worker.module.js';

export interface WorkerOptions {
  /** Where log lines go; secrets are masked before. Default: as `config.logLevel` and `config.logFormat` say. */
  readonly logger?: LoggerService;
}

export interface RunningWorker {
  /** Address of health and metrics, without trailing slash. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Takes no more jobs, lets those in hand end and be recorded, then closes; safe to call twice. */
  close(): Promise<void>;
}

/** Starts a worker; its health port is `config.workerHealthPort` (0: any free port). */
export async function createWorkerApp(config: AppConfig, options: WorkerOptions = {}): Promise<RunningWorker> {
  const app = await NestFactory.create<NestFastifyApplication>(WorkerModule.forRoot(config), new FastifyAdapter(), {
    abortOnError: false,
    logger: new SafeLogger(options.logger ?? createLogger(config)),
  });
  try {
    await app.listen({ port: config.workerHealthPort, host: config.host });
  } catch (error) {
    await app.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), app, close: () => (closing ??= app.close()) };
}
