import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { TemplatesModule } from '#libs/templates';
import { MessagesApiModule } from '../messages/messages-api.module.js';
import { RecallsApiModule } from '../recalls/recalls-api.module.js';
import { AustinController } from './austin.controller.js';
import { AustinRequests, AustinService } from './austin.service.js';
import { CompatController } from './compat.controller.js';
import { CompatGate, CompatService } from './compat.service.js';
import { TemplateNumberController } from './template-number.controller.js';

/** Endpoints for systems that already speak something else. */
@Module({
  imports: [AccountsModule, MessagesApiModule, MessagesModule, RecallsApiModule, SecurityModule, TemplatesModule],
  controllers: [AustinController, CompatController, TemplateNumberController],
  providers: [AustinRequests, AustinService, CompatGate, CompatService],
})
export class CompatApiModule {}
