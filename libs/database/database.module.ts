import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { Database } from './database.js';

const HOT_CONNECTIONS = 6;
const OTHER_CONNECTIONS = 6;
const CRUD_CONNECTIONS = 4;

/** Two pools for statements (`Database`), the hot ones apart, and a small one for TypeORM's repositories. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => ({
        type: 'postgres',
        url: config.databaseUrl,
        autoLoadEntities: true,
        synchronize: false,
        retryAttempts: 0,
        applicationName: 'hongyan-crud',
        poolSize: CRUD_CONNECTIONS,
        extra: { connectionTimeoutMillis: 5_000, query_timeout: 10_000, statement_timeout: 10_000 },
      }),
    }),
  ],
  providers: [
    {
      provide: Database,
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) =>
        new Database({
          connectionString: config.databaseUrl,
          maxConnections: OTHER_CONNECTIONS,
          maxPrepared: HOT_CONNECTIONS,
          applicationName: 'hongyan',
        }),
    },
  ],
  exports: [Database, TypeOrmModule],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
