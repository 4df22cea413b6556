import { waitFor } from '#libs/testing';
import { PAIRS } from '../../../libs/messages/sweep/publish.sql.js';
import type { Deployment } from '../deployment.js';

/** Messages of one statement. */
const CHUNK = 10_000;
const TABLES = ['message', 'delivery', 'recipient'] as const;
const KEYS: Readonly<Record<(typeof TABLES)[number], string>> = {
  message: 'id',
  delivery: 'message_id',
  recipient: 'message_id',
};

/** The id of copy number `i`: the original's time, and a tail of its own. */
const COPY_ID = `(left($1::text, 24) || lpad(to_hex(i), 12, '0'))::uuid`;

/** Very many messages that wait for a paused account: copies, in the tables themselves, of one that was really sent. */
export class Backlog {
  private constructor(
    private readonly deployment: Deployment,
    private readonly original: string,
  ) {}

  static async begin(deployment: Deployment, prefix: string): Promise<Backlog> {
    const { api, given } = deployment;
    const account = await given.account('wecom-robot');
    const template = await given.template('wecom-robot', { account });
    await api.do(`/v1/accounts/${account}/pause`);
    const { id } = await api.send(template.message(`backlog of ${prefix}`));
    await waitFor(async () => (await api.message(id)).status === 'scheduled', {
      deadlineMs: 30_000,
      what: 'a message that waits for its account',
    });
    return new Backlog(deployment, id);
  }

  async grow(count: number): Promise<void> {
    for (let done = 0; done < count; done += CHUNK) {
      for (const table of TABLES) {
        const key = KEYS[table];
        await this.deployment.query(
          `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object('${key}', ${COPY_ID}))).*
           FROM ${table} t, generate_series($2::int, $3::int) i WHERE t.${key} = $1::uuid`,
          [this.original, done + 1, Math.min(count, done + CHUNK)],
        );
      }
    }
    for (const table of TABLES) await this.deployment.query(`ANALYZE ${table}`);
  }

  /** How long PostgreSQL takes to find the accounts and callers for which something waits; the best of five. */
  async sweepMs(): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const [row] = await this.deployment.query<{ 'QUERY PLAN': { 'Execution Time': number }[] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) WITH RECURSIVE ${PAIRS} SELECT * FROM pair`,
      );
      times.push(row?.['QUERY PLAN'][0]?.['Execution Time'] ?? Infinity);
    }
    return Math.round(Math.min(...times) * 10) / 10;
  }

  /** Leaves nothing behind. */
  async end(): Promise<void> {
    for (const table of [...TABLES].reverse()) {
      const key = KEYS[table];
      await this.deployment.query(
        `DELETE FROM ${table} WHERE ${key} >= (left($1::text, 24) || repeat('0', 12))::uuid
           AND ${key} <= (left($1::text, 24) || repeat('f', 12))::uuid`,
        [this.original],
      );
    }
  }
}
