import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '#libs/core';
import { waitFor, type WaitOptions } from '#libs/testing';
import type { Deployment } from './deployment.js';
import { judge, type Figures } from './parts/judge.js';
import { Load, type LoadOptions } from './parts/load.js';
import { RISKS, type Risk, type Templates } from './parts/messages.js';
import { Records, type StoredMessage } from './parts/records.js';
import { VendorRecord } from './parts/vendor-record.js';
import type { Wires } from './parts/wires.js';

/** How one message ended: what PostgreSQL says, and how often it was shown. */
export interface Ending {
  readonly text: string;
  readonly risk: Risk;
  readonly status: string;
  readonly copies: number;
  readonly unclear: number;
}

/** The status of a message that PostgreSQL does not have. */
export const NOWHERE = 'nowhere';

const SETTLE_MS = 90_000;

/** What a scenario plays with: a running deployment, load, and a notebook for what was seen. */
export class Stage {
  /** Bars that were broken, as sentences. */
  readonly broken: string[] = [];
  /** Figures of this scenario alone, for the report. */
  readonly notes: Record<string, number | string> = {};
  readonly startedAt = new Date();
  /** Messages beside those of the loads, which the product's books have as well. */
  outside = { accepted: 0, sent: 0 };
  readonly records: Records;
  readonly vendor: VendorRecord;
  private readonly loads: Load[] = [];
  private stored: readonly StoredMessage[] = [];
  private healedAtMs: number | undefined;

  constructor(
    readonly deployment: Deployment,
    readonly templates: Templates,
    readonly prefix: string,
    /** How many times longer than on an idle machine things may take. */
    readonly slowness = 1,
  ) {
    this.records = new Records(deployment, prefix, this.startedAt);
    this.vendor = new VendorRecord(deployment.sandbox, prefix);
  }

  get wires(): Wires {
    return this.deployment.wires;
  }

  /** A client of its own, over the wire. */
  load(options: Partial<LoadOptions> = {}): Load {
    const prefix = `${this.prefix}-${this.loads.length}`;
    const load = new Load({ url: () => this.deployment.url, templates: this.templates, prefix, ...options });
    this.loads.push(load);
    return load;
  }

  seconds(count: number): Promise<void> {
    return delay(count * 1000);
  }

  until(what: string, condition: () => boolean | Promise<boolean>, options: WaitOptions = {}): Promise<true> {
    return waitFor(condition, { deadlineMs: 30_000, intervalMs: 50, what, ...options }) as Promise<true>;
  }

  /** From now on the recovery is measured. */
  healed(): void {
    this.healedAtMs = Date.now();
  }

  /** How long after its promise each message of a load was shown, shortest first; those that were not shown are left out. */
  async waitsMs(load: Load): Promise<number[]> {
    await this.vendor.read();
    const waits = load.submitted.flatMap(({ acceptedAtMs, text }) => {
      const [first] = this.vendor.copiesOf(text);
      return first && acceptedAtMs !== undefined ? [first.atMs - acceptedAtMs] : [];
    });
    return waits.sort((a, b) => a - b);
  }

  /** A bar of this scenario alone. */
  expect(what: string, isMet: boolean, seen: unknown = ''): void {
    if (!isMet) this.broken.push(seen === '' ? what : `${what}: ${JSON.stringify(seen)}`);
  }

  note(name: string, value: number | string): void {
    this.notes[name] = value;
  }

  /** Calls that fit are answered as `action` says, until the scenario is over; answers the id of the fault. */
  fault(action: JsonObject, endpoint: string, times?: number): Promise<string> {
    return this.deployment.sandbox.fault(action, { endpoint }, times);
  }

  /** So many of the calls to an endpoint (0 to 1) are answered as `action` says. */
  async likely(action: JsonObject, endpoint: string, probability: number): Promise<void> {
    await this.deployment.sandbox.fault(action, { endpoint }, undefined, probability);
  }

  /** Resolves when every request was answered, nothing is open and the queue is empty; then reads what was left. */
  async settle(): Promise<void> {
    for (const load of this.loads) {
      load.stop();
      await load.answered();
    }
    await this.until('the end of all messages', async () => (await this.records.open()) === 0, {
      deadlineMs: SETTLE_MS,
      intervalMs: 200,
    }).catch((error: unknown) => this.broken.push(String(error)));
    await this.until('an empty queue', () => this.queueIsEmpty(), { deadlineMs: SETTLE_MS, intervalMs: 200 }).catch(
      (error: unknown) => this.broken.push(String(error)),
    );
    this.stored = await this.records.list();
    await this.vendor.read();
    const doubts = await this.records.doubts();
    if (doubts !== '') this.note('unclear attempts:', doubts);
  }

  private async queueIsEmpty(): Promise<boolean> {
    const { taken, waiting } = await this.deployment.redis.jobs();
    return taken + waiting === 0;
  }

  figures(): Figures {
    return judge({
      submitted: this.loads.flatMap(({ submitted }) => submitted),
      stored: this.stored,
      copiesOf: (text) => this.vendor.copiesOf(text),
      ...(this.healedAtMs !== undefined && { healedAtMs: this.healedAtMs }),
    });
  }

  /** After `settle`. */
  endings(): Ending[] {
    const byText = new Map(this.stored.map((message) => [message.text, message]));
    return this.loads.flatMap(({ submitted }) =>
      submitted.map(({ risk, text }) => {
        const { status = NOWHERE, unclear = 0 } = byText.get(text) ?? {};
        return { text, risk, status, unclear, copies: this.vendor.copiesOf(text).length };
      }),
    );
  }

  /** Every message of a risk ended so: `[status, copies]`; of the last `count` messages. */
  expectEndings(expected: Readonly<Partial<Record<Risk, readonly [status: string, copies: number]>>>, count = 0): void {
    const endings = this.endings().slice(-count);
    for (const risk of RISKS) {
      const wanted = expected[risk]?.join(' ×');
      if (wanted === undefined) continue;
      const seen = endings.filter((ending) => ending.risk === risk);
      const others = seen.map(({ copies, status }) => `${status} ×${copies}`).filter((ending) => ending !== wanted);
      this.expect(`${risk}: each ${wanted}`, seen.length > 0 && others.length === 0, [...new Set(others)]);
    }
  }
}
