import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { Tokens } from '../state/tokens.js';
import { JsonBodyPipe } from './json-body.pipe.js';

/** Body of `POST /_sandbox/tokens/revoke`. */
export class RevokeDto {
  /** One app (`<corpId or appKey>:<agentId>`); not given: all of them. */
  @IsOptional()
  @IsString()
  account?: string;
}

@Controller('_sandbox')
export class ResetController {
  constructor(
    private readonly resets: ResetRegistry,
    private readonly clock: SandboxClock,
    private readonly tokens: Tokens,
  ) {}

  /** Everything but the added members is as after the start. */
  @Post('reset')
  @HttpCode(204)
  reset(): void {
    this.resets.resetAll();
    this.clock.reset();
  }

  @Post('tokens/revoke')
  @HttpCode(200)
  revoke(@Body(new JsonBodyPipe(RevokeDto)) { account }: RevokeDto): { readonly revoked: number } {
    return { revoked: this.tokens.revoke(account) };
  }
}
