import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { RECALL_ITEM_STATUSES } from '#libs/messages';
import { IsInstant, List, ListQuery } from '../http/index.js';

const ID = '019a8f6e-7c00-7abc-8def-0123456789ab';
const AT = '2026-11-22T02:00:00.000Z';
const MAX_MESSAGES = 1_000;
const TOO_MANY = { context: { code: 'too_many_items', limit: MAX_MESSAGES, unit: 'items' } } as const;

export class ProviderMsgIdDto {
  @ApiProperty({ description: 'Code of the account that sent it', example: 'sales-app' })
  @IsString()
  @Length(1, 64)
  account!: string;

  @ApiProperty({ description: "The vendor's id", example: 'mQv3-text-0001' })
  @IsString()
  @Length(1, 512)
  id!: string;
}

export class CorrectionDto {
  @ApiProperty({
    description: 'A published template with a route on the channel of the message',
    example: 'correction',
  })
  @IsString()
  @Length(1, 64)
  template!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'As for a send',
    example: { text: 'Please ignore the last message' },
  })
  @IsOptional()
  @IsObject()
  params?: Record<string, unknown>;
}

export class NewRecallDto {
  @ApiPropertyOptional({ type: [String], description: `At most ${MAX_MESSAGES} messages`, example: [ID] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_MESSAGES, TOO_MANY)
  @IsUUID('all', { each: true })
  messageIds?: string[];

  @ApiPropertyOptional({ type: [ProviderMsgIdDto], description: "By the vendor's ids, instead of `messageIds`" })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_MESSAGES, TOO_MANY)
  @ValidateNested({ each: true })
  @Type(() => ProviderMsgIdDto)
  providerMsgIds?: ProviderMsgIdDto[];

  @ApiPropertyOptional({
    description: 'By the business key of the send, instead of `messageIds`',
    example: 'order:A123',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  businessKey?: string;

  @ApiPropertyOptional({
    description: 'Everything made from this template since `createdAfter`, instead of `messageIds`',
    example: 'order-paid',
  })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  template?: string;

  @ApiPropertyOptional({ description: 'With `template`: accepted at or after', example: AT, format: 'date-time' })
  @IsOptional()
  @IsInstant()
  createdAfter?: string;

  @ApiPropertyOptional({
    description: 'With `template`: accepted before; default: now',
    example: '2026-11-22T03:00:00.000Z',
    format: 'date-time',
  })
  @IsOptional()
  @IsInstant()
  createdBefore?: string;

  @ApiPropertyOptional({
    type: CorrectionDto,
    description: 'Sent to those for whom the message cannot be taken back, through the account that sent it',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => CorrectionDto)
  correction?: CorrectionDto;

  @ApiPropertyOptional({ description: 'Only say what would happen', default: false })
  @IsOptional()
  @IsBoolean()
  dryRun?: boolean;

  @ApiPropertyOptional({
    description:
      '`token` of a dry run of the same messages: 409 `preview_stale` when it is older than a minute, or when there are more by now',
    example: 'eyJtZXNzYWdlcyI6MX0',
  })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  dryRunToken?: string;

  @ApiPropertyOptional({ description: 'Why; kept with the recall', example: 'Wrong amount' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  note?: string;
}

export class RecallCountsDto {
  @ApiProperty({ example: 1, description: 'Deliveries that had not been sent and will not be' }) canceled!: number;
  @ApiProperty({ example: 1 }) recalled!: number;
  @ApiProperty({ example: 0 }) failed!: number;
  @ApiProperty({ example: 0, description: 'Nobody knows: no id to recall by, or no reliable answer' })
  uncertain!: number;
}

export class CorrectionCountsDto {
  @ApiProperty({ example: 0, description: 'Corrections still to be written' }) open!: number;
  @ApiProperty({ example: 1 }) sent!: number;
  @ApiProperty({ example: 0, description: 'The correction could not be accepted; the results say why' })
  failed!: number;
}

export class RecallDto {
  @ApiProperty({ example: ID, format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['running', 'finished'], example: 'running' }) status!: string;
  @ApiProperty({ example: false, description: 'Whether messages of the time range are still being looked for' })
  selecting!: boolean;
  @ApiProperty({ example: 1, description: 'Messages concerned' }) messageCount!: number;
  @ApiProperty({ example: 1, description: 'Deliveries concerned' }) itemCount!: number;
  @ApiProperty({ example: 1, description: 'Deliveries whose answer is still out' }) openItems!: number;
  @ApiProperty({ type: RecallCountsDto }) counts!: RecallCountsDto;
  @ApiPropertyOptional({ type: CorrectionCountsDto }) corrections?: CorrectionCountsDto;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { messageIds: [ID] } }) selector!: object;
  @ApiPropertyOptional({ example: 'Wrong amount' }) note?: string;
  @ApiPropertyOptional({ example: 'ops', description: 'Name of the key that asked for it' }) actor?: string;
  @ApiProperty({ example: AT }) createdAt!: string;
  @ApiPropertyOptional({ example: AT }) finishedAt?: string;
}

export class RecallCorrectionDto {
  @ApiProperty({ enum: ['due', 'sent', 'failed'], example: 'sent' }) status!: string;
  @ApiPropertyOptional({ example: ID, format: 'uuid', description: 'The message that corrects' }) messageId?: string;
  @ApiPropertyOptional({ example: 'missing_variable', description: 'Why it could not be accepted' }) reason?: string;
}

export class RecallResultDto {
  @ApiProperty({ example: ID, format: 'uuid' }) messageId!: string;
  @ApiProperty({ example: 1 }) deliveryNo!: number;
  @ApiProperty({ example: 'user:zhangsan' }) recipient!: string;
  @ApiProperty({
    enum: ['waiting', 'running', 'canceled', 'recalled', 'failed', 'uncertain'],
    example: 'recalled',
  })
  status!: string;
  @ApiPropertyOptional({ example: 'recall_window_closed' }) reason?: string;
  @ApiPropertyOptional({ example: "The vendor's time for recalls is over" }) text?: string;
  @ApiPropertyOptional({ type: RecallCorrectionDto }) correction?: RecallCorrectionDto;
}

export class RecallResultsQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'What became of them', enum: RECALL_ITEM_STATUSES, isArray: true })
  @IsOptional()
  @List()
  @IsArray()
  @IsIn(RECALL_ITEM_STATUSES, { each: true })
  status?: string[];
}

export class RecallReportQuery {
  @ApiProperty({ description: 'Id of the recall', example: ID, format: 'uuid' })
  @IsUUID('all')
  recall!: string;
}

export class RecallPreviewDto {
  @ApiProperty({ description: 'Goes with the recall as `dryRunToken`', example: 'eyJtZXNzYWdlcyI6MX0' }) token!: string;
  @ApiPropertyOptional({ description: 'With `template`: the end of the range that was counted', example: AT })
  createdBefore?: string;
  @ApiProperty({ example: 1 }) messages!: number;
  @ApiProperty({ example: 1, description: 'Messages that the counts are about: the newest, when there are very many' })
  examined!: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { canceled: 0, recallable: 1, failed: 0, uncertain: 0 },
    description: 'Deliveries',
  })
  counts!: Readonly<Record<string, number>>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { recall_not_supported: 1 } })
  reasons!: Readonly<Record<string, number>>;
}
