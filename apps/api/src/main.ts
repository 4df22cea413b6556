import { Logger } from '@nestjs/common';
import { loadConfig } from '#libs/config';
import { ConfigError } from '#libs/core';
import { createApiApp } from './create-api.js';

async function main(): Promise<void> {
  const api = await createApiApp(loadConfig(process.env));
  const logger = new Logger('Api');
  logger.log(`Listening on ${api.url}`);
  let stopping: Promise<void> | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    logger.log(`${signal}: answering what has been begun, then closing`);
    stopping = api.close().catch((error: unknown) => {
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
