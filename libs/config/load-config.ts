import { resolve } from 'node:path';
import { FAMILY_NAMES, familyOf, type FamilyName } from '#libs/channels';
import { ConfigError, isTimeZone } from '#libs/core';
import type { AppConfig, EncryptionKey, LogFormat, LogLevel } from './app-config.js';
import { parseEncryptionKeys } from './encryption-keys.js';
import { EnvironmentReader } from './environment-reader.js';
import { readRedisTopology } from './redis-topology.js';

/** Values for variables that the environment leaves unset, by variable name, as a person would write them. */
export type ConfigDefaults = Readonly<Record<string, string>>;

type ProviderHosts = AppConfig['providerHosts'];

const LOG_LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent'] satisfies LogLevel[];
const ADMIN_KEY = /^hy_[\x21-\x7e]{21,}$/;

/**
 * The environment as one typed object.
 * @throws ConfigError `invalid_configuration` that names every mistake at once and never shows a secret.
 */
export function loadConfig(env: NodeJS.ProcessEnv, defaults: ConfigDefaults = {}): AppConfig {
  const reader = new EnvironmentReader(env, defaults);
  const config = readConfig(reader);
  if (reader.faults.length === 0) return config;
  throw new ConfigError('invalid_configuration', `The configuration is not valid:\n  ${reader.faults.join('\n  ')}`);
}

function readConfig(reader: EnvironmentReader): AppConfig {
  const redisUrl = reader.connectionUrl('REDIS_URL', ['redis:', 'rediss:']);
  const redisTopology = readRedisTopology(reader, redisUrl);
  const adminKey = readAdminKey(reader);
  const sandboxUrl = reader.url('HONGYAN_SANDBOX_URL');
  const providerHosts = readProviderHosts(reader);
  return {
    databaseUrl: readDatabaseUrl(reader),
    host: reader.required('HONGYAN_HOST'),
    port: reader.integer('PORT'),
    sandboxPort: reader.integer('SANDBOX_PORT'),
    workerHealthPort: reader.integer('WORKER_HEALTH_PORT'),
    workerConcurrency: reader.integer('WORKER_CONCURRENCY'),
    logLevel: reader.choice('LOG_LEVEL', isLogLevel, 'info'),
    logFormat: reader.choice('HONGYAN_LOG_FORMAT', isLogFormat, 'json'),
    dataDir: resolve(reader.required('HONGYAN_DATA_DIR')),
    encryptionKeys: readEncryptionKeys(reader),
    allowedOrigins: allowedOrigins(providerHosts, sandboxUrl, reader.origins('HONGYAN_ALLOWED_ORIGINS')),
    allowedProxies: reader.origins('HONGYAN_ALLOWED_PROXIES'),
    metricsPublic: reader.boolean('HONGYAN_METRICS_PUBLIC'),
    queueLimit: reader.integer('HONGYAN_QUEUE_LIMIT'),
    retention: readRetention(reader),
    stats: readStats(reader),
    directorySync: readDirectorySync(reader),
    webhookAllowedNetworks: reader.networks('HONGYAN_WEBHOOK_ALLOWED_NETWORKS'),
    providerHosts,
    ...(redisUrl !== undefined && { redisUrl }),
    ...(redisTopology && { redisTopology }),
    ...(adminKey !== undefined && { adminKey }),
    ...(sandboxUrl !== undefined && { sandboxUrl }),
  };
}

const isLogFormat = (text: string): text is LogFormat => text === 'json' || text === 'text';
const isLogLevel = (text: string): text is LogLevel => LOG_LEVELS.includes(text);

function readDatabaseUrl(reader: EnvironmentReader): string {
  const url = reader.connectionUrl('DATABASE_URL', ['postgres:', 'postgresql:']);
  if (url === undefined) reader.fault('DATABASE_URL', 'is required');
  return url ?? '';
}

