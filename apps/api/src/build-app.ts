import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createHttpAdapter, installGate, RequestGate } from './http/index.js';
import { HttpMetrics } from './metrics/http-metrics.js';
import { OpenApiDocument } from './openapi/open-api-document.js';

/** What `NestFactory.create` takes as a module. */
export type AppModule = Parameters<typeof NestFactory.create>[0];

/**
 * An initialised application over the given module, not listening. The module brings the foundation (`HttpModule`,
 * `MetricsApiModule`, `OpenApiModule`).
 */
export async function buildApp(module: AppModule, logger: LoggerService): Promise<NestFastifyApplication> {
  const adapter = createHttpAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger,
  });
  installGate(adapter, app.get(RequestGate, { strict: false }));
  installMetrics(adapter.getInstance<FastifyInstance>(), app.get(HttpMetrics, { strict: false }));
  app.get(OpenApiDocument, { strict: false }).describe(app);
  await app.init();
  await adapter.getInstance().ready();
  return app;
}

function installMetrics(fastify: FastifyInstance, metrics: HttpMetrics): void {
  fastify.addHook('onResponse', async (request, reply) => metrics.observe(request, reply));
}
