import { Redis, type RedisOptions } from 'ioredis';
import { ANSWER_WITHIN_MS } from './deadline.js';

const RECONNECT_CAP_MS = 3_000;

const BASE: RedisOptions = {
  retryStrategy: (attempt) => Math.min(attempt * 200, RECONNECT_CAP_MS),
  // After a failover the old address may lead to a replica: look the name up again.
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
};

function open(url: string, options: RedisOptions, onError: (error: Error) => void): Redis {
  const client = new Redis(url, { ...BASE, ...options });
  client.on('error', onError);
  return client;
}

/** Fails at once while Redis is away and after a second while it hangs, instead of keeping commands. */
export const openProducerClient = (url: string, onError: (error: Error) => void): Redis =>
  open(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: ANSWER_WITHIN_MS }, onError);

/** Keeps commands until Redis is back. No `commandTimeout`: the blocking read for the next job lasts for seconds. */
export const openWorkerClient = (url: string, onError: (error: Error) => void): Redis =>
  open(url, { maxRetriesPerRequest: null }, onError);
