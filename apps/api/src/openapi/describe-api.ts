import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { AppConfig } from '#libs/config';
import { ApiModule } from '../api.module.js';
import { createHttpAdapter } from '../http/index.js';
import { OpenApiDocument } from './open-api-document.js';

/** The description of the whole API without an instance of anything, so that no database is asked. */
export async function describeApi(config: AppConfig): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(config), createHttpAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  const document = new OpenApiDocument();
  document.describe(app);
  const description = document.get();
  await app.close();
  return description;
}
