import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { TokenService, type AccessToken, type SendingAccount } from '#libs/accounts';
import { CredentialError, RetryableDeliveryError, TokenRejectedError, UnavailableError } from '#libs/core';
import { mediaFailureOf, requestedWaitMs, toMediaError } from './media-failure.js';
import { MediaUpload, assetGone, type UploadWish } from './media-upload.js';
import { LEASE_MS, MediaStore, RENEW_MS, type MediaState } from './media.store.js';
import { UploadSlots } from './upload-slots.js';

const FIRST_POLL_MS = 25;
const LONGEST_POLL_MS = 250;
/** Longer than anybody's lease: a process that died in an upload is outlived. */
const LONGEST_WAIT_MS = LEASE_MS + 2_000;

/** A file that the vendor knows. */
export interface ObtainedMedia {
  /** Media id or address. */
  readonly value: string;
  readonly version: number;
  /** Time for which it may be handed out; infinite for what the vendor keeps. */
  readonly usableMs: number;
  /** Absent: the vendor keeps it. */
  readonly expiresAt?: Date;
  /** This very look made the call. */
  readonly isFresh: boolean;
}

export interface MediaWish extends UploadWish {
  /** The version that is no longer good; 0: any valid one will do. */
  readonly newerThan: number;
}

/** Gets a file to the vendor: from the row, or by the one upload that all processes share. */
@Injectable()
export class MediaRenewal {
  constructor(
    @Inject(MediaStore) private readonly store: MediaStore,
    @Inject(MediaUpload) private readonly upload: MediaUpload,
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(UploadSlots) private readonly slots: UploadSlots,
  ) {}

  /**
   * @throws PermanentDeliveryError `media_refused`, `asset_gone`; RateLimitedError, CredentialError, ConfigError;
   * RetryableDeliveryError (uses no attempt). During a back-off the last failure again, without a call.
   */
  async obtain(account: SendingAccount, wish: MediaWish): Promise<ObtainedMedia> {
    let token = await this.tokens.current(account);
    let isRenewed = false;
    let waitedMs = 0;
    for (let pollMs = FIRST_POLL_MS; waitedMs < LONGEST_WAIT_MS; pollMs = Math.min(LONGEST_POLL_MS, pollMs * 1.5)) {
      const state = await this.read(account, wish);
      const held = heldOf(state, wish);
      if (held && state.usableMs > RENEW_MS) return held;
      if (held && (state.isLeased || state.retryAfterMs > 0)) return held;
      refuseDuringBackoff(state);
      const result = state.isLeased ? 'not_ours' : await this.tryToMake(account, token, wish, state.version);
      if (result === 'token_rejected') {
        if (isRenewed) throw stillRejected();
        isRenewed = true;
        token = await this.tokens.renew(account, token.version);
        continue;
      }
      if (result !== 'not_ours') return result ?? this.obtain(account, wish);
      await delay(pollMs);
      waitedMs += pollMs;
    }
    throw new RetryableDeliveryError('provider_busy', 'The file is still being uploaded', false);
  }

  private async read(account: SendingAccount, wish: MediaWish): Promise<MediaState> {
    const [state] = await this.store.read(account.code, [wish]);
    if (!state?.assetExists) throw assetGone(wish.assetId);
    return state;
  }

  /** In a slot, which is waited for before the lease is taken: a lease is as long as a call. */
  private tryToMake(
    account: SendingAccount,
    token: AccessToken,
    wish: MediaWish,
    version: number,
  ): Promise<ObtainedMedia | 'token_rejected' | 'not_ours' | undefined> {
    return this.slots.run(async () => {
      const isOurs = await this.store.lease({ ...wish, account: account.code }, version);
      return isOurs ? this.make(account, token, wish, version) : 'not_ours';
    });
  }

  /** Under the lease. Undefined when somebody came first meanwhile, or the asset was deleted. */
  private async make(
    account: SendingAccount,
    token: AccessToken,
    wish: MediaWish,
    version: number,
  ): Promise<ObtainedMedia | 'token_rejected' | undefined> {
    const key = { ...wish, account: account.code };
    try {
      const media = await this.upload.run(account, token.value, wish);
      const saved = await this.store.save(key, version, media);
      return saved && { ...media, ...saved, isFresh: true };
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      const failure = error instanceof TokenRejectedError ? undefined : mediaFailureOf(error);
      if (failure)
        throw toMediaError(failure, await this.store.fail(key, version, failure, requestedWaitMs(error)), error);
      await this.store.release(key, version);
      if (error instanceof TokenRejectedError) return 'token_rejected';
      throw error;
    }
  }
}

export function heldOf(
  { expiresAt, usableMs, value, version }: MediaState,
  { newerThan }: Pick<MediaWish, 'newerThan'>,
): ObtainedMedia | undefined {
  if (value === undefined || version <= newerThan) return undefined;
  return { value, version, usableMs, isFresh: false, ...(expiresAt && { expiresAt }) };
}

function refuseDuringBackoff({ failure, retryAfterMs }: MediaState): void {
  if (failure && retryAfterMs > 0) throw toMediaError(failure, retryAfterMs);
}

const stillRejected = (): CredentialError =>
  new CredentialError('token_rejected', 'The provider refuses even a fresh access token');
