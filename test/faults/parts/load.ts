import { setTimeout as delay } from 'node:timers/promises';
import { TEST_ADMIN_KEY } from '#libs/testing';
import { RISKS, bodyOf, type Risk, type Templates } from './messages.js';

export interface LoadOptions {
  /** Address of the API; asked before every try. */
  readonly url: () => string;
  readonly templates: Templates;
  /** Begins every text and every key: nothing else in the deployment has it. */
  readonly prefix: string;
  /** Which messages are sent, in turn. Default: all risks. */
  readonly risks?: readonly Risk[];
  /** After this time the messages are worth nothing. Default: as the templates say. */
  readonly ttlMs?: number;
}

/** One message as the client knows it. */
export interface Submitted {
  readonly text: string;
  readonly risk: Risk;
  /** Ids that 2xx answers gave for its key; more than one would be two messages. */
  readonly ids: Set<string>;
  /** Wall clock; undefined while nobody has promised anything. */
  acceptedAtMs?: number;
  /** Of the first try: what a caller waits for. */
  firstTryMs?: number;
  /** Of the try that took longest. */
  slowestTryMs: number;
  tries: number;
  readonly refusals: Map<number, number>;
}

const TRY_MS = 30_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;
/** Patient: a process of a busy machine takes half a minute to start. */
const GIVE_UP_MS = 180_000;

/**
 * A business system that does it right: open loop, an idempotency key for each message, the same key again until it is
 * answered 2xx. What it was promised is in `submitted`.
 */
export class Load {
  readonly submitted: Submitted[] = [];
  private readonly open = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly options: LoadOptions) {}

  /** Sends so many at once. */
  burst(count: number): void {
    for (let sent = 0; sent < count; sent += 1) this.sendNext();
  }

  /** Sends at this rate until the time is over or the load is stopped; does not wait for answers. */
  async run(perSecond: number, seconds: number): Promise<void> {
    const startedMs = performance.now();
    const endMs = startedMs + seconds * 1000;
    let sent = 0;
    while (!this.stopped && performance.now() < endMs) {
      const due = Math.floor(((performance.now() - startedMs) / 1000) * perSecond) + 1;
      for (; sent < due; sent += 1) this.sendNext();
      await delay(5);
    }
  }

  stop(): void {
    this.stopped = true;
  }

  /** Resolves when every message was promised or given up. */
  async answered(): Promise<void> {
    while (this.open.size > 0) await Promise.all([...this.open]);
  }

  /** Messages that were promised so far. */
  get accepted(): number {
    return this.submitted.filter(({ ids }) => ids.size > 0).length;
  }

  /** Sends one message so many times at once, as a caller does that believes its first try lost. */
  async repeat(times: number): Promise<void> {
    const message = this.next();
    await Promise.all(Array.from({ length: times }, () => this.insist(message, this.submitted.length)));
  }

  private next(): Submitted {
    const { prefix, risks = RISKS } = this.options;
    const index = this.submitted.length;
    const risk = risks[index % risks.length] ?? 'resent';
    const message = {
      text: `${prefix}-${index}.`,
      risk,
      ids: new Set<string>(),
      slowestTryMs: 0,
      tries: 0,
      refusals: new Map(),
    };
    this.submitted.push(message);
    return message;
  }

  private sendNext(): void {
    const index = this.submitted.length;
    const work = this.insist(this.next(), index).finally(() => this.open.delete(work));
    this.open.add(work);
  }

  private async insist(message: Submitted, index: number): Promise<void> {
    const { templates, ttlMs } = this.options;
    const expiry = ttlMs === undefined ? {} : { expireAt: new Date(Date.now() + ttlMs).toISOString() };
    const body = JSON.stringify({ ...bodyOf(templates, message.risk, message.text, index), ...expiry });
    const giveUpMs = performance.now() + GIVE_UP_MS;
    while (performance.now() < giveUpMs && !(await this.try(message, body))) await delay(pauseAfter(message.tries));
  }

  private async try(message: Submitted, body: string): Promise<boolean> {
    const startedMs = performance.now();
    message.tries += 1;
    const status = await this.post(message, body);
    const tookMs = performance.now() - startedMs;
    message.firstTryMs ??= tookMs;
    message.slowestTryMs = Math.max(message.slowestTryMs, tookMs);
    if (status >= 200 && status < 300) {
      message.acceptedAtMs ??= Date.now();
      return true;
    }
    message.refusals.set(status, (message.refusals.get(status) ?? 0) + 1);
    return false;
  }

  /** The status of the answer; 0 without one. */
  private async post({ ids, text }: Submitted, body: string): Promise<number> {
    try {
      const response = await fetch(`${this.options.url()}/v1/messages`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${TEST_ADMIN_KEY}`,
          'content-type': 'application/json',
          'idempotency-key': text,
        },
        body,
        signal: AbortSignal.timeout(TRY_MS),
      });
      const answer = (await response.json()) as { readonly id?: string };
      if (response.ok && answer.id !== undefined) ids.add(answer.id);
      return response.status;
    } catch {
      return 0;
    }
  }
}

/** Longer with every try and never the same: a thousand clients must not come back in one moment. */
const pauseAfter = (tries: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 1.5 ** tries) * (0.5 + Math.random());
