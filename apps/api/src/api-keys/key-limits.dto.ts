import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MayBeNull } from '#libs/core';
import { MAX_INTEGER } from '../http/index.js';

/** What a key may use up. Null or absent: as much as it likes. */
export class KeyLimitsDto {
  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, description: 'Requests in a minute', example: 600 })
  @MayBeNull()
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  requestsPerMinute?: number | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, description: 'Requests in a day', example: 50_000 })
  @MayBeNull()
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  requestsPerDay?: number | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 1,
    description: 'Recipients of what is sent in a day; a message to a group counts as one',
    example: 20_000,
  })
  @MayBeNull()
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  recipientsPerDay?: number | null;
}

const MAX_DAYS = 400;
const DEFAULT_DAYS = 30;

export class KeyUsageQuery {
  @ApiPropertyOptional({ description: 'Most days back', minimum: 1, maximum: MAX_DAYS, default: DEFAULT_DAYS })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_DAYS)
  days: number = DEFAULT_DAYS;
}

/** How a key was used on one day. */
export class KeyDayDto {
  @ApiProperty({ description: 'In the time zone of the statistics', example: '2026-11-22' })
  day!: string;

  @ApiProperty({ example: 1204 })
  requests!: number;

  @ApiProperty({ description: 'Requests that a limit of the key refused; among `requests`', example: 3 })
  refused!: number;

  @ApiProperty({ description: 'Recipients of what was accepted', example: 5630 })
  recipients!: number;
}

export class KeyUsageDto {
  @ApiProperty({ type: [KeyDayDto], description: 'Newest first; days without a request are left out' })
  data!: readonly KeyDayDto[];
}
