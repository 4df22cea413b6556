import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountReader, type SendingAccount } from '#libs/accounts';
import { CLOCK, HongyanError, type Clock } from '#libs/core';
import { MediaRenewal, heldOf, type MediaWish, type ObtainedMedia } from './media-renewal.js';
import type { UploadWish } from './media-upload.js';
import { MediaStore, RENEW_MS } from './media.store.js';

/** How long a process trusts what it read from the row: a deleted asset is sent for no longer than this. */
const MAX_AGE_MS = 5_000;
const MOST_HELD = 10_000;
/** Uploads of one pass of the renewal; the next pass goes on. */
const RENEWALS_PER_PASS = 20;

interface Held extends ObtainedMedia {
  readonly staleAtMs: number;
}

/**
 * Files at the vendors: media ids and addresses, one per asset, account, kind and form. However many callers and
 * processes ask, one of them uploads; the others wait for its result. All errors mean that nothing was sent.
 */
@Injectable()
export class MediaService {
  private readonly logger = new Logger(MediaService.name);
  private readonly held = new Map<string, Held>();
  private readonly flights = new Map<string, Promise<ObtainedMedia>>();

  constructor(
    @Inject(MediaRenewal) private readonly renewal: MediaRenewal,
    @Inject(MediaStore) private readonly store: MediaStore,
    @Inject(AccountReader) private readonly accounts: AccountReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What the vendor knows already, in the order of the wishes; one statement for all that are not at hand. Undefined:
   * `obtain` has to look, and perhaps to upload.
   */
  async findReady(account: SendingAccount, wishes: readonly UploadWish[]): Promise<(ObtainedMedia | undefined)[]> {
    const known = wishes.map((wish) => this.fromMemory(account, { ...wish, newerThan: 0 }));
    const missing = wishes.filter((_, index) => !known[index]);
    if (missing.length === 0) return known;
    const states = await this.store.read(account.code, missing);
    const read = missing.map((wish, index): ObtainedMedia | undefined => {
      const state = states[index];
      const media = state?.assetExists ? heldOf(state, { newerThan: 0 }) : undefined;
      return media && media.usableMs > RENEW_MS ? this.hold(account, wish, media) : undefined;
    });
    return known.map((media) => media ?? read.shift());
  }

  /**
   * The file at the vendor, uploaded if need be.
   * @throws PermanentDeliveryError `media_refused`, `asset_gone`; RateLimitedError, CredentialError, ConfigError;
   * RetryableDeliveryError, which uses no attempt
   */
  async obtain(account: SendingAccount, wish: MediaWish): Promise<ObtainedMedia> {
    const known = this.fromMemory(account, wish);
    if (known) return known;
    const key = `${keyOf(account, wish)} ${wish.newerThan}`;
    const running = this.flights.get(key);
    if (running) return { ...(await running), isFresh: false };
    const flight = this.renewal.obtain(account, wish).finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return this.hold(account, wish, await flight);
  }

  /**
   * Uploads again what will expire soon and was used lately, so that sends do not wait for it. Safe to run in every
   * process at once; answers how many are fresh now.
   */
  async renewExpiring(): Promise<number> {
    let renewed = 0;
    for (const { version, ...expiring } of await this.store.listExpiring(RENEWALS_PER_PASS)) {
      if (await this.renew({ ...expiring, newerThan: version }, expiring.account)) renewed += 1;
    }
    return renewed;
  }

  private async renew(wish: MediaWish, code: string): Promise<boolean> {
    try {
      await this.obtain(await this.accounts.get(code), wish);
      return true;
    } catch (error) {
      const reason = error instanceof HongyanError ? error.code : 'internal_error';
      this.logger.warn({ event: 'media_renewal_failed', account: code, asset: wish.assetId, reason });
      return false;
    }
  }

  private fromMemory(account: SendingAccount, wish: MediaWish): ObtainedMedia | undefined {
    const held = this.held.get(keyOf(account, wish));
    return held && held.version > wish.newerThan && this.clock.monotonicMs() < held.staleAtMs ? held : undefined;
  }

  private hold(account: SendingAccount, wish: UploadWish, media: ObtainedMedia): ObtainedMedia {
    if (this.held.size > MOST_HELD) this.held.clear();
    const staleAtMs = this.clock.monotonicMs() + Math.min(MAX_AGE_MS, media.usableMs);
    this.held.set(keyOf(account, wish), { ...media, isFresh: false, staleAtMs });
    return media;
  }
}

/** A later account of the same code is another one. */
const keyOf = ({ code, createdAt }: SendingAccount, { assetId, form, kind }: UploadWish): string =>
  `${code} ${createdAt.getTime()} ${assetId} ${kind} ${form}`;
