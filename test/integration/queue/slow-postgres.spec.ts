import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresWorker } from '../../../libs/queue/postgres-worker.js';
import { WORKER_TIMINGS } from '../../../libs/queue/queue-settings.js';

describe('a worker whose PostgreSQL takes connections and does not answer', () => {
  const sockets = new Set<Socket>();
  let server: Server;
  beforeAll(async () => {
    server = createServer((socket) => sockets.add(socket));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterAll(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((closed) => server.close(closed));
  });

  it('gives up its first connection, and leaves the process its time', async () => {
    const url = `postgresql://hongyan@127.0.0.1:${(server.address() as AddressInfo).port}/hongyan`;
    const worker = new PostgresWorker(url, {
      concurrency: 1,
      timings: WORKER_TIMINGS,
      process: () => Promise.resolve(),
      onError: () => undefined,
    });
    await expect(worker.run()).rejects.toThrow('timeout');
    await worker.abandon();
  });
});
