import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';
import type { Identity } from './identity.js';
import { KeyGrantStore, type Grant } from './key-grant.store.js';
import { LIMIT_KINDS, type KeyLimitName } from './key-limits.js';
import { KeyLimitError } from './security-errors.js';

/** What this process holds of one limit of one line of keys, in the window that holds now. */
interface Purse {
  readonly lineId: string;
  readonly name: KeyLimitName;
  rest: number;
  windowStart: Date;
  endsAtMs: number;
  usedAtMs: number;
  /** What was left for everybody when this process last asked and got nothing, believed until `shortUntilMs`. */
  shortLeft: number;
  shortUntilMs: number;
  asking?: Promise<void>;
}

/** How long "nothing left" is believed: another process may have given some back. */
const SHORT_MS = 1_000;
/** What was not used for so long is given back, for other processes. */
const IDLE_MS = 2_000;

/**
 * The limits of keys, counted across all processes: each takes a share of what is left out of PostgreSQL and hands it
 * out from memory, so that few requests wait for a statement. A process that ends without giving back costs its share.
 */
@Injectable()
export class KeyBudget implements BeforeApplicationShutdown {
  private readonly logger = new Logger(KeyBudget.name);
  private readonly purses = new Map<string, Purse>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(KeyGrantStore) private readonly grants: KeyGrantStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes `amount` out of a limit; without such a limit nothing happens.
   * @throws KeyLimitError there is not that much left
   */
  async take({ limits, lineId }: Identity, name: KeyLimitName, amount: number): Promise<void> {
    const limit = limits?.[name];
    if (limit === undefined || lineId === undefined) return;
    const purse = this.purseOf(lineId, name);
    purse.usedAtMs = this.clock.monotonicMs();
    while (!this.pay(purse, amount)) {
      if (this.isShort(purse, amount)) throw this.refusal(purse, limit);
      purse.asking ??= this.ask(purse, limit, amount).finally(() => delete purse.asking);
      await purse.asking;
    }
  }

  /** Puts back what was taken for something that did not come about. */
  putBack({ limits, lineId }: Identity, name: KeyLimitName, amount: number): void {
    if (limits?.[name] === undefined || lineId === undefined) return;
    const purse = this.purseOf(lineId, name);
    if (purse.endsAtMs > this.clock.monotonicMs()) purse.rest += amount;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await Promise.all([...this.purses.values()].map((purse) => this.empty(purse)));
  }

  private purseOf(lineId: string, name: KeyLimitName): Purse {
    const id = `${lineId} ${name}`;
    const known = this.purses.get(id);
    if (known) return known;
    const nothing = { rest: 0, windowStart: new Date(0), endsAtMs: 0, usedAtMs: 0, shortLeft: 0, shortUntilMs: 0 };
    const purse: Purse = { lineId, name, ...nothing };
    this.purses.set(id, purse);
    this.timer ??= setTimeout(() => void this.giveBackIdle(), IDLE_MS).unref();
    return purse;
  }

  private pay(purse: Purse, amount: number): boolean {
    if (purse.endsAtMs <= this.clock.monotonicMs() || purse.rest < amount) return false;
    purse.rest -= amount;
    return true;
  }

  private isShort(purse: Purse, amount: number): boolean {
    return purse.shortUntilMs > this.clock.monotonicMs() && purse.shortLeft + purse.rest < amount;
  }

  private async ask(purse: Purse, limit: number, amount: number): Promise<void> {
    const held = purse.endsAtMs > this.clock.monotonicMs() ? purse.rest : 0;
    const { lineId, name } = purse;
    this.put(purse, await this.grants.take({ lineId, name, limit, need: amount - held }));
  }

  private put(purse: Purse, { endsInMs, given, left, windowStart }: Grant): void {
    const nowMs = this.clock.monotonicMs();
    const isSameWindow = purse.windowStart.getTime() === windowStart.getTime();
    purse.rest = (isSameWindow ? purse.rest : 0) + given;
    purse.windowStart = windowStart;
    purse.endsAtMs = nowMs + endsInMs;
    purse.shortLeft = left;
    purse.shortUntilMs = given > 0 ? 0 : nowMs + Math.min(SHORT_MS, endsInMs);
  }

  private refusal({ endsAtMs, name }: Purse, limit: number): KeyLimitError {
    const { code, message } = LIMIT_KINDS[name];
    return new KeyLimitError(code, message, limit, Math.max(1, endsAtMs - this.clock.monotonicMs()));
  }

  private async giveBackIdle(): Promise<void> {
    const idleSinceMs = this.clock.monotonicMs() - IDLE_MS;
    const idle = [...this.purses].filter(([, { asking, usedAtMs }]) => !asking && usedAtMs <= idleSinceMs);
    await Promise.all(
      idle.map(([id, purse]) => {
        this.purses.delete(id);
        return this.empty(purse);
      }),
    );
    this.timer = this.purses.size === 0 ? undefined : setTimeout(() => void this.giveBackIdle(), IDLE_MS).unref();
  }

  private async empty(purse: Purse): Promise<void> {
    const { name, lineId, rest, windowStart } = purse;
    purse.rest = 0;
    if (rest === 0) return;
    try {
      await this.grants.giveBack({ lineId, name }, windowStart, rest);
    } catch (error) {
      this.logger.warn(`Requests that a key did not use could not be given back: ${String(error)}`);
    }
  }
}
