import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '#libs/database';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysService } from './api-keys.service.js';
import { AuditLog } from './audit-log.js';
import { AuditReader } from './audit.reader.js';
import { Authenticator } from './authenticator.js';
import { CallerEntity } from './caller.entity.js';
import { CallersService } from './callers.service.js';
import { FailureThrottle } from './failure-throttle.js';
import { KeyBudget } from './key-budget.js';
import { KeyCalls } from './key-calls.js';
import { KeyGrantStore } from './key-grant.store.js';
import { KeyStore } from './key-store.js';
import { KeyUsage } from './key-usage.js';
import { SecretBox } from './secret-box.js';

const SERVICES = [
  ApiKeysService,
  AuditLog,
  AuditReader,
  Authenticator,
  CallersService,
  FailureThrottle,
  KeyCalls,
  KeyUsage,
  SecretBox,
];

/** Callers and keys, authentication, encryption of secrets, and the audit log. */
@Module({
  imports: [DatabaseModule, TypeOrmModule.forFeature([CallerEntity, ApiKeyEntity])],
  providers: [KeyBudget, KeyGrantStore, KeyStore, ...SERVICES],
  exports: SERVICES,
})
export class SecurityModule {}
