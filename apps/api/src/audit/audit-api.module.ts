import { Module } from '@nestjs/common';
import { SecurityModule } from '#libs/security';
import { AuditController } from './audit.controller.js';

@Module({ imports: [SecurityModule], controllers: [AuditController] })
export class AuditApiModule {}
