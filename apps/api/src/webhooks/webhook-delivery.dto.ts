import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import type { JsonObject } from '#libs/core';
import { TEST_EVENT, WEBHOOK_DELIVERY_STATUSES, WEBHOOK_EVENTS, type WebhookDeliveryStatus } from '#libs/webhooks';
import { InstantDate, IsInstant, ListQuery } from '../http/index.js';
import { EXAMPLES } from '../messages/examples.js';

const TYPES = [...WEBHOOK_EVENTS, TEST_EVENT];
const MAX_EVENTS = 1_000;

export class WebhookDeliveriesQuery extends ListQuery {
  @ApiPropertyOptional({ enum: WEBHOOK_DELIVERY_STATUSES })
  @IsOptional()
  @IsIn([...WEBHOOK_DELIVERY_STATUSES])
  status?: WebhookDeliveryStatus;

  @ApiPropertyOptional({ enum: TYPES })
  @IsOptional()
  @IsIn(TYPES)
  type?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Happened at or after' })
  @IsOptional()
  @InstantDate()
  from?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Happened before' })
  @IsOptional()
  @InstantDate()
  to?: Date;
}

export class WebhookDeliveryDto {
  @ApiProperty({ description: 'The header `webhook-id`', example: EXAMPLES.id })
  eventId!: string;

  @ApiProperty({ enum: TYPES, example: 'message.failed' })
  type!: string;

  @ApiProperty({ description: 'When it happened', example: EXAMPLES.at })
  at!: string;

  @ApiPropertyOptional({ description: 'The message that it is about', example: EXAMPLES.id })
  messageId?: string;

  @ApiProperty({ enum: WEBHOOK_DELIVERY_STATUSES, example: 'waiting' })
  status!: WebhookDeliveryStatus;

  @ApiProperty({ description: 'Since the last replay', example: 6 })
  tries!: number;

  @ApiProperty({ example: 12 })
  maxTries!: number;

  @ApiPropertyOptional({ description: 'Absent while the webhook is switched off', example: EXAMPLES.at })
  nextTryAt?: string;

  @ApiPropertyOptional({ example: EXAMPLES.at })
  attemptedAt?: string;

  @ApiPropertyOptional({ example: 2004 })
  tookMs?: number;

  @ApiPropertyOptional({ description: 'HTTP status of the last answer', example: 502 })
  code?: number;

  @ApiPropertyOptional({
    description: 'Why there was no answer: `timeout`, `address_not_allowed`, `ECONNREFUSED` …',
    example: 'timeout',
  })
  error?: string;
}

export class WebhookDeliveryDetailDto extends WebhookDeliveryDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The body as it is sent',
    example: { type: 'message.failed', timestamp: EXAMPLES.at, data: { id: EXAMPLES.id, status: 'failed' } },
  })
  body!: JsonObject;

  @ApiPropertyOptional({ description: 'The first 8 KiB of the last answer', example: '<h1>502 Bad Gateway</h1>' })
  answer?: string;
}

export class ReplayWebhookDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'What happened at or after', example: EXAMPLES.at })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'What happened before; default: until now',
    example: EXAMPLES.at,
  })
  @IsOptional()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({ default: false, description: 'What came through as well, not only what failed' })
  @IsOptional()
  @IsBoolean()
  all?: boolean;

  @ApiPropertyOptional({
    type: [String],
    description: 'Instead of a range of time: these events',
    example: [EXAMPLES.id],
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_EVENTS)
  @IsUUID('all', { each: true })
  eventIds?: string[];
}

export class WebhookReplayDto {
  @ApiProperty({ description: 'Events that are sent again', example: 1204 })
  events!: number;
}

export class WebhookTestDto {
  @ApiProperty({ description: 'To look for in the deliveries', example: EXAMPLES.id })
  eventId!: string;
}