/** Zero means for ever: a limit that no date reaches. */
function readRetention(reader: EnvironmentReader): AppConfig['retention'] {
  const messageDays = reader.integer('HONGYAN_RETENTION_DAYS') || Infinity;
  const contentDays = reader.integer('HONGYAN_CONTENT_RETENTION_DAYS') || Infinity;
  if (contentDays !== Infinity && contentDays > messageDays) {
    reader.fault('HONGYAN_CONTENT_RETENTION_DAYS', 'must not be longer than HONGYAN_RETENTION_DAYS');
  }
  return { messageDays, contentDays };
}

function readStats(reader: EnvironmentReader): AppConfig['stats'] {
  const minuteDays = reader.integer('HONGYAN_STATS_MINUTE_DAYS');
  const hourDays = reader.integer('HONGYAN_STATS_HOUR_DAYS') || Infinity;
  const dayDays = reader.integer('HONGYAN_STATS_DAY_DAYS') || Infinity;
  const timeZone = reader.required('HONGYAN_STATS_TIME_ZONE');
  if (hourDays < minuteDays)
    reader.fault('HONGYAN_STATS_HOUR_DAYS', 'must not be shorter than HONGYAN_STATS_MINUTE_DAYS');
  if (dayDays < hourDays) reader.fault('HONGYAN_STATS_DAY_DAYS', 'must not be shorter than HONGYAN_STATS_HOUR_DAYS');
  if (!isTimeZone(timeZone)) reader.fault('HONGYAN_STATS_TIME_ZONE', 'must be an IANA time zone, e.g. Asia/Shanghai');
  return { minuteDays, hourDays, dayDays, timeZone };
}

function readDirectorySync(reader: EnvironmentReader): AppConfig['directorySync'] {
  const text = reader.optional('HONGYAN_DIRECTORY_SYNC_ACCOUNTS') ?? '';
  const accounts = text.split(',').map((code) => code.trim());
  return {
    accounts: [...new Set(accounts.filter((code) => code !== ''))],
    everyHours: reader.integer('HONGYAN_DIRECTORY_SYNC_HOURS'),
  };
}

function readAdminKey(reader: EnvironmentReader): string | undefined {
  const key = reader.optional('HONGYAN_ADMIN_KEY');
  if (key !== undefined && !ADMIN_KEY.test(key)) {
    reader.fault('HONGYAN_ADMIN_KEY', 'must begin hy_ and have at least 24 printable characters without blanks');
  }
  return key;
}

function readEncryptionKeys(reader: EnvironmentReader): readonly EncryptionKey[] {
  const text = reader.required('HONGYAN_ENCRYPTION_KEY');
  if (text === '') return [];
  const parsed = parseEncryptionKeys(text);
  if ('keys' in parsed) return parsed.keys;
  reader.fault('HONGYAN_ENCRYPTION_KEY', parsed.fault);
  return [];
}

function readProviderHosts(reader: EnvironmentReader): ProviderHosts {
  const hosts = FAMILY_NAMES.map((name): [FamilyName, ProviderHosts[FamilyName]] => {
    const { primary, v1 } = familyOf(name).hosts;
    const primaryUrl = reader.url(primary.env) ?? primary.defaultUrl;
    return [name, { primary: primaryUrl, v1: v1 ? (reader.url(v1.env) ?? v1.defaultUrl) : primaryUrl }];
  });
  return Object.fromEntries(hosts) as ProviderHosts;
}

/** The vendors' own addresses stay allowed when the environment names others: accounts may choose them. */
function allowedOrigins(
  hosts: ProviderHosts,
  sandboxUrl: string | undefined,
  listed: readonly string[],
): readonly string[] {
  const vendors = FAMILY_NAMES.flatMap((name) => Object.values(familyOf(name).hosts).map((host) => host.defaultUrl));
  const fromEnvironment = Object.values(hosts).flatMap(({ primary, v1 }) => [primary, v1]);
  const urls = [...vendors, ...fromEnvironment, ...(sandboxUrl === undefined ? [] : [sandboxUrl])];
  return [...new Set([...urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin), ...listed])];
}
