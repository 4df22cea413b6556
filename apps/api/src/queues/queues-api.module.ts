import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { QueuesController } from './queues.controller.js';
import { QueuesService } from './queues.service.js';

@Module({
  imports: [AccountsModule, MessagesModule, SecurityModule],
  controllers: [QueuesController],
  providers: [QueuesService],
})
export class QueuesApiModule {}
