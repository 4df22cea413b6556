import { Module } from '@nestjs/common';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { DeadLettersController } from './dead-letters.controller.js';
import { ReplaysController } from './replays.controller.js';

@Module({ imports: [MessagesModule, SecurityModule], controllers: [DeadLettersController, ReplaysController] })
export class DeadLettersApiModule {}
