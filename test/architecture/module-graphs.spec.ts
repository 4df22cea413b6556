import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { testConfig } from '#libs/testing';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';

/**
 * Resolves every dependency without making an instance, so no database is asked. A class that is injected but imported
 * as a type only is found here: nothing remains of it at run time.
 */
const resolveGraph = (module: Parameters<typeof NestFactory.createApplicationContext>[0]) =>
  NestFactory.createApplicationContext(module, { preview: true, logger: false, abortOnError: false });

describe('the module graph', () => {
  it.each([
    ['API', ApiModule],
    ['worker', WorkerModule],
  ])('of the %s finds everything that its classes ask for', async (_name, application) => {
    const app = await resolveGraph(application.forRoot(testConfig()));
    await expect(app.close()).resolves.toBeUndefined();
  });
});
