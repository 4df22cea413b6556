import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CHANNELS, ChannelRegistry, PROVIDER_HTTP, UndiciProviderHttp } from '#libs/channels';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { DatabaseModule } from '#libs/database';
import { SecurityModule } from '#libs/security';
import { AccessTokenEntity } from './access-token.entity.js';
import { AccountBreaker } from './account-breaker.js';
import { AccountCaller } from './account-caller.js';
import { AccountDescriber } from './account-description.js';
import { AccountDoctor } from './account-doctor.js';
import { AccountGates } from './account-gates.js';
import { AccountHosts } from './account-hosts.js';
import { AccountOperations } from './account-operations.js';
import { AccountReader } from './account-reader.js';
import { AccountUsageQuery } from './account-usage.js';
import { AccountValidator } from './account-validator.js';
import { AccountVault } from './account-vault.js';
import { AccountEntity } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { CardUpdater } from './card-updater.js';
import { CompatAccess } from './compat/compat-access.js';
import { CompatStore } from './compat/compat.store.js';
import { CallTally } from './limits/call-tally.js';
import { LimitLedger } from './limits/limit-ledger.js';
import { Limiter } from './limits/limiter.js';
import { SlotEstimate } from './limits/slot-estimate.js';
import { SlotStore } from './limits/slot.store.js';
import { ProviderCalls } from './provider-calls.js';
import { QueueGates } from './queue-gates.js';
import { TokenRenewal } from './token-renewal.js';
import { TokenService } from './token.service.js';
import { TokenStore } from './token-store.js';

/** Accounts and tokens, and what every caller of a vendor needs: the channels and the HTTP connections to the vendors. */
@Module({
  imports: [DatabaseModule, SecurityModule, TypeOrmModule.forFeature([AccountEntity, AccessTokenEntity])],
  providers: [
    { provide: ChannelRegistry, useFactory: () => new ChannelRegistry(CHANNELS) },
    {
      provide: UndiciProviderHttp,
      inject: [APP_CONFIG],
      useFactory: ({ allowedOrigins, allowedProxies }: AppConfig) =>
        new UndiciProviderHttp({ allowedOrigins, allowedProxies }),
    },
    { provide: PROVIDER_HTTP, useExisting: UndiciProviderHttp },
    AccountBreaker,
    AccountCaller,
    AccountDescriber,
    AccountDoctor,
    AccountGates,
    AccountHosts,
    AccountOperations,
    AccountReader,
    AccountUsageQuery,
    AccountValidator,
    AccountVault,
    AccountsRepository,
    AccountsService,
    CallTally,
    CardUpdater,
    CompatAccess,
    CompatStore,
    LimitLedger,
    Limiter,
    ProviderCalls,
    QueueGates,
    SlotEstimate,
    SlotStore,
    TokenRenewal,
    TokenService,
    TokenStore,
  ],
  exports: [
    ChannelRegistry,
    PROVIDER_HTTP,
    AccountBreaker,
    AccountCaller,
    AccountDoctor,
    AccountGates,
    AccountOperations,
    AccountReader,
    AccountsService,
    CardUpdater,
    CompatAccess,
    LimitLedger,
    Limiter,
    QueueGates,
    SlotStore,
    TokenService,
  ],
})
export class AccountsModule implements OnApplicationShutdown {
  constructor(@Inject(UndiciProviderHttp) private readonly http: UndiciProviderHttp) {}

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
