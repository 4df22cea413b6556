import { Module, type DynamicModule } from '@nestjs/common';
import { AppConfigModule, type AppConfig } from '#libs/config';
import { AccountsApiModule } from './accounts/accounts-api.module.js';
import { ApiKeysApiModule } from './api-keys/api-keys-api.module.js';
import { AssetsApiModule } from './assets/assets-api.module.js';
import { AuditApiModule } from './audit/audit-api.module.js';
import { CallbacksApiModule } from './callbacks/callbacks-api.module.js';
import { CallersApiModule } from './callers/callers-api.module.js';
import { ChannelsApiModule } from './channels/channels-api.module.js';
import { ConsoleModule } from './console/console.module.js';
import { CompatApiModule } from './compat/compat-api.module.js';
import { DeadLettersApiModule } from './dead-letters/dead-letters-api.module.js';
import { CustomersApiModule } from './customers/customers-api.module.js';
import { DirectoryApiModule } from './directory/directory-api.module.js';
import { DownloadsApiModule } from './downloads/downloads-api.module.js';
import { HealthApiModule } from './health/health-api.module.js';
import { HttpModule } from './http/index.js';
import { ImportsApiModule } from './imports/imports-api.module.js';
import { MeApiModule } from './me/me-api.module.js';
import { MessagesApiModule } from './messages/messages-api.module.js';
import { MetricsApiModule } from './metrics/metrics-api.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { QueuesApiModule } from './queues/queues-api.module.js';
import { RecallsApiModule } from './recalls/recalls-api.module.js';
import { ReferenceApiModule } from './reference/reference-api.module.js';
import { SandboxApiModule } from './sandbox/sandbox-api.module.js';
import { RecipientsApiModule } from './recipients/recipients-api.module.js';
import { RejectionsApiModule } from './rejections/rejections-api.module.js';
import { SearchApiModule } from './search/search-api.module.js';
import { StatsApiModule } from './stats/stats-api.module.js';
import { TemplatesApiModule } from './templates/templates-api.module.js';
import { WebhooksApiModule } from './webhooks/webhooks-api.module.js';

/** The API application: accepts work, never sends. */
@Module({})
export class ApiModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        AppConfigModule.forRoot(config),
        HttpModule,
        OpenApiModule,
        ConsoleModule,
        HealthApiModule,
        MetricsApiModule,
        MeApiModule,
        ReferenceApiModule,
        CallbacksApiModule,
        CallersApiModule,
        AuditApiModule,
        ApiKeysApiModule,
        ChannelsApiModule,
        AccountsApiModule,
        AssetsApiModule,
        TemplatesApiModule,
        MessagesApiModule,
        RecallsApiModule,
        RecipientsApiModule,
        RejectionsApiModule,
        SearchApiModule,
        DownloadsApiModule,
        StatsApiModule,
        DeadLettersApiModule,
        CustomersApiModule,
        DirectoryApiModule,
        QueuesApiModule,
        SandboxApiModule,
        CompatApiModule,
        ImportsApiModule,
        WebhooksApiModule,
      ],
    };
  }
}
