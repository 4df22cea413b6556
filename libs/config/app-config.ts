import type { FamilyName } from '#libs/channels';
import type { RedisTopology } from './redis-topology.js';

export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export type LogFormat = 'json' | 'text';

/** The environment as one typed object. */
export interface AppConfig {
  readonly databaseUrl: string;
  /** Absent: the queue lives in PostgreSQL. */
  readonly redisUrl?: string;
  /** Absent: the one Redis that the address names. */
  readonly redisTopology?: RedisTopology;
  readonly host: string;
  readonly port: number;
  readonly sandboxPort: number;
  readonly workerHealthPort: number;
  readonly workerConcurrency: number;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly dataDir: string;
  readonly adminKey?: string;
  /** First one encrypts, all decrypt. */
  readonly encryptionKeys: readonly EncryptionKey[];
  /** Origins accounts may call: the vendors', the environment's base addresses, and the listed ones. */
  readonly allowedOrigins: readonly string[];
  readonly allowedProxies: readonly string[];
  readonly metricsPublic: boolean;
  readonly sandboxUrl?: string;
  readonly queueLimit: number;
  /** Days; `Infinity`: for ever. */
  readonly retention: { readonly messageDays: number; readonly contentDays: number };
  /** How long figures are kept, in days (`Infinity`: for ever), and the time zone of the days they are kept by. */
  readonly stats: {
    readonly minuteDays: number;
    readonly hourDays: number;
    readonly dayDays: number;
    readonly timeZone: string;
  };
  /** Accounts whose address books are read by themselves, and how often. */
  readonly directorySync: { readonly accounts: readonly string[]; readonly everyHours: number };
  /** Ranges (CIDR) of private addresses that webhooks may call. */
  readonly webhookAllowedNetworks: readonly string[];
  /** Base addresses without trailing slash. */
  readonly providerHosts: Readonly<Record<FamilyName, { readonly primary: string; readonly v1: string }>>;
}

/** Injection token of the configuration. */
export const APP_CONFIG = Symbol('AppConfig');
