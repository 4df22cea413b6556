import { runMigrations } from 'bullmq';
import pg from 'pg';
import type { Database } from '#libs/database';
import { channelNamed } from '../../test/e2e/given.js';
import type { Program } from '../../test/faults/program.js';
import { POSTGRES_SCHEMA, TABLE } from '../floor/settings.js';
import { startBenchProgram } from './bench-program.js';
import type { Environment, Grounds } from './grounds.js';
import { outcomesOf } from './product.js';
import type { BackEnd, Form, Outcomes, Subject } from './subject.js';

/** The least that could be called a dispatcher on the same parts: what everything else is compared with. */
export class Floor implements Subject {
  readonly name = 'floor';
  readonly workers: Program[] = [];

  private constructor(
    readonly backEnd: BackEnd,
    readonly api: Program,
    readonly sql: Database,
    private readonly env: Environment,
  ) {}

  static async start(grounds: Grounds, backEnd: BackEnd): Promise<Floor> {
    const { sql, url } = await grounds.database();
    await sql.query(TABLE);
    if (backEnd === 'postgres') await migrateQueue(url);
    const env = {
      ...grounds.env,
      DATABASE_URL: url,
      ...(backEnd === 'redis' && { REDIS_URL: grounds.redis.url }),
      ...(await vendorOf(grounds.sandbox.url)),
    };
    const floor = new Floor(backEnd, await startBenchProgram('floor/api.ts', env), sql, env);
    await floor.employ(1);
    return floor;
  }

  get form(): Form {
    const body = JSON.stringify({ to: '%TO%', text: '%TEXT%' });
    return { url: this.api.url, path: '/messages', headers: { 'content-type': 'application/json' }, body };
  }

  async employ(workers: number): Promise<void> {
    await Promise.all(this.workers.splice(workers).map((worker) => worker.kill()));
    const missing = Math.max(0, workers - this.workers.length);
    const started = Array.from({ length: missing }, () => startBenchProgram('floor/worker.ts', this.env));
    this.workers.push(...(await Promise.all(started)));
  }

  async openSince(instant: Date): Promise<number> {
    const [row] = await this.sql.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM floor_message WHERE status = 'accepted' AND created_at >= $1`,
      [instant],
    );
    return row?.n ?? 0;
  }

  async outcomesSince(instant: Date): Promise<Outcomes> {
    const rows = await this.sql.query<{ ms: number | null; at: number | null }>(
      `SELECT extract(epoch FROM sent_at - created_at)::float8 * 1000 AS ms,
         extract(epoch FROM sent_at)::float8 * 1000 AS at
       FROM floor_message WHERE created_at >= $1`,
      [instant],
    );
    return outcomesOf(rows, await this.openSince(instant));
  }

  /** Seconds for so many jobs that do nothing, from the first one added to the last one done. */
  async nothings(count: number): Promise<number> {
    const startedMs = performance.now();
    const ask = (path: string, body: object): Promise<Response> =>
      fetch(`${this.api.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    await ask('/nothings', { text: count });
    while (((await (await ask('/nothings/left', {})).json()) as { left: number }).left > 0);
    return (performance.now() - startedMs) / 1000;
  }

  async close(): Promise<void> {
    await Promise.all([this.api, ...this.workers].map((program) => program.kill()));
    await this.sql.close();
  }
}

async function migrateQueue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await runMigrations(client, POSTGRES_SCHEMA);
  await client.end();
}

/** What the floor's worker has to know of the vendor: it is told, and never asks again. */
async function vendorOf(sandboxUrl: string): Promise<Environment> {
  const { agentId, corpId, corpSecret } = channelNamed('wecom-app').sandbox.account as Readonly<Record<string, string>>;
  const query = new URLSearchParams({ corpid: corpId ?? '', corpsecret: corpSecret ?? '' });
  const answer = await fetch(`${sandboxUrl}/cgi-bin/gettoken?${query.toString()}`);
  const { access_token } = (await answer.json()) as { access_token: string };
  return { VENDOR_URL: sandboxUrl, VENDOR_TOKEN: access_token, VENDOR_AGENT: String(agentId) };
}
