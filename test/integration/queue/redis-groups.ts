import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { RedisNode, RedisTopology } from '#libs/config';
import { findFreePort } from '#libs/embedded-postgres';
import { forgetProcess, killAtEndOfRun, runFolder, startTestRedis, waitFor, type TestRedis } from '#libs/testing';

const HOST = '127.0.0.1';
const SLOTS = 16_384;
/** A node talks to the others 10,000 ports above its own. */
const HIGHEST_PORT = 55_535;
const PATIENCE = { deadlineMs: 20_000, intervalMs: 50 };

/** As docs/configuration.md gives it. */
export const ACCESS = ['~{hongyan}:*', '&*', '+@all', '-@dangerous', '+info', '+client'];

const topologyOf = (mode: RedisTopology['mode'], nodes: readonly RedisNode[]): RedisTopology => ({
  mode,
  nodes,
  primaryName: 'mymaster',
});

async function ask<T>(port: number, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(port, HOST);
  redis.on('error', () => undefined);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

async function clusterPort(): Promise<number> {
  for (;;) {
    const port = await findFreePort();
    if (port <= HIGHEST_PORT) return port;
  }
}

/** Three nodes that share the slots, without replicas. */
export class RedisCluster {
  private constructor(readonly nodes: readonly TestRedis[]) {}

  static async start(): Promise<RedisCluster> {
    const nodes: TestRedis[] = [];
    for (let no = 0; no < 3; no += 1) {
      const port = await clusterPort();
      const settings = { 'cluster-enabled': 'yes', 'cluster-config-file': `nodes-${port}.conf` };
      nodes.push(await startTestRedis({ port, settings }));
    }
    const cluster = new RedisCluster(nodes);
    await cluster.join();
    return cluster;
  }

  get topology(): RedisTopology {
    return topologyOf(
      'cluster',
      this.nodes.map(({ port }) => ({ host: HOST, port })),
    );
  }

  /** Asks each node. */
  each<T>(question: (redis: Redis) => Promise<T>): Promise<T[]> {
    return Promise.all(this.nodes.map(({ port }) => ask(port, question)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  private async join(): Promise<void> {
    const share = Math.ceil(SLOTS / this.nodes.length);
    for (const [index, { port }] of this.nodes.entries()) {
      const count = Math.min(share, SLOTS - index * share);
      const slots = Array.from({ length: count }, (_, slot) => index * share + slot);
      await ask(port, (redis) => redis.cluster('ADDSLOTS', ...slots));
      await ask(this.nodes[0]?.port ?? 0, (redis) => redis.cluster('MEET', HOST, port));
    }
    const isJoined = async (): Promise<boolean> =>
      (await this.each((redis) => redis.cluster('INFO'))).every(
        (info) => info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3'),
      );
    await waitFor(isJoined, { ...PATIENCE, what: 'a whole cluster' });
  }
}

/** A primary, its replica, and a sentinel that makes the replica the primary half a second after the first one died. */
export class WatchedRedis {
  private constructor(
    readonly primary: TestRedis,
    private readonly replica: TestRedis,
    private readonly sentinel: ChildProcess,
    private readonly sentinelPort: number,
  ) {}

  static async start(): Promise<WatchedRedis> {
    const primary = await startTestRedis();
    const replica = await startTestRedis({ settings: { replicaof: `${HOST} ${primary.port}` } });
    const port = await findFreePort();
    const file = join(runFolder(), `sentinel-${port}.conf`);
    const lines = [
      `port ${port}`,
      `sentinel monitor mymaster ${HOST} ${primary.port} 1`,
      'sentinel down-after-milliseconds mymaster 500',
      'sentinel failover-timeout mymaster 5000',
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    const sentinel = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
    if (sentinel.pid) await killAtEndOfRun(sentinel.pid);
    const watched = new WatchedRedis(primary, replica, sentinel, port);
    const knowsReplica = async (): Promise<boolean> =>
      ask(port, async (redis) => ((await redis.call('SENTINEL', 'replicas', 'mymaster')) as unknown[]).length === 1);
    await waitFor(knowsReplica, { ...PATIENCE, what: 'a sentinel that knows the replica' });
    return watched;
  }

  /** Of the sentinel. */
  get url(): string {
    return `redis://${HOST}:${this.sentinelPort}`;
  }

  get topology(): RedisTopology {
    return topologyOf('sentinel', [{ host: HOST, port: this.sentinelPort }]);
  }

  async stop(): Promise<void> {
    const ended = once(this.sentinel, 'exit');
    this.sentinel.kill('SIGKILL');
    await ended;
    if (this.sentinel.pid) await forgetProcess(this.sentinel.pid);
    await Promise.all([this.primary.stop(), this.replica.stop()]);
  }
}
