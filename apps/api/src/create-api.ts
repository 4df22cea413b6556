import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, type AppConfig } from '#libs/config';
import { SafeLogger } from '#libs/security';
import { ApiModule } from './api.module.js';
import { buildApp } from './build-app.js';

export interface ApiOptions {
  /** Where log lines go; secrets are masked before. Default: as `config.logLevel` and `config.logFormat` say. */
  readonly logger?: LoggerService;
}

export interface RunningApi {
  /** Base address without trailing slash. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Answers what has been begun, then closes; safe to call twice. */
  close(): Promise<void>;
}

/** The application, initialised and not listening: for tests with supertest. */
export function buildApi(config: AppConfig, options: ApiOptions = {}): Promise<NestFastifyApplication> {
  return buildApp(ApiModule.forRoot(config), new SafeLogger(options.logger ?? createLogger(config)));
}

/** Starts the API on `config.host` and `config.port` (0: any free port). */
export async function createApiApp(config: AppConfig, options: ApiOptions = {}): Promise<RunningApi> {
  const app = await buildApi(config, options);
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return { url: addressOf(app), app, close: () => (closing ??= app.close()) };
}

/** A wildcard address is no address to connect to. */
function addressOf(app: NestFastifyApplication): string {
  const address: unknown = app.getHttpServer().address();
  if (typeof address !== 'object' || address === null || !('port' in address) || !('address' in address)) return '';
  const isWildcard = address.address === '0.0.0.0' || address.address === '::';
  const host = isWildcard ? '127.0.0.1' : String(address.address);
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(address.port)}`;
}
