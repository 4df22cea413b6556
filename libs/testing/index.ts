export { forgetProcess, killAtEndOfRun, runFolder } from './run-folder.js';
export { TEST_ADMIN_KEY, testConfig } from './test-config.js';
export { startEmptyDatabase, startTestDatabase, type TestDatabase } from './test-database.js';
export { startTestRedis, type TestRedis, type TestRedisOptions } from './test-redis.js';
export { waitFor, type WaitOptions } from './wait-for.js';
