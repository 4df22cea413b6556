import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { AccountOperationsController } from './account-operations.controller.js';
import { AccountsController } from './accounts.controller.js';
import { QuotasController } from './quotas.controller.js';

@Module({
  imports: [AccountsModule, MessagesModule, SecurityModule],
  controllers: [AccountsController, AccountOperationsController, QuotasController],
})
export class AccountsApiModule {}
