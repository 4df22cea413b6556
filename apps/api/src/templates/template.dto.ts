import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class VariableDto {
  @ApiProperty({ pattern: '^[A-Za-z0-9_.]{1,64}$', example: 'orderId' })
  name!: string;

  @ApiPropertyOptional({ description: 'Not required: a missing value is written as nothing', default: true })
  required?: boolean;

  @ApiPropertyOptional({
    description: 'Stands in for a missing value in previews',
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
    example: 'A123',
  })
  example?: string | number | boolean;

  @ApiPropertyOptional({ maxLength: 500, example: 'Number of the order' })
  description?: string;
}

export class RouteDto {
  @ApiProperty({ description: 'Name of a channel (`GET /v1/channels`)', type: String })
  channel!: string;

  @ApiPropertyOptional({ description: 'Code of an account of the channel; or `accounts`', example: 'sales-app' })
  account?: string;

  @ApiPropertyOptional({ description: 'A pool: each delivery takes one of them', type: [String], maxItems: 20 })
  accounts?: string[];

  @ApiProperty({
    description: '`kind` and the fields of that kind, with `{{placeholders}}`',
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' } },
    additionalProperties: true,
    example: { kind: 'text', content: '订单 {{orderId}} 已付款' },
  })
  content!: object;

  @ApiPropertyOptional({
    description: 'Options of the channel; `onOverlong: "cut"`; on group channels `mentions`',
    type: 'object',
    additionalProperties: true,
    example: { onOverlong: 'cut' },
  })
  options?: object;
}

export class FallbackDto {
  @ApiProperty({ enum: ['failed', 'unreachable', 'timeout', 'unread'], isArray: true, example: ['failed'] })
  on!: string[];

  @ApiPropertyOptional({ description: 'Seconds', minimum: 1, maximum: 604800, default: 600 })
  afterSeconds?: number;
}

export class WindowRuleDto {
  @ApiProperty({ description: 'Seconds', minimum: 1, maximum: 2592000, example: 300 })
  windowSeconds!: number;

  @ApiProperty({ minimum: 1, maximum: 1000, example: 1 })
  limit!: number;
}

export class DedupeDto {
  @ApiPropertyOptional({
    description: 'Same content to the same person; null: off',
    type: WindowRuleDto,
    nullable: true,
    default: { windowSeconds: 300, limit: 1 },
  })
  content?: WindowRuleDto | null;

  @ApiPropertyOptional({
    description: 'Messages of this template to the same person; null: off',
    type: WindowRuleDto,
    nullable: true,
    example: { windowSeconds: 86400, limit: 5 },
  })
  frequency?: WindowRuleDto | null;
}

export class QuietHoursDto {
  @ApiProperty({ description: 'HH:mm', example: '22:00' })
  from!: string;

  @ApiProperty({ description: 'HH:mm; may lie on the next day', example: '08:00' })
  to!: string;

  @ApiPropertyOptional({ description: 'IANA time zone', default: 'Asia/Shanghai' })
  timeZone?: string;

  @ApiPropertyOptional({ enum: ['delay', 'drop'], default: 'delay' })
  action?: string;

  @ApiPropertyOptional({ description: 'Messages of high priority are sent all the same', default: false })
  highBypasses?: boolean;
}

/** A template as it is saved; checked against the channels, all faults at once. */
export class TemplateChangeDto {
  @ApiProperty({ maxLength: 200, example: 'Order paid' })
  name!: string;

  @ApiPropertyOptional({ maxLength: 2000, default: '' })
  description?: string;

  @ApiPropertyOptional({ type: [VariableDto], maxItems: 256 })
  variables?: VariableDto[];

  @ApiProperty({ type: [RouteDto], minItems: 1, maxItems: 10 })
  routes!: RouteDto[];

  @ApiPropertyOptional({ enum: ['first', 'all'], default: 'first' })
  strategy?: string;

  @ApiPropertyOptional({ type: FallbackDto, nullable: true, default: null })
  fallback?: FallbackDto | null;

  @ApiPropertyOptional({ type: DedupeDto })
  dedupe?: DedupeDto;

  @ApiPropertyOptional({ type: QuietHoursDto, nullable: true, default: null })
  quietHours?: QuietHoursDto | null;

  @ApiPropertyOptional({ description: 'After an unclear outcome', enum: ['resend', 'hold'], default: 'resend' })
  onAmbiguous?: string;

  @ApiPropertyOptional({ description: 'When a limit is used up', enum: ['delay', 'merge'], default: 'delay' })
  overflow?: string;

  @ApiPropertyOptional({ description: 'Seconds', minimum: 1, maximum: 7776000, default: 86400 })
  ttlSeconds?: number;

  @ApiPropertyOptional({ enum: ['refuse', 'as_is'], default: 'refuse' })
  unknownUser?: string;

  @ApiPropertyOptional({ description: 'Default on creation: true; later absent: unchanged' })
  enabled?: boolean;
}

export class NewTemplateDto extends TemplateChangeDto {
  @ApiProperty({ description: 'Never changes', pattern: '^[a-z0-9\\-_.]{1,64}$', example: 'order-paid' })
  code!: string;
}

/** A template with one of its versions. */
export class TemplateDto extends NewTemplateDto {
  @ApiProperty({ description: 'The version shown', example: 3 })
  version!: number;

  @ApiProperty({ description: 'The newest version', example: 3 })
  latestVersion!: number;

  @ApiProperty({ description: 'The version that new messages use', type: Number, nullable: true, example: 2 })
  publishedVersion!: number | null;

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  createdAt!: Date;

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  updatedAt!: Date;
}

export class TemplateSummaryDto {
  @ApiProperty({ example: 'order-paid' })
  code!: string;

  @ApiProperty({ example: 'Order paid' })
  name!: string;

  @ApiProperty({ example: '' })
  description!: string;

  @ApiProperty({ example: true })
  enabled!: boolean;

  @ApiProperty({ example: 3 })
  latestVersion!: number;

  @ApiProperty({ type: Number, nullable: true, example: 2 })
  publishedVersion!: number | null;

  @ApiProperty({ type: [String], description: 'Channels of its routes' })
  channels!: string[];

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  createdAt!: Date;

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  updatedAt!: Date;
}

export class TemplateVersionDto {
  @ApiProperty({ example: 2 })
  version!: number;

  @ApiProperty({ example: 'Order paid' })
  name!: string;

  @ApiProperty({ description: 'When it was published first', type: Date, nullable: true })
  publishedAt!: Date | null;

  @ApiProperty({ description: 'Id of the caller that saved it', type: String, nullable: true })
  createdBy!: string | null;

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  createdAt!: Date;
}
