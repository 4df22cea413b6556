import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { RateLimits } from '../state/rate-limits.js';
import { JsonBodyPipe } from './json-body.pipe.js';

/** Body of `POST /_sandbox/limits`. */
export class LimitsDto {
  /** False: no rate limit is enforced, for load tests. */
  @IsBoolean()
  enforced!: boolean;
}

@Controller('_sandbox/limits')
export class LimitsController {
  constructor(private readonly limits: RateLimits) {}

  @Get()
  get(): LimitsDto {
    return { enforced: this.limits.enforced };
  }

  @Post()
  @HttpCode(200)
  set(@Body(new JsonBodyPipe(LimitsDto)) { enforced }: LimitsDto): LimitsDto {
    this.limits.enforced = enforced;
    return this.get();
  }
}
