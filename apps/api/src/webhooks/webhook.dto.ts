import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Length,
  MaxLength,
} from 'class-validator';
import {
  DISABLED_REASONS,
  WEBHOOK_EVENTS,
  WEBHOOK_STATES,
  type DisabledReason,
  type WebhookState,
} from '#libs/webhooks';
import { EXAMPLES } from '../messages/examples.js';

const MAX_NAME = 200;
const MAX_URL = 2_048;
const MAX_CODE = 64;
const MAX_LISTED = 100;
const URL_EXAMPLE = 'https://erp.corp.example/hooks/hongyan';

export class WebhookSettingsDto {
  @ApiProperty({ maxLength: MAX_NAME, example: 'ERP' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_NAME)
  name!: string;

  @ApiProperty({ maxLength: MAX_URL, description: 'http or https; not in a private network', example: URL_EXAMPLE })
  @IsString()
  @Length(1, MAX_URL)
  url!: string;

  @ApiPropertyOptional({
    type: [String],
    enum: WEBHOOK_EVENTS,
    default: [],
    description: 'Which events it takes; empty: every one',
    example: ['message.failed', 'message.partial'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LISTED)
  @ArrayUnique()
  @IsIn([...WEBHOOK_EVENTS], { each: true })
  events: string[] = [];

  @ApiPropertyOptional({
    type: [String],
    default: [],
    description: 'Codes of callers whose events it takes; empty: all, and those that are nobody’s, as of accounts',
    example: ['erp'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LISTED)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, MAX_CODE, { each: true })
  callers: string[] = [];

  @ApiPropertyOptional({
    type: [String],
    default: [],
    description: 'Codes of templates whose events it takes; empty: all',
    example: ['order-paid'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LISTED)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, MAX_CODE, { each: true })
  templates: string[] = [];

  @ApiPropertyOptional({
    default: true,
    description: 'While false nothing new is noted, and what it is owed waits',
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  enabled: boolean = true;
}

export class WebhookDto {
  @ApiProperty({ example: EXAMPLES.id })
  id!: string;

  @ApiProperty({ example: 'ERP' })
  name!: string;

  @ApiProperty({ example: URL_EXAMPLE })
  url!: string;

  @ApiProperty({ type: [String], enum: WEBHOOK_EVENTS, example: ['message.failed', 'message.partial'] })
  events!: readonly string[];

  @ApiProperty({ type: [String], example: ['erp'] })
  callers!: readonly string[];

  @ApiProperty({ type: [String], example: ['order-paid'] })
  templates!: readonly string[];

  @ApiProperty({ example: true })
  enabled!: boolean;

  @ApiProperty({ enum: WEBHOOK_STATES, example: 'active' })
  state!: WebhookState;

  @ApiPropertyOptional({
    enum: DISABLED_REASONS,
    description: 'Why it was switched off by itself: five days without success, or the receiver answered 410',
    example: 'failing',
  })
  disabledReason?: DisabledReason;

  @ApiPropertyOptional({ description: 'Until then the secret before signs as well', example: EXAMPLES.at })
  previousSecretUntil?: string;

  @ApiPropertyOptional({ description: 'To within ten seconds', example: EXAMPLES.at })
  lastSuccessAt?: string;

  @ApiPropertyOptional({ example: EXAMPLES.at })
  failingSince?: string;

  @ApiProperty({ description: 'Events still to be delivered', example: 0 })
  waiting!: number;

  @ApiProperty({ description: 'Events of the last 30 days that were given up', example: 0 })
  failed!: number;

  @ApiProperty({ example: EXAMPLES.at })
  createdAt!: string;

  @ApiProperty({ example: EXAMPLES.at })
  updatedAt!: string;
}

export class WebhookWithSecretDto extends WebhookDto {
  @ApiProperty({
    description: 'To check signatures with; shown this once',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  })
  secret!: string;
}
