import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { MayBeNull } from '#libs/core';
import { ListQuery } from '../http/index.js';

const CONFIG = {
  description: 'Fields of the channel (`GET /v1/channels`). Secrets are masked in answers',
  type: 'object',
  additionalProperties: true,
} as const;

const LIMITS = {
  description: 'Own limits by key; null switches a default off',
  type: 'object',
  additionalProperties: { type: 'integer', nullable: true },
  example: { dailyPersonTimes: 20000 },
} as const;

const BASE_URL = {
  description: 'Replaces the base addresses of the provider; `sandbox` is the running sandbox',
  type: String,
  example: 'sandbox',
};

/** What an account is made of; checked by the channel, all faults at once. */
export class AccountChangeDto {
  @ApiProperty({ minLength: 1, maxLength: 100, example: '销售助手' })
  name!: string;

  @ApiProperty({ ...CONFIG, example: { webhook: '5a4d0000-0000-4000-8000-00000000b0b1' } })
  config!: object;

  @ApiPropertyOptional(LIMITS)
  limits?: object;

  @ApiPropertyOptional(BASE_URL)
  baseUrl?: string;

  @ApiPropertyOptional({ description: 'Proxy for its calls; must be on the list of allowed proxies', type: String })
  proxyUrl?: string;

  @ApiPropertyOptional({ description: 'Accept its own secret at the compatibility endpoints', default: false })
  compat?: boolean;

  @ApiPropertyOptional({ enum: ['active', 'paused'], default: 'active' })
  status?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  pausedReason?: string;
}

export class NewAccountDto extends AccountChangeDto {
  @ApiProperty({ description: 'Never changes', pattern: '^[a-z0-9\\-_.]{1,64}$', example: 'sales-app' })
  code!: string;

  @ApiProperty({ description: 'Name of a channel; never changes', type: String })
  channel!: string;
}

export class AccountHealthDto {
  @ApiProperty({ enum: ['ok', 'paused', 'blocked', 'failing'], example: 'ok' })
  state!: string;

  @ApiPropertyOptional({ description: 'Reason code', type: String, example: 'secret_wrong' })
  reason?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  sinceAt?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  untilAt?: string;
}

export class TokenStateDto {
  @ApiProperty({ enum: ['none', 'valid', 'expired', 'failing'], example: 'valid' })
  state!: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  expiresAt?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  refreshedAt?: string;
}

/** An account as answers show it. */
export class AccountDto extends NewAccountDto {
  @ApiPropertyOptional({ enum: ['operator', 'credentials'] })
  pausedBy?: string;

  @ApiPropertyOptional({ description: 'What the provider said', type: String })
  pausedText?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  pausedAt?: string;

  @ApiProperty({ type: AccountHealthDto })
  health!: AccountHealthDto;

  @ApiPropertyOptional({ description: 'Absent for channels without access tokens', type: TokenStateDto })
  token?: TokenStateDto;

  @ApiPropertyOptional({ description: 'Templates that name it; not in lists', type: [String], example: ['order-paid'] })
  usedBy?: string[];

  @ApiPropertyOptional({ description: 'Deliveries that are not finished; not in lists', example: 0 })
  waiting?: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' })
  updatedAt!: string;

  @ApiProperty({ description: 'The number in the ETag', example: 1 })
  version!: number;
}

export class AccountsQuery extends ListQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  channel?: string;

  @ApiPropertyOptional({ enum: ['active', 'paused'] })
  @IsOptional()
  @IsIn(['active', 'paused'])
  status?: 'active' | 'paused';
}

export class PauseDto {
  @ApiPropertyOptional({ type: String, maxLength: 500, example: '更换密钥' })
  @MayBeNull()
  @IsString()
  @MaxLength(500)
  reason?: string | null;
}

export class FindingDto {
  @ApiProperty({ example: 'token' })
  check!: string;

  @ApiProperty({ example: true })
  ok!: boolean;

  @ApiProperty({ example: 'The provider takes the credentials; the access token is valid' })
  text!: string;

  @ApiPropertyOptional({ description: 'How to mend it', type: String })
  remedy?: string;
}

export class AccountCheckDto {
  @ApiProperty({ description: 'All findings are fine', example: true })
  ok!: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' })
  checkedAt!: string;

  @ApiProperty({ type: [FindingDto] })
  findings!: FindingDto[];
}

export class AccountTokenDto {
  @ApiProperty({ example: 'sales-app' })
  account!: string;

  @ApiProperty({ example: 'tok_0001' })
  accessToken!: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, example: '2026-11-22T04:00:00.000Z' })
  expiresAt!: string | null;
}
