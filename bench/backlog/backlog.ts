import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { waitFor } from '#libs/testing';
import { ApiClient } from '../../test/e2e/api-client.js';
import type { GivenTemplate } from '../../test/e2e/given.js';
import { residentMb } from '../parts/cpu-time.js';
import { Grounds } from '../parts/grounds.js';
import { percentilesOf, type Percentiles } from '../parts/percentiles.js';
import { Product } from '../parts/product.js';
import { nextMark } from '../runs/run.js';

const BATCH = 1_000;
const PEOPLE = 2_000;
/** Single messages of others while the backlog drains. */
const PROBES = 20;
const LONGEST_PROBE_MS = 60_000;
const SAMPLE_MS = 1_000;

export interface BacklogReport {
  readonly messages: number;
  /** Drained before the run was over. */
  readonly sent: number;
  readonly acceptPerSecond: number;
  readonly drainPerSecond: number;
  readonly mostMb: Readonly<Record<string, number>>;
  /** From the answer of the API to the stored outcome: what waits is waited for by whoever comes next. */
  readonly highMs: Percentiles;
  readonly otherCallerMs: Percentiles;
  readonly otherAccountMs: Percentiles;
}

export interface BacklogOptions {
  readonly messages: number;
  /** Longest look at the draining. */
  readonly seconds: number;
}

type Probe = 'high' | 'otherCaller' | 'otherAccount';

/** One caller's campaign on one account, and what it means to everybody else. */
export class Backlog {
  private readonly mostMb: Record<string, number> = {};

  private constructor(
    private readonly grounds: Grounds,
    private readonly product: Product,
    private readonly options: BacklogOptions,
  ) {}

  static async run(options: BacklogOptions, tell: (line: string) => void): Promise<BacklogReport> {
    const grounds = await Grounds.lay();
    const product = await Product.start(grounds, 'redis');
    try {
      return await new Backlog(grounds, product, options).play(tell);
    } finally {
      await product.close();
      await grounds.close();
    }
  }

  private async play(tell: (line: string) => void): Promise<BacklogReport> {
    const { client, given, template } = this.product;
    const other = await given.key();
    const elsewhere = await given.template('wecom-app');
    await client.do(`/v1/accounts/${template.account}/pause`);
    const acceptPerSecond = await this.pile(template);
    tell(`${this.options.messages} messages accepted, ${acceptPerSecond} per second`);
    await client.do(`/v1/accounts/${template.account}/resume`);
    const startedMs = performance.now();
    const sampling = this.sample(startedMs);
    const ask = (api: ApiClient, by: GivenTemplate, priority: string): Promise<number> => this.probe(api, by, priority);
    const times: Record<Probe, number[]> = { high: [], otherCaller: [], otherAccount: [] };
    for (let no = 0; no < PROBES && performance.now() - startedMs < this.options.seconds * 1000; no += 1) {
      times.high.push(await ask(client, template, 'high'));
      times.otherCaller.push(await ask(other, template, 'normal'));
      times.otherAccount.push(await ask(client, elsewhere, 'normal'));
      tell(
        `high ${times.high.at(-1)} ms, caller ${times.otherCaller.at(-1)} ms, account ${times.otherAccount.at(-1)} ms`,
      );
    }
    await sampling;
    const sent = this.options.messages - (await this.open());
    return {
      messages: this.options.messages,
      sent,
      acceptPerSecond,
      drainPerSecond: Math.round(sent / ((performance.now() - startedMs) / 1000)),
      mostMb: this.mostMb,
      highMs: percentilesOf(times.high),
      otherCallerMs: percentilesOf(times.otherCaller),
      otherAccountMs: percentilesOf(times.otherAccount),
    };
  }

  /** Everything is accepted while the account is paused. */
  private async pile(template: GivenTemplate): Promise<number> {
    const mark = nextMark();
    const startedMs = performance.now();
    for (let done = 0; done < this.options.messages; done += BATCH) {
      const messages = Array.from({ length: Math.min(BATCH, this.options.messages - done) }, (_, index) =>
        template.message(`${mark}-${done + index}`, { recipients: [{ wecom: personOf(done + index) }] }),
      );
      await this.product.client.do('/v1/messages/batch', { messages });
    }
    return Math.round(this.options.messages / ((performance.now() - startedMs) / 1000));
  }

  /** Milliseconds until a vendor has it and that is stored. */
  private async probe(api: ApiClient, template: GivenTemplate, priority: string): Promise<number> {
    const body = template.message(nextMark(), { recipients: [{ wecom: 'zhangsan' }], priority });
    const { id } = await api.send(body);
    const startedMs = performance.now();
    await waitFor(async () => (await this.isEnded(id)) || undefined, {
      deadlineMs: LONGEST_PROBE_MS,
      intervalMs: 10,
      what: 'the probe',
    });
    return Math.round(performance.now() - startedMs);
  }

  private async isEnded(id: string): Promise<boolean> {
    const rows = await this.product.sql.query(`SELECT FROM message WHERE id = $1 AND open_rows = 0`, [id]);
    return rows.length > 0;
  }

  private async open(): Promise<number> {
    const [row] = await this.product.sql.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM message WHERE status = 'accepted'`,
    );
    return row?.n ?? 0;
  }

  /** Until nothing is open or the time is over. */
  private async sample(startedMs: number): Promise<void> {
    const redis = new Redis(this.grounds.redis.url);
    const programs = { api: this.product.api, worker: this.product.workers[0] };
    while (performance.now() - startedMs < this.options.seconds * 1000 && (await this.open()) > 0) {
      for (const [name, program] of Object.entries(programs)) this.note(name, program ? residentMb(program.pid) : 0);
      const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
      this.note('redis', Math.round(used / 1_048_576));
      await delay(SAMPLE_MS);
    }
    redis.disconnect();
  }

  private note(name: string, mb: number): void {
    this.mostMb[name] = Math.max(this.mostMb[name] ?? 0, mb);
  }
}

const personOf = (index: number): string => `u${String(1 + (index % PEOPLE)).padStart(4, '0')}`;

export function describeBacklog(report: BacklogReport): string {
  const { acceptPerSecond, drainPerSecond, highMs, messages, mostMb, otherAccountMs, otherCallerMs, sent } = report;
  // How many messages go first does not depend on how fast the machine is.
  const waits = ({ max, p50 }: Percentiles): string =>
    `p50 ${p50} ms, longest ${max} ms, about ${Math.round((p50 * drainPerSecond) / 1000)} messages`;
  return [
    `${messages} messages of one caller on one account, accepted in batches at ${acceptPerSecond}/s`,
    `drained ${sent} at ${drainPerSecond}/s`,
    `most memory in MiB: ${Object.entries(mostMb)
      .map(([name, mb]) => `${name} ${mb}`)
      .join(', ')}`,
    `a high message behind it: ${waits(highMs)}`,
    `another caller's message to the same account: ${waits(otherCallerMs)}`,
    `a message on another account: ${waits(otherAccountMs)}`,
  ].join('\n');
}
