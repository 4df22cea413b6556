import { readFileSync } from 'node:fs';
import type { EnvironmentReader } from './environment-reader.js';

export const REDIS_MODES = ['single', 'cluster', 'sentinel'] as const;
export type RedisMode = (typeof REDIS_MODES)[number];

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** What an address alone does not say about a Redis. */
export interface RedisTopology {
  readonly mode: RedisMode;
  /** Nodes of the cluster, or sentinels: any of them tells of the others. With a single Redis: itself. */
  readonly nodes: readonly RedisNode[];
  /** What the sentinels call the primary. */
  readonly primaryName: string;
  readonly sentinelPassword?: string;
  /** Certificates, as PEM, that the server's must lead to; absent: those of the system. */
  readonly certificateAuthority?: string;
}

const DEFAULT_PORTS: Readonly<Record<RedisMode, number>> = { single: 6379, cluster: 6379, sentinel: 26379 };

const isMode = (text: string): text is RedisMode => REDIS_MODES.some((mode) => mode === text);

/** Undefined without `REDIS_URL`: the queue lives in PostgreSQL. */
export function readRedisTopology(reader: EnvironmentReader, redisUrl: string | undefined): RedisTopology | undefined {
  const mode = reader.choice('HONGYAN_REDIS_MODE', isMode, 'single');
  const listed = reader.nodes('HONGYAN_REDIS_NODES', DEFAULT_PORTS[mode]);
  const certificateAuthority = readCertificates(reader, redisUrl);
  const sentinelPassword = reader.optional('HONGYAN_REDIS_SENTINEL_PASSWORD');
  const primaryName = reader.required('HONGYAN_REDIS_PRIMARY_NAME');
  if (redisUrl === undefined) {
    if (mode !== 'single') reader.fault('HONGYAN_REDIS_MODE', `${mode} needs REDIS_URL`);
    return undefined;
  }
  if (!URL.canParse(redisUrl)) return undefined;
  const url = new URL(redisUrl);
  if (mode === 'single' && listed.length > 0) {
    reader.fault('HONGYAN_REDIS_NODES', 'is for a cluster or sentinels: set HONGYAN_REDIS_MODE');
  }
  if (mode === 'cluster' && !['', '/', '/0'].includes(url.pathname)) {
    reader.fault('REDIS_URL', 'must not name a database: a cluster has only one');
  }
  return {
    mode,
    nodes: [nodeOf(url, DEFAULT_PORTS[mode]), ...listed],
    primaryName,
    ...(sentinelPassword !== undefined && { sentinelPassword }),
    ...(certificateAuthority !== undefined && { certificateAuthority }),
  };
}

const nodeOf = ({ hostname, port }: URL, fallback: number): RedisNode => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: port === '' ? fallback : Number(port),
});

function readCertificates(reader: EnvironmentReader, redisUrl: string | undefined): string | undefined {
  const path = reader.optional('HONGYAN_REDIS_CA_FILE');
  if (path === undefined) return undefined;
  if (redisUrl !== undefined && !redisUrl.startsWith('rediss:')) {
    reader.fault('HONGYAN_REDIS_CA_FILE', 'needs a REDIS_URL that begins rediss://');
  }
  try {
    const text = readFileSync(path, 'utf8');
    if (!text.includes('-----BEGIN CERTIFICATE-----')) reader.fault('HONGYAN_REDIS_CA_FILE', 'holds no certificate');
    return text;
  } catch (error) {
    reader.fault('HONGYAN_REDIS_CA_FILE', `cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    return undefined;
  }
}
