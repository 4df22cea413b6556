import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import { SandboxClock } from '../state/sandbox-clock.js';
import { JsonBodyPipe } from './json-body.pipe.js';

const LONGEST_STEP_MS = 366 * 86_400_000;

/** Body of `POST /_sandbox/clock`. */
export class AdvanceDto {
  @IsInt()
  @Min(0)
  @Max(LONGEST_STEP_MS)
  advanceMs!: number;
}

interface ShownClock {
  readonly now: string;
  readonly offsetMs: number;
}

@Controller('_sandbox/clock')
export class ClockController {
  constructor(private readonly clock: SandboxClock) {}

  @Get()
  get(): ShownClock {
    return { now: new Date(this.clock.nowMs()).toISOString(), offsetMs: this.clock.offsetMs };
  }

  @Post()
  @HttpCode(200)
  advance(@Body(new JsonBodyPipe(AdvanceDto)) { advanceMs }: AdvanceDto): ShownClock {
    this.clock.advance(advanceMs);
    return this.get();
  }
}
