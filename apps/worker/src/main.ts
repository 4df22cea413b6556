import { Logger } from '@nestjs/common';
import { loadConfig } from '#libs/config';
import { ConfigError } from '#libs/core';
import { createWorkerApp } from './create-worker.js';

async function main(): Promise<void> {
  const worker = await createWorkerApp(loadConfig(process.env));
  const logger = new Logger('Worker');
  logger.log(`Health and metrics on ${worker.url}`);
  let stopping: Promise<void> | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    logger.log(`${signal}: ending what is in hand, then closing`);
    stopping = worker.close().catch((error: unknown) => {
      logger.error(error);
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
