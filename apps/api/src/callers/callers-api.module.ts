import { Module } from '@nestjs/common';
import { SecurityModule } from '#libs/security';
import { CallersController } from './callers.controller.js';

@Module({ imports: [SecurityModule], controllers: [CallersController] })
export class CallersApiModule {}
