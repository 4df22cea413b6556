import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { FINAL_RECIPIENT_STATUSES, MESSAGE_STATUSES } from '#libs/messages';
import { InstantDate, List, ListQuery, MAX_FILTER_VALUES, MAX_INTEGER, Repeated, Texts } from '../http/index.js';
import { EXAMPLES } from './examples.js';

export class SendQuery {
  @ApiPropertyOptional({
    description: '`true`: compute everything, store and send nothing',
    type: Boolean,
    default: false,
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: string;
}

/** What messages are found by: the same in the list and in the export. */
export class MessageFilterQuery {
  @ApiPropertyOptional({ description: 'Message ids, separated by commas', type: String })
  @IsOptional()
  @List()
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true })
  ids?: string[];

  @Texts('Template codes', 'order-paid')
  template?: string[];

  @Texts('Channels', EXAMPLES.channel)
  channel?: string[];

  @Texts('Accounts', 'sales-app')
  account?: string[];

  @ApiPropertyOptional({ description: 'States', enum: MESSAGE_STATUSES, isArray: true })
  @IsOptional()
  @List()
  @IsArray()
  @IsIn([...MESSAGE_STATUSES], { each: true })
  status?: string[];

  @Texts('Reason codes', 'duplicate_content')
  reason?: string[];

  @Texts('Codes of callers', 'erp')
  caller?: string[];

  @Repeated('Business keys; repeat the parameter for several', 'order:A123:paid', 200)
  businessKey?: string[];

  @ApiPropertyOptional({ description: 'Batch ids, separated by commas', type: String })
  @IsOptional()
  @List()
  @IsArray()
  @ArrayMaxSize(MAX_FILTER_VALUES)
  @IsUUID('all', { each: true })
  batchId?: string[];

  @Texts('Recipients', 'user:zhangsan')
  recipient?: string[];

  @Repeated("The vendors' ids of deliveries; repeat the parameter for several", 'mQv3-text-0001', 512)
  providerMsgId?: string[];

  @ApiPropertyOptional({ description: 'Without a time range: the last 30 days', type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  createdAfter?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  createdBefore?: Date;
}

export class MessagesQuery extends IntersectionType(ListQuery, MessageFilterQuery) {}

export class DeliveryQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Only this delivery', example: 1 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  deliveryNo?: number;
}

export class RecipientsQuery extends DeliveryQuery {
  @ApiPropertyOptional({ description: 'States', enum: ['pending', ...FINAL_RECIPIENT_STATUSES], isArray: true })
  @IsOptional()
  @List()
  @IsArray()
  @IsIn(['pending', ...FINAL_RECIPIENT_STATUSES], { each: true })
  status?: string[];

  @Texts('Reason codes', 'outside_scope')
  reason?: string[];

  @ApiPropertyOptional({
    description: 'A part of the recipient as written, or of its id at the vendor',
    example: 'zhang',
  })
  @IsOptional()
  @IsString()
  @Length(1, 128)
  q?: string;
}

export class TimelineQuery {
  @ApiPropertyOptional({ description: 'Only this delivery; without it the first 100', example: 1 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  deliveryNo?: number;
}
