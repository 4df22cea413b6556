import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeNull } from '#libs/core';
import { PRIORITIES, type Priority } from '#libs/messages';
import { EXAMPLES } from '../messages/examples.js';

export class PauseQueueDto {
  @ApiPropertyOptional({ type: String, maxLength: 500, example: '平台维护' })
  @MayBeNull()
  @IsString()
  @MaxLength(500)
  reason?: string | null;
}

export class LinePauseDto {
  @ApiProperty({ enum: ['queue', 'account'], example: 'account' }) what!: 'queue' | 'account';
  @ApiPropertyOptional({
    example: 'operator',
    description: 'Name of the key that paused the queue; of an account `operator` or `credentials`',
  })
  by?: string;
  @ApiPropertyOptional({ example: '平台维护' }) reason?: string;
  @ApiPropertyOptional({ example: '2026-11-22T02:00:00.000Z' }) since?: string;
}

export class QueueLineDto {
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ enum: Object.keys(PRIORITIES), example: 'normal' }) priority!: Priority;
  @ApiProperty({ example: 10, description: 'Deliveries that are due and not being sent' }) waiting!: number;
  @ApiProperty({ example: 1, description: 'Being sent' }) active!: number;
  @ApiProperty({ example: 2, description: 'Due later' }) delayed!: number;
  @ApiPropertyOptional({ example: 4_200, description: 'Age of the oldest one that is due, in ms' })
  oldestAgeMs?: number;
  @ApiProperty({ example: 180.5, description: 'Deliveries that the account finished per minute, in the last five' })
  ratePerMinute!: number;
  @ApiPropertyOptional({
    example: 4,
    description: 'How long what is due in this line and before it lasts at that rate; absent while nothing moves',
  })
  etaSeconds?: number;
  @ApiPropertyOptional({ description: 'What holds it back; absent: nothing' }) paused?: LinePauseDto;
}

export class QueueDto {
  @ApiProperty({ example: EXAMPLES.channel }) channel!: string;
  @ApiProperty({ example: false, description: 'Held back by a person' }) paused!: boolean;
  @ApiPropertyOptional({ example: '平台维护' }) pausedReason?: string;
  @ApiPropertyOptional({ example: 'console', description: 'Name of the key that paused it' }) pausedBy?: string;
  @ApiPropertyOptional({ example: '2026-11-22T02:00:00.000Z' }) pausedAt?: string;
  @ApiProperty({ example: 12, description: 'Deliveries that are not finished and not being sent' }) waiting!: number;
  @ApiProperty({ example: 10, description: 'Of those, the ones that nobody has tried yet' }) accepted!: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { rate_limited: 2 },
    description: 'Of those, the ones that wait for something, by reason',
  })
  scheduled!: Readonly<Record<string, number>>;
  @ApiProperty({ example: 1 }) sending!: number;
  @ApiPropertyOptional({ example: 4_200, description: 'Age of the oldest that does not wait for its own time, in ms' })
  oldestAgeMs?: number;
  @ApiPropertyOptional({
    example: 60_000,
    description: 'How long the limits of the accounts make it last, in ms; absent where none holds it back',
  })
  etaMs?: number;
  @ApiProperty({
    type: [QueueLineDto],
    description: 'The same by account and priority, what goes first before the rest',
  })
  lines!: readonly QueueLineDto[];
}
