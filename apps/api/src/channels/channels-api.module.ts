import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { ChannelsController } from './channels.controller.js';

@Module({ imports: [AccountsModule], controllers: [ChannelsController] })
export class ChannelsApiModule {}
