import { Module } from '@nestjs/common';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { TemplatesModule } from '#libs/templates';
import { RecallRequestReader } from './recall-request.reader.js';
import { RecallSubmissionService, Recalls } from './recall-submission.service.js';
import { RecallsController } from './recalls.controller.js';

@Module({
  imports: [MessagesModule, SecurityModule, TemplatesModule],
  controllers: [RecallsController],
  providers: [RecallRequestReader, RecallSubmissionService, Recalls],
  exports: [RecallSubmissionService],
})
export class RecallsApiModule {}
