import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { DatabaseModule } from '#libs/database';
import { SecurityModule } from '#libs/security';
import { CallbackService } from '../callbacks/callback.service.js';
import { CallbackStore } from '../callbacks/callback.store.js';
import { MessagesModule } from '../messages.module.js';
import { CardCodeStore } from './card-code.store.js';
import { CardTargets } from './card-targets.js';
import { CardUpdateService } from './card-update.service.js';

/** What happens to cards after they were sent: changes by us, clicks told by the vendor. */
@Module({
  imports: [AccountsModule, DatabaseModule, MessagesModule, SecurityModule],
  providers: [CallbackService, CallbackStore, CardCodeStore, CardTargets, CardUpdateService],
  exports: [CallbackService, CallbackStore, CardCodeStore, CardUpdateService],
})
export class CardsModule {}
