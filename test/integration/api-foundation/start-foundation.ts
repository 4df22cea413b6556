import { Body, ConsoleLogger, Controller, Get, Module, Param, Post, Query, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsInt, IsString } from 'class-validator';
import supertest from 'supertest';
import { AppConfigModule, type AppConfig } from '#libs/config';
import { ConflictError, RetryableDeliveryError, type JsonObject } from '#libs/core';
import { SafeLogger } from '#libs/security';
import { startTestDatabase, testConfig, TEST_ADMIN_KEY } from '#libs/testing';
import { ApiKeysApiModule } from '../../../apps/api/src/api-keys/api-keys-api.module.js';
import { buildApp } from '../../../apps/api/src/build-app.js';
import { CallersApiModule } from '../../../apps/api/src/callers/callers-api.module.js';
import { HealthApiModule } from '../../../apps/api/src/health/health-api.module.js';
import {
  BodyLimit,
  HttpModule,
  ListQuery,
  Public,
  RequireAnyScope,
  RequireScopes,
} from '../../../apps/api/src/http/index.js';
import { MeApiModule } from '../../../apps/api/src/me/me-api.module.js';
import { MetricsApiModule } from '../../../apps/api/src/metrics/metrics-api.module.js';
import { OpenApiModule } from '../../../apps/api/src/openapi/openapi.module.js';
import { ReferenceApiModule } from '../../../apps/api/src/reference/reference-api.module.js';

export const ADMIN = `Bearer ${TEST_ADMIN_KEY}`;
/** Most time the first start of a database takes. */
export const START_MS = 60_000;
export const WIDE_BODY_BYTES = 1024 * 1024;

class NoteDto {
  @IsString()
  text!: string;

  @IsInt()
  count!: number;
}

/** Routes of all sorts, to see what the foundation makes of them. */
@Controller('v1/probe')
class ProbeController {
  @Post('notes')
  @RequireScopes()
  note(@Body() note: NoteDto): NoteDto {
    return note;
  }

  @Post('wide')
  @RequireScopes()
  @BodyLimit(WIDE_BODY_BYTES)
  wide(@Body() body: JsonObject): { members: number } {
    return { members: Object.keys(body).length };
  }

  @Get('both')
  @RequireScopes('messages:read', 'stats:read')
  both(): object {
    return {};
  }

  @Get('either')
  @RequireAnyScope('messages:read', 'stats:read')
  either(): object {
    return {};
  }

  @Get('list')
  @Public()
  list(@Query() query: ListQuery): ListQuery {
    return query;
  }

  @Get('things/:id')
  @Public()
  thing(@Param('id') id: string): object {
    return { id };
  }

  @Get('crash')
  @Public()
  crash(): never {
    throw new TypeError('relation "secret_table" at /srv/app/db.ts, password=hunter2hunter2');
  }

  @Get('taken')
  @Public()
  taken(): never {
    throw new ConflictError('business_key_conflict', 'Another message has this key', { meta: { messageId: 'm-1' } });
  }

  @Get('vendor')
  @Public()
  vendor(): never {
    throw new RetryableDeliveryError('provider_busy', 'Busy', true, {
      provider: { name: 'Example', code: '-1', message: 'busy' },
    });
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

const moduleOf = (config: AppConfig): DynamicModule => ({
  module: ProbeModule,
  imports: [
    AppConfigModule.forRoot(config),
    HttpModule,
    OpenApiModule,
    HealthApiModule,
    MetricsApiModule,
    MeApiModule,
    ReferenceApiModule,
    CallersApiModule,
    ApiKeysApiModule,
  ],
});

export interface Foundation {
  readonly app: NestFastifyApplication;
  readonly http: ReturnType<typeof supertest>;
  readonly lines: string[];
  stop(): Promise<void>;
}

/** The foundation of the API on a database of its own. `lines` are the lines it logged. */
export async function startFoundation(overrides: Partial<AppConfig> = {}): Promise<Foundation> {
  const database = await startTestDatabase();
  const lines: string[] = [];
  const app = await buildApp(moduleOf(testConfig({ databaseUrl: database.url, ...overrides })), loggerInto(lines));
  return {
    app,
    http: supertest(app.getHttpServer()),
    lines,
    stop: async () => {
      await app.close();
      await database.stop();
    },
  };
}

function loggerInto(lines: string[]): SafeLogger {
  const write = (message: unknown): void => void lines.push(String(message));
  const logger = new ConsoleLogger();
  return new SafeLogger(Object.assign(logger, { log: () => undefined, warn: write, error: write }));
}
