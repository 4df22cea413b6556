import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { seesAllCallers, type Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequireScopes } from '../http/index.js';
import { PRODUCT_VERSION } from '../product-version.js';
import { MeDto } from './me.dto.js';

@ApiTags('Callers and keys')
@Controller('v1/me')
export class MeController {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RequireScopes()
  @ApiOperation({ summary: 'Who am I, and what may I do' })
  @ApiOkResponse({ type: MeDto })
  @ApiProblems()
  show(@CurrentIdentity() identity: Identity): MeDto {
    return {
      caller: identity.callerCode,
      keyName: identity.keyName,
      preset: identity.preset,
      scopes: [...identity.scopes],
      seesAllCallers: seesAllCallers(identity),
      templates: identity.templates ?? null,
      accounts: identity.accounts ?? null,
      expiresAt: identity.expiresAt?.toISOString() ?? null,
      server: {
        version: PRODUCT_VERSION,
        time: this.clock.now().toISOString(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        sandbox: this.config.sandboxUrl !== undefined,
      },
    };
  }
}
