import { Module } from '@nestjs/common';
import { SecurityModule } from '#libs/security';
import { ApiKeysController } from './api-keys.controller.js';

@Module({ imports: [SecurityModule], controllers: [ApiKeysController] })
export class ApiKeysApiModule {}
