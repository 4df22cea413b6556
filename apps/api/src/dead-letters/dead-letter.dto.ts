import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { InstantDate, ListQuery, Texts } from '../http/index.js';
import { EXAMPLES } from '../messages/examples.js';

const ID = '019a8f6e-7c00-7abc-8def-0123456789ab';
const AT = '2026-11-22T02:00:00.000Z';
const MAX_VALUES = 100;
const MAX_RATE = 6_000;
export const DEFAULT_RATE = 600;

export class DeadLettersQuery extends ListQuery {
  @Texts('Template codes', 'order-paid')
  template?: string[];

  @Texts('Channels', EXAMPLES.channel)
  channel?: string[];

  @Texts('Accounts', 'sales-app')
  account?: string[];

  @Texts('Reason codes', 'content_invalid')
  reason?: string[];

  @Texts('Codes of callers', 'erp')
  caller?: string[];

  @ApiPropertyOptional({ description: 'Without it the last 30 days', type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  failedAfter?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  failedBefore?: Date;
}

const Codes =
  (description: string, example: string): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ description, example: [example], type: [String] })(target, key);
    IsOptional()(target, key);
    IsArray()(target, key);
    ArrayMinSize(1)(target, key);
    ArrayMaxSize(MAX_VALUES)(target, key);
    IsString({ each: true })(target, key);
    MaxLength(200, { each: true })(target, key);
  };

/** The same filter as a body. */
export class DeadLetterFilterDto {
  @Codes('Template codes', 'order-paid')
  template?: string[];

  @Codes('Channels', EXAMPLES.channel)
  channel?: string[];

  @Codes('Accounts', 'sales-app')
  account?: string[];

  @Codes('Reason codes', 'content_invalid')
  reason?: string[];

  @Codes('Codes of callers', 'erp')
  caller?: string[];

  @ApiPropertyOptional({ description: 'Without it the last 30 days', type: String, format: 'date-time', example: AT })
  @IsOptional()
  @InstantDate()
  failedAfter?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  failedBefore?: Date;
}

export class NewReplayDto {
  @ApiProperty({ type: DeadLetterFilterDto, description: 'Which; `{}` is everything of the last 30 days' })
  @IsObject()
  @ValidateNested()
  @Type(() => DeadLetterFilterDto)
  filter!: DeadLetterFilterDto;

  @ApiPropertyOptional({ description: 'Deliveries per minute', minimum: 1, maximum: MAX_RATE, default: DEFAULT_RATE })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_RATE)
  rate?: number;

  @ApiPropertyOptional({ description: 'Only say how many', default: false })
  @IsOptional()
  @IsBoolean()
  dryRun?: boolean;
}

export class DeadLetterDto {
  @ApiProperty({ example: ID, format: 'uuid' }) messageId!: string;
  @ApiProperty({ example: 1 }) deliveryNo!: number;
  @ApiProperty({ example: 'first', enum: ['first', 'split', 'fallback', 'replay', 'digest'] }) kind!: string;
  @ApiProperty({ example: 'order-paid', nullable: true, type: String }) template!: string | null;
  @ApiProperty({ example: 'erp', nullable: true, type: String, description: 'Code of the caller' })
  caller!: string | null;
  @ApiProperty({ example: EXAMPLES.channel }) channel!: string;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiPropertyOptional({ example: 'content_invalid' }) reason?: string;
  @ApiPropertyOptional({ example: 'The provider refused the content', description: 'The reason as a sentence' })
  text?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'As a delivery shows it' })
  error?: object;
  @ApiProperty({ example: 1 }) attempts!: number;
  @ApiProperty({ example: 1 }) recipientCount!: number;
  @ApiProperty({ example: 1, description: 'Those that a replay sends to again' }) replayableCount!: number;
  @ApiProperty({ example: AT, description: 'Of the message' }) createdAt!: string;
  @ApiProperty({ example: AT }) failedAt!: string;
}

export class ReplayCountsDto {
  @ApiProperty({ example: 20 }) replayed!: number;
  @ApiProperty({ example: 0, description: 'Nobody left to send to, or recalled' }) skipped!: number;
  @ApiProperty({ example: 35, description: 'On their way again' }) recipients!: number;
}

export class ReplayJobDto {
  @ApiProperty({ example: ID, format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['running', 'finished', 'canceled'], example: 'running' }) status!: string;
  @ApiProperty({ example: 'console', description: 'Name of the key that asked' }) actor!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { template: ['order-paid'] } }) filter!: object;
  @ApiProperty({ example: DEFAULT_RATE, description: 'Deliveries per minute' }) rate!: number;
  @ApiProperty({ example: 120, description: 'Deliveries to replay when it began' }) itemCount!: number;
  @ApiProperty({ type: ReplayCountsDto }) counts!: ReplayCountsDto;
  @ApiProperty({ example: AT }) createdAt!: string;
  @ApiPropertyOptional({ example: AT }) finishedAt?: string;
}

export class ReplayPreviewDto {
  @ApiProperty({ example: 120 }) deliveries!: number;
  @ApiProperty({ example: 230 }) recipients!: number;
}
