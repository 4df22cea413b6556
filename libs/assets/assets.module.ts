import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '#libs/accounts';
import { DatabaseModule } from '#libs/database';
import { AccountMedia } from './account-media.js';
import { AssetCheck } from './asset-check.js';
import { AssetFiles } from './asset-files.js';
import { AssetReader } from './asset-reader.js';
import { AssetEntity } from './asset.entity.js';
import { AssetsRepository } from './assets.repository.js';
import { AssetsService } from './assets.service.js';
import { MediaRenewal } from './media-renewal.js';
import { MediaUpload } from './media-upload.js';
import { MediaService } from './media.service.js';
import { MediaStore } from './media.store.js';
import { UploadSlots } from './upload-slots.js';

/** Uploaded files: stored, checked where they are used, and brought to the vendors. */
@Module({
  imports: [AccountsModule, DatabaseModule, TypeOrmModule.forFeature([AssetEntity])],
  providers: [
    AccountMedia,
    AssetCheck,
    AssetFiles,
    AssetReader,
    AssetsRepository,
    AssetsService,
    MediaRenewal,
    MediaService,
    MediaStore,
    MediaUpload,
    UploadSlots,
  ],
  exports: [AccountMedia, AssetCheck, AssetReader, AssetsService, MediaService],
})
export class AssetsModule {}
