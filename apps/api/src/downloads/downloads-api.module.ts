import { Module } from '@nestjs/common';
import { FindingModule } from '#libs/insight';
import { DownloadCatalogue } from './download-catalogue.js';
import { DownloadsController } from './downloads.controller.js';

@Module({
  imports: [FindingModule],
  controllers: [DownloadsController],
  providers: [DownloadCatalogue],
  exports: [DownloadCatalogue],
})
export class DownloadsApiModule {}
