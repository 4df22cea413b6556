import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountCaller } from '#libs/accounts';
import type { DirectorySupport, ProviderCall } from '#libs/channels';
import {
  AmbiguousDeliveryError,
  ConflictError,
  HongyanError,
  RateLimitedError,
  RetryableDeliveryError,
  ValidationError,
  type JsonObject,
} from '#libs/core';
import { redact } from '#libs/security';
import { readAddressBook, type AddressBook, type Ask } from './address-book.js';
import { CallPace } from './call-pace.js';
import { matchPeople } from './match-people.js';
import { SyncParts } from './sync-parts.js';
import { refuseTooManyGone } from './too-many-gone.js';
import {
  SyncStore,
  type ClaimedSync,
  type DirectorySync,
  type NewSync,
  type SyncCounts,
  type Tally,
} from './sync.store.js';

/** People matched in one transaction. */
const CHUNK = 1_000;
const CALLS_AT_ONCE = 8;
const REPORT_EVERY_MS = 2_000;
const MOST_REPEATS = 5;
const LONGEST_WAIT_MS = 60_000;
const USUAL_WAIT_MS = 1_000;

/** Absent `of`: whatever the account can tell. */
export type SyncWish = Omit<NewSync, 'family'> & { readonly of?: 'people' | 'customers' };

/** Keeps the directory in step with vendors' address books. */
@Injectable()
export class DirectorySyncService {
  private readonly logger = new Logger('Directory');

  constructor(
    @Inject(SyncStore) private readonly syncs: SyncStore,
    @Inject(SyncParts) private readonly parts: SyncParts,
    @Inject(AccountCaller) private readonly caller: AccountCaller,
  ) {}

  /**
   * Asks for a reading, done by a worker.
   * @throws NotFoundError `unknown_account`
   * @throws ValidationError `directory_not_supported`, `customers_not_supported`
   */
  async request({ of, ...wish }: SyncWish): Promise<DirectorySync> {
    const { customers, directory, family, name } = await this.caller.channelOf(wish.account);
    if (!customers && of === 'customers') {
      const message = `accounts of ${name} have no customers`;
      throw new ValidationError([{ pointer: '/account', code: 'customers_not_supported', message }]);
    }
    if (!directory && (!customers || of === 'people')) {
      const message = `accounts of ${name} have no address book`;
      throw new ValidationError([{ pointer: '/account', code: 'directory_not_supported', message }]);
    }
    return this.syncs.request({ ...wish, family });
  }

  /** Works off one reading that waits; false when none does. Never rejects for what the vendor answers. */
  async runNext(signal: AbortSignal): Promise<boolean> {
    const sync = await this.syncs.claim();
    if (!sync) return false;
    await this.run(sync, signal);
    return true;
  }

  private async run(sync: ClaimedSync, signal: AbortSignal): Promise<void> {
    const tally: Tally = {};
    const lost = new AbortController();
    const stop = AbortSignal.any([signal, lost.signal]);
    // Every call that waits for its turn listens.
    setMaxListeners(0, stop);
    const reporting = setInterval(() => {
      this.syncs.report(sync, tally).then(
        (isOurs) => {
          if (!isOurs) lost.abort();
        },
        (error: unknown) => this.logger.warn(`A sync could not report: ${String(error)}`),
      );
    }, REPORT_EVERY_MS);
    try {
      await this.synchronise(sync, tally, stop);
      await this.syncs.finish(sync, tally);
      this.logger.log({ event: 'directory_sync', account: sync.account, ...tally });
    } catch (error) {
      if (signal.aborted) await this.syncs.release(sync);
      else if (!lost.signal.aborted) await this.syncs.finish(sync, tally, this.describe(error, sync.account));
    } finally {
      clearInterval(reporting);
    }
  }

  private async synchronise(sync: ClaimedSync, tally: Tally, stop: AbortSignal): Promise<void> {
    const { customers, directory } = await this.caller.channelOf(sync.account);
    if (customers) {
      const pace = new CallPace(customers.perSecond, CALLS_AT_ONCE, stop);
      await this.parts.customers.run({
        sync,
        support: customers,
        tally,
        ask: (question) => this.ask(sync.account, pace, question, stop),
      });
      tally.calls = pace.calls;
      return;
    }
    if (!directory) throw new ConflictError('directory_not_supported', 'The account has no address book');
    const paceOf = (): CallPace => new CallPace(directory.perSecond, CALLS_AT_ONCE, stop);
    const paces = { departments: paceOf(), users: paceOf(), lookups: paceOf() };
    const ask: Ask = (pace, question) => this.ask(sync.account, pace, question, stop);
    const countCalls = (): void => {
      tally.calls = paces.departments.calls + paces.users.calls + paces.lookups.calls;
    };
    const book = await this.read(sync, { directory, ask, paces, tally, countCalls });
    const found = await this.parts.lookup.run({ scope: sync, book, support: directory, ask, pace: paces.lookups });
    Object.assign(tally, found);
    countCalls();
    await this.match(sync, book, tally, stop);
    await this.retire(sync, tally);
  }

