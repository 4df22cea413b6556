import { FAMILIES, familyOf, FAMILY_NAMES } from '#libs/channels';

export type VariableType = 'text' | 'secret' | 'integer' | 'boolean' | 'choice' | 'url' | 'list';

export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  readonly description: string;
  /** As a person would write it; absent: none. */
  readonly default?: string;
  readonly unit?: string;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

const FIXED: readonly Variable[] = [
  {
    name: 'DATABASE_URL',
    type: 'secret',
    description: 'PostgreSQL 15 or newer. `npm start` starts an embedded server when it is not set.',
  },
  {
    name: 'REDIS_URL',
    type: 'secret',
    description: 'Redis for the queue. Not set: the queue lives in PostgreSQL.',
  },
  {
    name: 'HONGYAN_REDIS_MODE',
    type: 'choice',
    default: 'single',
    values: ['single', 'cluster', 'sentinel'],
    description: 'What `REDIS_URL` names: the Redis itself, a node of a cluster, or a sentinel.',
  },
  {
    name: 'HONGYAN_REDIS_NODES',
    type: 'list',
    description: 'Further nodes of the cluster, or further sentinels, as `host:port`, separated by commas.',
  },
  {
    name: 'HONGYAN_REDIS_PRIMARY_NAME',
    type: 'text',
    default: 'mymaster',
    description: 'What the sentinels call the primary.',
  },
  {
    name: 'HONGYAN_REDIS_SENTINEL_PASSWORD',
    type: 'secret',
    description: 'Password of the sentinels; that of the Redis stands in `REDIS_URL`.',
  },
  {
    name: 'HONGYAN_REDIS_CA_FILE',
    type: 'text',
    description:
      "File with the certificates (PEM) that the server's must lead to, for a `REDIS_URL` that begins `rediss://`.",
  },
  { name: 'PORT', type: 'integer', default: '3000', min: 0, max: 65535, description: 'Port of the HTTP API.' },
  { name: 'SANDBOX_PORT', type: 'integer', default: '3001', min: 0, max: 65535, description: 'Port of the sandbox.' },
  {
    name: 'WORKER_HEALTH_PORT',
    type: 'integer',
    default: '3002',
    min: 0,
    max: 65535,
    description: "Port of the worker's health and metrics.",
  },
  {
    name: 'WORKER_CONCURRENCY',
    type: 'integer',
    default: '200',
    min: 1,
    max: 2000,
    unit: 'deliveries',
    description: 'Deliveries that one worker process handles at the same time.',
  },
  {
    name: 'LOG_LEVEL',
    type: 'choice',
    default: 'info',
    values: ['debug', 'info', 'warn', 'error', 'silent'],
    description: 'Least level that is logged.',
  },
  {
    name: 'HONGYAN_LOG_FORMAT',
    type: 'choice',
    default: 'json',
    values: ['json', 'text'],
    description: 'JSON lines on stdout, or text on stderr; `text` under `npm start`.',
  },
  {
    name: 'HONGYAN_DATA_DIR',
    type: 'text',
    default: '.data',
    description: 'Folder of the embedded database, the admin key and the encryption key made by `npm start`.',
  },
  {
    name: 'HONGYAN_HOST',
    type: 'text',
    default: '0.0.0.0',
    description: 'Address to listen on; 127.0.0.1 under `npm start`.',
  },
  {
    name: 'HONGYAN_ADMIN_KEY',
    type: 'secret',
    description: 'An admin key that is valid while it is set: `hy_` and at least 24 printable characters in all.',
  },
  {
    name: 'HONGYAN_ENCRYPTION_KEY',
    type: 'secret',
    description: 'Encrypts account secrets: 32 bytes in base64, or `id:key,id:key` (the first one encrypts).',
  },
  {
    name: 'HONGYAN_ALLOWED_ORIGINS',
    type: 'list',
    description: 'Further origins that accounts may call, separated by commas, e.g. `https://wx.corp.example`.',
  },
  {
    name: 'HONGYAN_ALLOWED_PROXIES',
    type: 'list',
    description: 'Origins of proxies that accounts may use, separated by commas.',
  },
  {
    name: 'HONGYAN_METRICS_PUBLIC',
    type: 'boolean',
    default: 'false',
    description: 'Serve the metrics of the API without a key.',
  },
  {
    name: 'HONGYAN_SANDBOX_URL',
    type: 'url',
    description: 'Address of a running sandbox, for accounts whose base address is `sandbox`.',
  },
  {
    name: 'HONGYAN_QUEUE_LIMIT',
    type: 'integer',
    default: '500',
    min: 100,
    max: 1_000_000,
    unit: 'jobs',
    description:
      'Most jobs that wait in the queue; what is above waits in PostgreSQL, where callers and accounts take turns.',
  },
  {
    name: 'HONGYAN_CONTENT_RETENTION_DAYS',
    type: 'integer',
    default: '90',
    min: 0,
    max: 36_500,
    unit: 'days',
    description:
      'How long parameters, metadata and provider answers of ended messages are kept; 0: as long as the message.',
  },
  {
    name: 'HONGYAN_RETENTION_DAYS',
    type: 'integer',
    default: '365',
    min: 0,
    max: 36_500,
    unit: 'days',
    description: 'How long messages are kept, by whole months; 0: for ever.',
  },
  {
    name: 'HONGYAN_STATS_MINUTE_DAYS',
    type: 'integer',
    default: '14',
    min: 2,
    max: 366,
    unit: 'days',
    description: 'How long statistics are kept by the minute; so far back they can be counted again.',
  },
  {
    name: 'HONGYAN_STATS_HOUR_DAYS',
    type: 'integer',
    default: '400',
    min: 0,
    max: 36_500,
    unit: 'days',
    description: 'How long statistics are kept by the hour; 0: for ever.',
  },
  {
    name: 'HONGYAN_STATS_DAY_DAYS',
    type: 'integer',
    default: '0',
    min: 0,
    max: 36_500,
    unit: 'days',
    description: 'How long statistics are kept by the day; 0: for ever.',
  },
  {
    name: 'HONGYAN_STATS_TIME_ZONE',
    type: 'text',
    default: 'Asia/Shanghai',
    description: 'The time zone of the days that statistics are kept by, and of answers that ask for none.',
  },
  {
    name: 'HONGYAN_DIRECTORY_SYNC_ACCOUNTS',
    type: 'list',
    description:
      'Codes of accounts whose address books are read into the directory by themselves, separated by commas.',
  },
  {
    name: 'HONGYAN_DIRECTORY_SYNC_HOURS',
    type: 'integer',
    default: '24',
    min: 1,
    max: 8_760,
    unit: 'hours',
    description: 'How often they are read.',
  },
  {
    name: 'HONGYAN_WEBHOOK_ALLOWED_NETWORKS',
    type: 'list',
    description: 'Networks besides the public ones that webhooks may call, separated by commas, e.g. `10.20.0.0/16`.',
  },
];

const hosts: readonly Variable[] = FAMILY_NAMES.flatMap((name) =>
  Object.values(familyOf(name).hosts).map((host) => ({
    name: host.env,
    type: 'url' as const,
    default: host.defaultUrl,
    description: `${host.description} (${FAMILIES[name].label.en}).`,
  })),
);

/** Every environment variable the product reads; `docs/configuration.md` is checked against this list. */
export const VARIABLES: readonly Variable[] = [...FIXED, ...hosts];
