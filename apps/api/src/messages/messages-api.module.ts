import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { CardsModule, MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { TemplatesModule } from '#libs/templates';
import { FindingModule } from '#libs/insight';
import { DownloadsApiModule } from '../downloads/downloads-api.module.js';
import { RecallsApiModule } from '../recalls/recalls-api.module.js';
import { AllowedAccounts } from './allowed-accounts.js';
import { MessageActionsController } from './message-actions.controller.js';
import { MessageActionsService, MessageControl } from './message-actions.service.js';
import { MessageBatchService } from './message-batch.service.js';
import { MessageCardController } from './message-card.controller.js';
import { MessageCardService } from './message-card.service.js';
import { MessageContentController } from './message-content.controller.js';
import { MessageDetailsController } from './message-details.controller.js';
import { DryRunService, MessageSubmissionService } from './message-submission.service.js';
import { MessageExportController } from './message-export.controller.js';
import { MessagesController } from './messages.controller.js';
import { MeteredSubmissions } from './metered-submissions.service.js';
import { SendRequestReader } from './send-request.reader.js';
import { HttpModule } from '../http/index.js';
import { TemplateTestController } from './template-test.controller.js';
import { TemplateTestReaders, TemplateTestService } from './template-test.service.js';

@Module({
  imports: [
    AccountsModule,
    CardsModule,
    DownloadsApiModule,
    FindingModule,
    HttpModule,
    MessagesModule,
    RecallsApiModule,
    SecurityModule,
    TemplatesModule,
  ],
  controllers: [
    MessageExportController,
    MessagesController,
    MessageDetailsController,
    MessageContentController,
    MessageActionsController,
    MessageCardController,
    TemplateTestController,
  ],
  providers: [
    AllowedAccounts,
    DryRunService,
    MessageActionsService,
    MessageBatchService,
    MessageCardService,
    MessageControl,
    MessageSubmissionService,
    MeteredSubmissions,
    SendRequestReader,
    TemplateTestReaders,
    TemplateTestService,
  ],
  exports: [MeteredSubmissions, SendRequestReader],
})
export class MessagesApiModule {}