  private async read(
    { family }: ClaimedSync,
    { ask, countCalls, directory, paces, tally }: ReadingParts,
  ): Promise<AddressBook> {
    const onProgress = ({ departments, users }: { departments: number; users: number }): void => {
      Object.assign(tally, { departments, read: users });
      countCalls();
    };
    const book = await readAddressBook({ family, support: directory, ask, paces, onProgress });
    Object.assign(tally, { departments: book.departments, read: book.users.size });
    // An app that sees nobody is set up wrongly: nothing may be concluded from it.
    if (book.users.size === 0) throw new ConflictError('directory_empty', 'The account sees nobody');
    return book;
  }

  private async match(sync: ClaimedSync, { users }: AddressBook, tally: Tally, stop: AbortSignal): Promise<void> {
    const all = [...users.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    for (let first = 0; first < all.length; first += CHUNK) {
      stop.throwIfAborted();
      const chunk = all.slice(first, first + CHUNK);
      const plan = matchPeople(chunk, await this.parts.matches.neighbours(sync.family, chunk));
      await this.parts.matches.write(sync, plan);
      const changed = plan.known.filter(({ isChanged }) => isChanged).length;
      const by = (way: string): number => plan.bound.filter((bound) => bound.by === way).length;
      add(tally, 'created', plan.created.length);
      add(tally, 'changed', changed);
      add(tally, 'unchanged', plan.known.length - changed);
      add(tally, 'conflicts', plan.conflicts.length);
      add(tally, 'matchedByMobile', by('mobile'));
      add(tally, 'matchedByEmail', by('email'));
      add(tally, 'matchedByUserId', by('user_id'));
    }
  }

  private async retire(sync: ClaimedSync, tally: Tally): Promise<void> {
    const { all, gone } = await this.parts.matches.countGone(sync, sync.startedAt);
    tally.gone = gone;
    refuseTooManyGone(sync, gone, all);
    if (gone > 0) await this.parts.matches.retire(sync, sync.startedAt);
  }

  /** Reading does no harm: what may work a moment later is asked again. */
  private async ask<T>(
    account: string,
    pace: CallPace,
    question: (call: ProviderCall) => Promise<T>,
    stop: AbortSignal,
  ): Promise<T> {
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await pace.run(() => this.caller.ask(account, question));
      } catch (error) {
        const waitMs = patienceFor(error);
        if (waitMs === undefined || waitMs > LONGEST_WAIT_MS || repeats >= MOST_REPEATS) throw error;
        await delay(waitMs, undefined, { signal: stop });
      }
    }
  }

  private describe(error: unknown, account: string): JsonObject {
    const known = error instanceof HongyanError ? error : undefined;
    const text = redact(error instanceof Error ? error.message : String(error));
    if (known) this.logger.warn({ event: 'directory_sync_failed', account, reason: known.code, text });
    else this.logger.error({ event: 'directory_sync_failed', account, text });
    if (!known) return { code: 'internal_error', message: 'The sync failed' };
    const { provider } = known;
    const said = provider && { provider: { name: provider.name, code: provider.code, message: provider.message } };
    return { code: known.code, message: text, ...said };
  }
}

interface ReadingParts {
  readonly directory: DirectorySupport;
  readonly ask: Ask;
  readonly paces: { readonly departments: CallPace; readonly users: CallPace };
  readonly tally: Tally;
  readonly countCalls: () => void;
}

const add = (tally: Tally, name: keyof SyncCounts, count: number): void => {
  tally[name] = (tally[name] ?? 0) + count;
};

function patienceFor(error: unknown): number | undefined {
  if (error instanceof RateLimitedError) return error.retryAfterMs ?? USUAL_WAIT_MS;
  if (error instanceof RetryableDeliveryError || error instanceof AmbiguousDeliveryError) return USUAL_WAIT_MS;
  return undefined;
}
