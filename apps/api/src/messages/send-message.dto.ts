import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { AsGiven, IsInstant } from '../http/index.js';
import { EXAMPLES } from './examples.js';

const MAX_DELAY_SECONDS = 90 * 86_400;
const MAX_METADATA_BYTES = 4 * 1024;

const isFlat = (value: unknown): boolean =>
  isJsonObject(value) && Object.values(value).every((item) => typeof item !== 'object' || item === null);

const metadataSize = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const IsMetadata = (): PropertyDecorator => (target, key) => {
  ValidateBy(
    { name: 'isFlat', validator: { validate: isFlat, defaultMessage: () => 'must be a flat object' } },
    { context: { code: 'wrong_type' } },
  )(target, key);
  ValidateBy(
    {
      name: 'metadataSize',
      validator: {
        validate: (value: unknown) => metadataSize(value) <= MAX_METADATA_BYTES,
        defaultMessage: () => `must not be larger than ${MAX_METADATA_BYTES} bytes`,
      },
    },
    { context: { code: 'too_long', limit: MAX_METADATA_BYTES, unit: 'bytes', actual: metadataSize } },
  )(target, key);
};

const RECIPIENTS_EXAMPLE = ['zhangsan', { mobile: '13800000000' }];

export class SendMessageDto {
  @ApiProperty({ description: 'Code of a published template', example: 'order-paid' })
  @IsString()
  @Length(1, 64)
  template!: string;

  @ApiPropertyOptional({
    description:
      'Whom to send to (at most 10,000): a business user id, or an object with one of `user`, `mobile`, `email`, `customer`, a vendor name, `department`, `tag`, `all`, and optional personal `params`. For a chat group: the people to mention.',
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'object' }] },
    maxItems: 10_000,
    example: RECIPIENTS_EXAMPLE,
  })
  @IsOptional()
  @AsGiven()
  @IsArray()
  recipients?: JsonValue[];

  @ApiPropertyOptional({
    description: 'Values for the placeholders of the template: text, number or boolean; at most 256 entries, 64 KiB',
    type: 'object',
    additionalProperties: true,
    example: { orderId: 'A123', name: '老张' },
  })
  @IsOptional()
  @AsGiven()
  @IsObject()
  params?: JsonObject;

  @ApiPropertyOptional({
    description:
      'Your own id of this message, unique per caller, for good: a second send answers with the first message',
    example: 'order:A123:paid',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  businessKey?: string;

  @ApiPropertyOptional({ description: "Use only the template's routes of this channel", example: EXAMPLES.channel })
  @IsOptional()
  @IsString()
  channel?: string;

  @ApiPropertyOptional({ description: "Use only the template's routes with this account", example: 'sales-app' })
  @IsOptional()
  @IsString()
  account?: string;

  @ApiPropertyOptional({
    description: 'Not before this time, at most 90 days ahead; the past means now',
    example: '2026-11-22T10:00:00+08:00',
  })
  @IsOptional()
  @IsInstant()
  sendAt?: string;

  @ApiPropertyOptional({ description: 'Seconds to wait, instead of `sendAt`', example: 60 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_DELAY_SECONDS)
  delaySeconds?: number;

  @ApiPropertyOptional({
    description: 'Not after this time; default: 24 hours, or as the template says',
    example: '2026-11-22T12:00:00+08:00',
  })
  @IsOptional()
  @IsInstant()
  expireAt?: string;

  @ApiPropertyOptional({ enum: ['high', 'normal', 'low'], default: 'normal' })
  @IsOptional()
  @IsIn(['high', 'normal', 'low'])
  priority?: 'high' | 'normal' | 'low';

  @ApiPropertyOptional({
    description: 'Kept and returned, never interpreted: a flat object of at most 4 KiB',
    type: 'object',
    additionalProperties: true,
    example: { system: 'erp' },
  })
  @IsOptional()
  @AsGiven()
  @IsMetadata()
  metadata?: JsonObject;
}

export class SendBatchDto {
  @ApiProperty({ type: [SendMessageDto], description: '1 to 1,000 messages, 100,000 recipients in all' })
  @AsGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000, { context: { code: 'too_many_items', limit: 1_000, unit: 'items' } })
  messages!: JsonValue[];
}
