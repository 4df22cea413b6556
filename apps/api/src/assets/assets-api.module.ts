import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { AssetsModule } from '#libs/assets';
import { SecurityModule } from '#libs/security';
import { AccountMediaController } from './account-media.controller.js';
import { AssetUploads } from './asset-uploads.service.js';
import { AssetsController } from './assets.controller.js';

@Module({
  imports: [AccountsModule, AssetsModule, SecurityModule],
  controllers: [AssetsController, AccountMediaController],
  providers: [AssetUploads],
})
export class AssetsApiModule {}
