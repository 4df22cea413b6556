import type { PostgresPoolConfig } from 'bullmq';
import { POSTGRES_SCHEMA } from './queue-settings.js';

/** Connections for one queue or worker; a worker has one more that listens for new jobs. */
export const postgresConnection = (databaseUrl: string, connections: number): PostgresPoolConfig => ({
  connectionString: databaseUrl,
  schema: POSTGRES_SCHEMA,
  max: connections,
  application_name: 'hongyan-queue',
  connectionTimeoutMillis: 2_000,
  query_timeout: 10_000,
  statement_timeout: 10_000,
  keepAlive: true,
});
