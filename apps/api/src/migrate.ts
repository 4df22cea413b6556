import { createLogger, loadConfig } from '#libs/config';
import { ConfigError } from '#libs/core';
import { migrate } from '#libs/database';
import { migrateQueue } from '#libs/queue';
import { SafeLogger } from '#libs/security';
import { MIGRATIONS } from '../../../migrations/index.js';

/** Brings both schemas up to date: ours, and the queue's where it lives in PostgreSQL. Safe when several run at once. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const done = await migrate({ databaseUrl: config.databaseUrl, migrations: MIGRATIONS });
  await migrateQueue(config);
  new SafeLogger(createLogger(config)).log(
    done.length === 0 ? 'The schema is up to date' : `Migrated: ${done.join(', ')}`,
    'Migrate',
  );
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
