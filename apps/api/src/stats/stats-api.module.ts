import { Module } from '@nestjs/common';
import { MessagesModule } from '#libs/messages';
import { BalanceController } from './balance.controller.js';

@Module({ imports: [MessagesModule], controllers: [BalanceController] })
export class StatsApiModule {}
