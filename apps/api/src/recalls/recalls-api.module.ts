import { Module } from '@nestjs/common';
import { FindingModule } from '#libs/insight';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { TemplatesModule } from '#libs/templates';
import { DownloadsApiModule } from '../downloads/downloads-api.module.js';
import { RecallReportController } from './recall-report.controller.js';
import { RecallRequestReader } from './recall-request.reader.js';
import { RecallSubmissionService, Recalls } from './recall-submission.service.js';
import { RecallsController } from './recalls.controller.js';

@Module({
  imports: [DownloadsApiModule, FindingModule, MessagesModule, SecurityModule, TemplatesModule],
  controllers: [RecallReportController, RecallsController],
  providers: [RecallRequestReader, RecallSubmissionService, Recalls],
  exports: [RecallSubmissionService],
})
export class RecallsApiModule {}
