import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import type { RedisTopology } from '#libs/config';
import { ANSWER_WITHIN_MS } from './deadline.js';

export type RedisClient = Redis | Cluster;

/** Where the Redis is. Without a topology it is the one that the address names. */
export interface RedisPlace {
  readonly url: string;
  readonly topology?: RedisTopology;
}

const RECONNECT_CAP_MS = 3_000;

const BASE: RedisOptions = {
  retryStrategy: (attempt) => Math.min(attempt * 200, RECONNECT_CAP_MS),
  // After a failover the old address may lead to a replica: look the name up again.
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
};

/** Who logs in, to which database, and whether by TLS: what addresses of all kinds of servers have in common. */
export function loginOf({ topology, url }: RedisPlace): RedisOptions {
  const { password, pathname, protocol, username } = new URL(url);
  const database = Number(pathname.slice(1));
  const ca = topology?.certificateAuthority;
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(database > 0 && { db: database }),
    ...(protocol === 'rediss:' && { tls: ca === undefined ? {} : { ca } }),
  };
}

function openClient(place: RedisPlace, options: RedisOptions): RedisClient {
  const { mode = 'single', nodes = [] } = place.topology ?? {};
  const login = loginOf(place);
  if (mode === 'cluster') return new Cluster([...nodes], clusterOptions({ ...login, ...options }));
  if (mode === 'sentinel') return new Redis({ ...BASE, ...sentinelOptions(place, login), ...options });
  const address =
    place.topology?.certificateAuthority === undefined ? place.url : place.url.replace(/^rediss:/, 'redis:');
  return new Redis(address, { ...BASE, ...login, ...options });
}

function sentinelOptions({ topology }: RedisPlace, login: RedisOptions): RedisOptions {
  return {
    ...login,
    sentinels: [...(topology?.nodes ?? [])],
    name: topology?.primaryName ?? '',
    ...(topology?.sentinelPassword !== undefined && { sentinelPassword: topology.sentinelPassword }),
    ...(login.tls && { sentinelTLS: login.tls, enableTLSForSentinelMode: true }),
  };
}

function clusterOptions({ enableOfflineQueue = true, ...each }: RedisOptions): ClusterOptions {
  return {
    enableOfflineQueue,
    clusterRetryStrategy: (attempt) => Math.min(attempt * 200, RECONNECT_CAP_MS),
    redisOptions: each,
    // A certificate is for a name: it must not be replaced by its address.
    ...(each.tls && { dnsLookup: (address, callback) => callback(null, address) }),
  };
}

function open(place: RedisPlace, options: RedisOptions, onError: (error: Error) => void): RedisClient {
  const client = openClient(place, options);
  client.on('error', onError);
  return client;
}

/** Fails at once while Redis is away and after a second while it hangs, instead of keeping commands. */
export const openProducerClient = (place: RedisPlace, onError: (error: Error) => void): RedisClient =>
  open(place, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: ANSWER_WITHIN_MS }, onError);

/** Keeps commands until Redis is back. No `commandTimeout`: the blocking read for the next job lasts for seconds. */
export const openWorkerClient = (place: RedisPlace, onError: (error: Error) => void): RedisClient =>
  open(place, { maxRetriesPerRequest: null }, onError);

/** What each node that takes writes says of itself. */
export const infosOf = (client: RedisClient): Promise<string[]> =>
  client instanceof Cluster
    ? Promise.all(client.nodes('master').map((node) => node.info()))
    : client.info().then((info) => [info]);
