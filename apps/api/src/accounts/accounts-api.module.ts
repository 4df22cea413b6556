import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { SecurityModule } from '#libs/security';
import { AccountOperationsController } from './account-operations.controller.js';
import { AccountsController } from './accounts.controller.js';

@Module({
  imports: [AccountsModule, SecurityModule],
  controllers: [AccountsController, AccountOperationsController],
})
export class AccountsApiModule {}
