import { Module } from '@nestjs/common';
import { SecurityModule } from '#libs/security';
import { ApiKeysController } from './api-keys.controller.js';
import { KeyUsageController } from './key-usage.controller.js';

@Module({ imports: [SecurityModule], controllers: [ApiKeysController, KeyUsageController] })
export class ApiKeysApiModule {}
