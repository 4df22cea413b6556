import { Module } from '@nestjs/common';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { RecallSubmissionService } from './recall-submission.service.js';
import { RecallsController } from './recalls.controller.js';

@Module({
  imports: [MessagesModule, SecurityModule],
  controllers: [RecallsController],
  providers: [RecallSubmissionService],
  exports: [RecallSubmissionService],
})
export class RecallsApiModule {}
