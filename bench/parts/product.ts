import type { Database } from '#libs/database';
import { migrateQueue } from '#libs/queue';
import { TEST_ADMIN_KEY } from '#libs/testing';
import { ApiClient } from '../../test/e2e/api-client.js';
import { Given, type GivenTemplate } from '../../test/e2e/given.js';
import { Program } from '../../test/faults/program.js';
import type { Environment, Grounds } from './grounds.js';
import { percentilesOf } from './percentiles.js';
import type { BackEnd, Form, Outcomes, Subject } from './subject.js';

const HEADERS = { authorization: `Bearer ${TEST_ADMIN_KEY}`, 'content-type': 'application/json' };
const CHANNEL = 'wecom-app';

/** API and workers as they are shipped, with nothing switched off. */
export class Product implements Subject {
  readonly name = 'product';
  readonly workers: Program[] = [];
  readonly client: ApiClient;
  readonly given: Given;
  private made: GivenTemplate | undefined;

  private constructor(
    readonly backEnd: BackEnd,
    readonly api: Program,
    readonly sql: Database,
    private readonly env: Environment,
  ) {
    this.client = new ApiClient(api.url, TEST_ADMIN_KEY);
    this.given = new Given(this.client);
  }

  static async start(grounds: Grounds, backEnd: BackEnd): Promise<Product> {
    const { sql, url } = await grounds.database();
    await migrateQueue({ databaseUrl: url });
    const env = {
      ...grounds.env,
      DATABASE_URL: url,
      ...(backEnd === 'redis' && { REDIS_URL: grounds.redis.url }),
      HONGYAN_SANDBOX_URL: grounds.sandbox.url,
      HONGYAN_ADMIN_KEY: TEST_ADMIN_KEY,
      HONGYAN_ENCRYPTION_KEY: grounds.encryptionKey,
    };
    const api = await Program.start('api', env);
    const product = new Product(backEnd, api, sql, env);
    product.made = await product.given.template(CHANNEL);
    await product.employ(1);
    return product;
  }

  /** A text to anybody, with everything that is the default. */
  get template(): GivenTemplate {
    if (!this.made) throw new Error('There is no template yet');
    return this.made;
  }

  get form(): Form {
    const message = this.template.message('%TEXT%', { recipients: [{ wecom: '%TO%' }] });
    return { url: this.api.url, path: '/v1/messages', headers: HEADERS, body: JSON.stringify(message) };
  }

  async employ(workers: number): Promise<void> {
    await Promise.all(this.workers.splice(workers).map((worker) => worker.stop()));
    const missing = Math.max(0, workers - this.workers.length);
    const started = Array.from({ length: missing }, () => Program.start('worker', this.env));
    this.workers.push(...(await Promise.all(started)));
  }

  async openSince(instant: Date): Promise<number> {
    const [row] = await this.sql.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM message WHERE status = 'accepted' AND created_at >= $1`,
      [instant],
    );
    return row?.n ?? 0;
  }

  async outcomesSince(instant: Date): Promise<Outcomes> {
    const rows = await this.sql.query<{ ms: number | null; at: number | null }>(
      `SELECT extract(epoch FROM d.sent_at - m.created_at)::float8 * 1000 AS ms,
         extract(epoch FROM d.sent_at)::float8 * 1000 AS at
       FROM message m JOIN delivery d ON d.message_id = m.id WHERE m.created_at >= $1`,
      [instant],
    );
    const open = await this.openSince(instant);
    return outcomesOf(rows, open);
  }

  async close(): Promise<void> {
    await Promise.all([this.api, ...this.workers].map((program) => program.kill()));
    await this.sql.close();
  }
}

/** From one row per delivery; null where nothing was sent. */
export function outcomesOf(rows: readonly { ms: number | null; at: number | null }[], open: number): Outcomes {
  const times = rows.flatMap(({ ms }) => (ms === null ? [] : [ms]));
  const lastAtMs = rows.reduce((latest, { at }) => Math.max(latest, at ?? 0), 0);
  return { accepted: rows.length, open, sent: times.length, endToEndMs: percentilesOf(times), lastAtMs };
}
