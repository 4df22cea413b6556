import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { MayBeNull } from '#libs/core';
import { isIpRange, PRESET_NAMES, SCOPES, type ApiKeyEntity, type Preset, type Scope } from '#libs/security';
import { IsInstant } from '../http/index.js';
import { KeyLimitsDto } from './key-limits.dto.js';

const MAX_NAME = 200;
const MAX_LIST = 200;
const DAY_SECONDS = 86_400;

const NO_LIMITS = { requestsPerMinute: null, requestsPerDay: null, recipientsPerDay: null };

const IsIpRange = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isIpRange',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isIpRange(value),
        defaultMessage: () => 'each address must be an IP address or a range such as 10.0.3.0/24',
      },
    },
    { each: true },
  );

/** What of a key can be changed later. */
class ChangeableSettingsDto {
  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Templates the key may send; `*` at the end is a wildcard',
    example: ['order-*'],
  })
  @MayBeNull()
  @IsArray()
  @ArrayMaxSize(MAX_LIST)
  @IsString({ each: true })
  templates?: string[] | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Accounts the key may use; `*` at the end is a wildcard',
    example: ['sales-app'],
  })
  @MayBeNull()
  @IsArray()
  @ArrayMaxSize(MAX_LIST)
  @IsString({ each: true })
  accounts?: string[] | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Addresses and ranges the key may be used from',
    example: ['10.0.3.0/24'],
  })
  @MayBeNull()
  @IsArray()
  @ArrayMaxSize(MAX_LIST)
  @IsIpRange()
  ipRanges?: string[] | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'RFC 3339; without it the key does not expire',
    example: '2027-11-22T00:00:00Z',
  })
  @MayBeNull()
  @IsInstant()
  expiresAt?: string | null;

  @ApiPropertyOptional({
    type: KeyLimitsDto,
    nullable: true,
    description: 'What the key may use up; a member that is absent or null does not limit it',
    example: { requestsPerMinute: 600 },
  })
  @MayBeNull()
  @ValidateNested()
  @Type(() => KeyLimitsDto)
  limits?: KeyLimitsDto | null;
}

export class CreateApiKeyDto extends ChangeableSettingsDto {
  @ApiProperty({ description: 'Code of the caller the key belongs to', example: 'erp' })
  @IsString()
  caller!: string;

  @ApiProperty({ maxLength: MAX_NAME, example: 'ERP production' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_NAME)
  name!: string;

  @ApiProperty({ enum: PRESET_NAMES, example: 'caller' })
  @IsIn(PRESET_NAMES)
  preset!: Preset;

  @ApiPropertyOptional({
    description: 'Narrows the preset to these scopes',
    enum: SCOPES,
    isArray: true,
    example: ['messages:send'],
  })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  scopes?: Scope[];
}

/** What is absent stays as it is; null lifts it. */
export class UpdateApiKeyDto extends ChangeableSettingsDto {
  @ApiPropertyOptional({ maxLength: MAX_NAME, example: 'ERP production' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_NAME)
  name?: string;
}

export class RotateApiKeyDto {
  @ApiPropertyOptional({
    description: 'Seconds for which the old key stays valid',
    default: DAY_SECONDS,
    example: 3600,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(90 * DAY_SECONDS)
  overlapSeconds: number = DAY_SECONDS;
}

export class ApiKeyDto {
  @ApiProperty({ example: '019a4f3e-6f1c-7c3e-9d41-2f6a1b0c7d55' })
  id!: string;

  @ApiProperty({ example: 'erp' })
  caller!: string;

  @ApiProperty({ example: 'ERP production' })
  name!: string;

  @ApiProperty({ description: 'How the key begins', example: 'hy_0123456789abcdef' })
  prefix!: string;

  @ApiProperty({ enum: PRESET_NAMES, example: 'caller' })
  preset!: Preset;

  @ApiProperty({ enum: SCOPES, isArray: true, example: ['messages:send'] })
  scopes!: readonly Scope[];

  @ApiProperty({ type: [String], nullable: true, description: 'Null: every template', example: ['order-*'] })
  templates!: readonly string[] | null;

  @ApiProperty({ type: [String], nullable: true, description: 'Null: every account', example: null })
  accounts!: readonly string[] | null;

  @ApiProperty({ type: [String], nullable: true, description: 'Null: from anywhere', example: ['10.0.3.0/24'] })
  ipRanges!: readonly string[] | null;

  @ApiProperty({ type: String, nullable: true, example: '2027-11-22T00:00:00.000Z' })
  expiresAt!: string | null;

  @ApiProperty({ type: KeyLimitsDto, description: 'Shared with the keys it was rotated from and to' })
  limits!: KeyLimitsDto;

  @ApiProperty({ type: String, nullable: true, description: 'Exact to the minute', example: null })
  lastUsedAt!: string | null;

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  createdAt!: string;

  static from(key: ApiKeyEntity): ApiKeyDto {
    return {
      id: key.id,
      caller: key.caller.code,
      name: key.name,
      prefix: `hy_${key.publicId}`,
      preset: key.preset,
      scopes: key.scopes,
      templates: key.templates,
      accounts: key.accounts,
      ipRanges: key.ipRanges,
      expiresAt: key.expiresAt?.toISOString() ?? null,
      limits: { ...NO_LIMITS, ...key.limits },
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      createdAt: key.createdAt.toISOString(),
    };
  }
}

export class IssuedApiKeyDto extends ApiKeyDto {
  @ApiProperty({
    description: 'The key itself: shown here and never again',
    example: 'hy_0123456789abcdef_Qm9uZ3lhbi1leGFtcGxlLWtleS1ub3QtYS1yZWFsLW9u',
  })
  key!: string;
}
