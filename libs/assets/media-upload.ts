import { Inject, Injectable } from '@nestjs/common';
import { providerCallFor, type SendingAccount } from '#libs/accounts';
import {
  CALL_DEADLINE_MS,
  ChannelRegistry,
  PROVIDER_HTTP,
  type MediaKind,
  type ProviderHttp,
  type UploadForm,
  type UploadedMedia,
} from '#libs/channels';
import { CLOCK, InvariantError, PermanentDeliveryError, type Clock } from '#libs/core';
import { AssetsRepository } from './assets.repository.js';

/** What is uploaded, as what. */
export interface UploadWish {
  readonly assetId: string;
  readonly kind: MediaKind;
  readonly form: UploadForm;
}

/** The asset was deleted while a message waited for it. */
export const assetGone = (assetId: string): PermanentDeliveryError =>
  new PermanentDeliveryError('asset_gone', `The asset ${assetId} does not exist any more`);

/** Makes one upload call. */
@Injectable()
export class MediaUpload {
  constructor(
    @Inject(AssetsRepository) private readonly assets: AssetsRepository,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(PROVIDER_HTTP) private readonly http: ProviderHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws the delivery errors of the channel, `asset_gone` */
  async run(account: SendingAccount, token: string, { assetId, form, kind }: UploadWish): Promise<UploadedMedia> {
    const { media } = this.channels.get(account.channel);
    if (!media) throw new InvariantError(`${account.channel} takes no files`);
    const file = await this.assets.findFile(assetId);
    if (!file) throw assetGone(assetId);
    const signal = AbortSignal.timeout(CALL_DEADLINE_MS);
    const call = providerCallFor(account, { http: this.http, now: this.clock.now(), signal });
    return media.upload({ ...call, token }, { kind, ...file }, form);
  }
}
