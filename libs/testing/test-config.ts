import { randomBytes } from 'node:crypto';
import { loadConfig, type AppConfig } from '#libs/config';

/** Valid as an admin key in every configuration made here. */
export const TEST_ADMIN_KEY = 'hy_test-admin-key-of-the-tests';

const encryptionKey = randomBytes(32).toString('base64');

/**
 * A configuration that depends on nothing outside: free ports on 127.0.0.1, no logs, one admin key. Without
 * `databaseUrl` it names a server that does not exist.
 */
export function testConfig(overrides: Partial<AppConfig> = {}): AppConfig {
  const config = loadConfig(
    {},
    {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      HONGYAN_HOST: '127.0.0.1',
      PORT: '0',
      SANDBOX_PORT: '0',
      WORKER_HEALTH_PORT: '0',
      LOG_LEVEL: 'silent',
      HONGYAN_ADMIN_KEY: TEST_ADMIN_KEY,
      HONGYAN_ENCRYPTION_KEY: `test:${encryptionKey}`,
    },
  );
  return { ...config, ...overrides };
}
