import { runMigrations } from 'bullmq';
import pg from 'pg';
import type { QueueConfig } from './queue-backend.js';
import { POSTGRES_SCHEMA } from './queue-settings.js';

/**
 * Installs or upgrades the queue's tables in PostgreSQL; with Redis there is nothing to do. Several processes may do
 * so at once: BullMQ serialises them by an advisory lock and commits all steps together.
 */
export async function migrateQueue({ databaseUrl, redisUrl }: QueueConfig): Promise<void> {
  if (redisUrl !== undefined) return;
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'hongyan-migrate' });
  await client.connect();
  try {
    await runMigrations(client, POSTGRES_SCHEMA);
  } finally {
    await client.end();
  }
}
