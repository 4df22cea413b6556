import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { percentilesOf } from '../parts/percentiles.js';
import type { LoadPlan, LoadResult } from './plan.js';
import { VendorCount } from './vendor-count.js';

const CONNECTIONS = 64;
/** The sandbox's own people. */
const PEOPLE = 2_000;
const PAUSE_MS = 1;

/** One business system: many requests at once over connections that stay open. */
export class LoadRun {
  private readonly pool: Pool;
  private readonly parts: readonly string[];
  private readonly timesMs: number[] = [];
  private sent = 0;
  private accepted = 0;
  private refused = 0;
  private refusal: string | undefined;

  constructor(private readonly plan: LoadPlan) {
    this.pool = new Pool(plan.url, { connections: CONNECTIONS });
    this.parts = plan.body.split(/(%TEXT%|%TO%)/);
  }

  async run(): Promise<LoadResult> {
    const { perSecond, sandboxUrl, window } = this.plan;
    const arrived = window === undefined ? undefined : await VendorCount.begin(sandboxUrl);
    const startedMs = performance.now();
    await (perSecond === undefined ? this.asFastAsAnswers(arrived) : this.atRate(perSecond));
    const seconds = (performance.now() - startedMs) / 1000;
    arrived?.stop();
    await this.pool.close();
    return {
      sent: this.sent,
      accepted: this.accepted,
      refused: this.refused,
      ...(this.refusal !== undefined && { refusal: this.refusal }),
      seconds,
      acceptMs: percentilesOf(this.timesMs),
    };
  }

  private async asFastAsAnswers(arrived: VendorCount | undefined): Promise<void> {
    const { batch = 1, seconds, window = Infinity } = this.plan;
    const endMs = performance.now() + seconds * 1000;
    const ask = async (): Promise<void> => {
      while (performance.now() < endMs) {
        if (arrived && this.sent - arrived.calls + batch > window) await delay(PAUSE_MS);
        else await this.post(performance.now());
      }
    };
    // Requests of many messages are large: a few of them keep an API busy.
    const askers = batch > 1 ? 4 : CONNECTIONS;
    await Promise.all(Array.from({ length: askers }, ask));
  }

  /** What is late is late for the caller: times count from when a request was due. */
  private async atRate(perSecond: number): Promise<void> {
    const startedMs = performance.now();
    const count = Math.round(this.plan.seconds * perSecond);
    const open: Promise<void>[] = [];
    while (open.length < count) {
      const dueMs = startedMs + (open.length * 1000) / perSecond;
      if (dueMs > performance.now()) await delay(PAUSE_MS);
      else open.push(this.post(dueMs));
    }
    await Promise.all(open);
  }

  private async post(dueMs: number): Promise<void> {
    const { batch = 1, headers, path } = this.plan;
    const body =
      batch === 1 ? this.next() : `{"messages":[${Array.from({ length: batch }, () => this.next()).join()}]}`;
    const answer = await this.pool.request({ method: 'POST', path, headers, body }).catch(String);
    const isAccepted = typeof answer !== 'string' && answer.statusCode < 300;
    const text = typeof answer === 'string' ? answer : await answer.body.text();
    this.timesMs.push(performance.now() - dueMs);
    if (isAccepted) this.accepted += batch;
    else this.refused += batch;
    if (!isAccepted) this.refusal = text.slice(0, 500);
  }

  private next(): string {
    this.sent += 1;
    const text = `${this.plan.mark}-${this.sent}: your order was paid`;
    const to = `u${String(1 + (this.sent % PEOPLE)).padStart(4, '0')}`;
    return this.parts.map((part) => (part === '%TEXT%' ? text : part === '%TO%' ? to : part)).join('');
  }
}
