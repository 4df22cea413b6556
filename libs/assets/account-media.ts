import { Inject, Injectable } from '@nestjs/common';
import { AccountReader } from '#libs/accounts';
import { ChannelRegistry } from '#libs/channels';
import { ValidationError } from '#libs/core';
import type { AssetEntity } from './asset.entity.js';
import { AssetsService, type NewAsset } from './assets.service.js';
import { breachOf, ruleFor } from './media-form.js';
import type { ObtainedMedia } from './media-renewal.js';
import { MediaService } from './media.service.js';

/** Files uploaded for one account: at its vendor at once, so that the first message does not wait. */
@Injectable()
export class AccountMedia {
  constructor(
    @Inject(AssetsService) private readonly assets: AssetsService,
    @Inject(AccountReader) private readonly accounts: AccountReader,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(MediaService) private readonly media: MediaService,
  ) {}

  /**
   * Stores a file and uploads it; without `media` where the channel knows no ids of such files. Nothing is stored when
   * it throws.
   * @throws what `AssetsService.upload` throws; ValidationError at `/file` when the channel takes no such file
   * @throws the delivery errors of the channel
   */
  async upload(
    code: string,
    file: NewAsset,
  ): Promise<{ readonly asset: AssetEntity; readonly media: ObtainedMedia | undefined }> {
    const asset = await this.assets.upload(file);
    try {
      return { asset, media: await this.bring(code, asset) };
    } catch (error) {
      await this.assets.discard(asset.id);
      throw error;
    }
  }

  private async bring(code: string, asset: AssetEntity): Promise<ObtainedMedia | undefined> {
    const account = await this.accounts.get(code);
    const { id: assetId, kind } = asset;
    const rule = ruleFor(this.channels.get(account.channel), kind, 'media_id');
    if (!rule) return undefined;
    const misfit = breachOf(rule, asset);
    if (misfit) throw new ValidationError([{ pointer: '/file', ...misfit }]);
    return this.media.obtain(account, { assetId, kind, form: 'media_id', newerThan: 0 });
  }
}
