import { Redis } from 'ioredis';
import { startTestRedis, type TestRedis } from '#libs/testing';

const QUEUE = '{hongyan}:dispatch';

/** The Redis of a deployment: may be killed, filled, emptied and looked into. */
export class RedisServer {
  private constructor(private server: TestRedis) {}

  static async start(): Promise<RedisServer> {
    return new RedisServer(await startTestRedis());
  }

  get url(): string {
    return this.server.url;
  }

  get port(): number {
    return this.server.port;
  }

  /** Ends it as a crash would; whatever was in it is gone. */
  kill(): Promise<void> {
    return this.server.stop();
  }

  /** An empty one where the old one was. */
  async restart(): Promise<void> {
    this.server = await startTestRedis({ port: this.server.port });
  }

  /** Loses all data while it goes on. */
  async wipe(): Promise<void> {
    await this.ask((redis) => redis.flushall());
  }

  async set(name: string, value: string): Promise<void> {
    await this.ask((redis) => redis.config('SET', name, value));
  }

  /** It may hold this much more than now; then it refuses writes. */
  async leaveRoom(bytes: number): Promise<void> {
    await this.set('maxmemory', String((await this.usedBytes()) + bytes));
  }

  async usedBytes(): Promise<number> {
    return Number(/used_memory:(\d+)/.exec(await this.ask((redis) => redis.info('memory')))?.[1]);
  }

  /** Jobs that wait, and jobs that a worker has taken. */
  async jobs(): Promise<{ readonly waiting: number; readonly taken: number }> {
    return this.ask(async (redis) => {
      const [listed, ranked, taken] = await Promise.all([
        redis.llen(`${QUEUE}:wait`),
        redis.zcard(`${QUEUE}:prioritized`),
        redis.llen(`${QUEUE}:active`),
      ]);
      return { waiting: listed + ranked, taken };
    });
  }

  private async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }
}
