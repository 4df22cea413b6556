import { Module } from '@nestjs/common';
import { FindingModule } from '#libs/insight';
import { RecipientsController } from './recipients.controller.js';

@Module({ imports: [FindingModule], controllers: [RecipientsController] })
export class RecipientsApiModule {}
