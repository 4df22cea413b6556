export { APP_CONFIG, type AppConfig, type EncryptionKey, type LogFormat, type LogLevel } from './app-config.js';
export { createLogger } from './app-logger.js';
export { AppConfigModule } from './app-config.module.js';
export { loadConfig, type ConfigDefaults } from './load-config.js';
export type { RedisMode, RedisNode, RedisTopology } from './redis-topology.js';
export { VARIABLES, type Variable, type VariableType } from './variables.js';
