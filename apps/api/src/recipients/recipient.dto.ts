import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { STATION_NAMES, VERDICT_TEXTS, type StationName, type VerdictCode } from '#libs/insight';
import { DEFAULT_TIME_ZONE, InstantDate, IsTimeZone, ListQuery } from '../http/index.js';
import { EXAMPLES } from '../messages/examples.js';
import { RecipientRecallDto } from '../messages/message.dto.js';
import { LabeledRemedyDto } from '../messages/recipient-summary.dto.js';

const { at: AT, channel: CHANNEL, id: ID } = EXAMPLES;

export class PersonMessagesQuery extends ListQuery {
  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  createdAfter?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  createdBefore?: Date;

  @ApiPropertyOptional({ description: 'Code of a template', example: 'order-paid' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  template?: string;
}

export class ExplainQuery {
  @ApiPropertyOptional({
    description: 'Looks half an hour before and after; without it the last seven days',
    type: String,
    format: 'date-time',
  })
  @IsOptional()
  @InstantDate()
  around?: Date;

  @ApiPropertyOptional({ description: 'Only this message', format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  message?: string;

  @ApiPropertyOptional({ description: 'Code of a template', example: 'order-paid' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  template?: string;

  @ApiPropertyOptional({ example: 'order:A123:paid' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  businessKey?: string;

  @ApiPropertyOptional({ description: 'Where sentences tell the time', default: DEFAULT_TIME_ZONE, type: String })
  @IsOptional()
  @IsTimeZone()
  timeZone: string = DEFAULT_TIME_ZONE;
}

/** A message as one person got it, or did not. */
export class PersonMessageDto {
  @ApiProperty({ example: ID, format: 'uuid' }) message!: string;
  @ApiProperty({ type: String, nullable: true, example: 'order-paid' }) template!: string | null;
  @ApiProperty({ example: AT }) createdAt!: string;
  @ApiProperty({ example: 'user:zhangsan' }) recipient!: string;
  @ApiProperty({ example: CHANNEL }) channel!: string;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ example: 1 }) deliveryNo!: number;
  @ApiProperty({ example: 'sent' }) status!: string;
  @ApiPropertyOptional({ example: 'outside_scope', description: 'Code of the reason catalogue' }) reason?: string;
  @ApiPropertyOptional({ example: 'The app cannot see this person.' }) text?: string;
  @ApiPropertyOptional({ example: 'order:A123:paid' }) businessKey?: string;
  @ApiPropertyOptional({ example: 'erp' }) caller?: string;
  @ApiPropertyOptional({ example: AT }) nextAttemptAt?: string;
  @ApiPropertyOptional({ example: AT }) sentAt?: string;
  @ApiPropertyOptional({ example: AT }) deliveredAt?: string;
  @ApiPropertyOptional({ example: AT }) readAt?: string;
  @ApiPropertyOptional({ type: RecipientRecallDto }) recall?: RecipientRecallDto;
}

export class ExplainedPersonDto {
  @ApiProperty({ example: 'u-1001' }) user!: string;
  @ApiProperty({ example: '张三' }) name!: string;
  @ApiProperty({ example: true }) active!: boolean;
  @ApiProperty({ type: [String], example: ['user:u-1001', 'mobile:13800000000'] }) refs!: readonly string[];
}

export class VerdictScopeDto {
  @ApiProperty({ example: 68 }) count!: number;
  @ApiProperty({ example: false, description: 'There are more than were counted' }) isMore!: boolean;
  @ApiProperty({ example: '/v1/messages?reason=outside_scope' }) href!: string;
}

export class VerdictDto {
  @ApiProperty({ enum: Object.keys(VERDICT_TEXTS), example: 'invalid' }) code!: VerdictCode;
  @ApiProperty({ enum: ['ok', 'sent', 'waiting', 'stopped', 'failed', 'unknown', 'nobody'], example: 'failed' })
  family!: string;
  @ApiPropertyOptional({ example: 'outside_scope' }) reason?: string;
  @ApiProperty({ example: 'Did not get it: The app “Sales” cannot see this person.' }) sentence!: string;
  @ApiPropertyOptional({ example: AT }) since?: string;
  @ApiPropertyOptional({ type: VerdictScopeDto, description: 'Messages of the last 24 hours with the same reason' })
  scope?: VerdictScopeDto;
}

export class CandidateDto {
  @ApiProperty({ example: ID, format: 'uuid' }) message!: string;
  @ApiProperty({ type: String, nullable: true, example: 'order-paid' }) template!: string | null;
  @ApiProperty({ example: 'invalid' }) status!: string;
  @ApiPropertyOptional({ example: 'outside_scope' }) reason?: string;
  @ApiProperty({ example: CHANNEL }) channel!: string;
  @ApiProperty({ example: AT }) at!: string;
}

export class FactDto {
  @ApiProperty({ example: 'account' }) label!: string;
  @ApiProperty({ example: 'sales-app' }) value!: string;
  @ApiPropertyOptional({ example: '/v1/accounts/sales-app' }) href?: string;
}

export class StationDto {
  @ApiProperty({ example: 10, minimum: 1, maximum: 12 }) no!: number;
  @ApiProperty({ enum: STATION_NAMES, example: 'provider' }) name!: StationName;
  @ApiProperty({ example: 'Provider' }) label!: string;
  @ApiProperty({ enum: ['pass', 'wait', 'stop', 'fail', 'unknown', 'skipped'], example: 'fail' }) result!: string;
  @ApiPropertyOptional({ example: 'outside_scope' }) reason?: string;
  @ApiProperty({ example: 'The app “Sales” cannot see this person.' }) sentence!: string;
  @ApiPropertyOptional({ example: AT }) at?: string;
  @ApiProperty({ type: [FactDto], description: 'What it went by' }) facts!: readonly FactDto[];
  @ApiProperty({ type: [LabeledRemedyDto] }) remedies!: readonly LabeledRemedyDto[];
}

export class ExplanationDto {
  @ApiProperty({ example: 'user:u-1001', description: 'Canonical' }) ref!: string;
  @ApiPropertyOptional({ type: ExplainedPersonDto }) person?: ExplainedPersonDto;
  @ApiPropertyOptional({ example: ID, format: 'uuid', description: 'The message that is explained' }) message?: string;
  @ApiPropertyOptional({ example: 1 }) deliveryNo?: number;
  @ApiProperty({ type: VerdictDto }) verdict!: VerdictDto;
  @ApiProperty({ type: [CandidateDto], description: 'What else went to the person in that time, newest first' })
  candidates!: readonly CandidateDto[];
  @ApiProperty({ type: [StationDto], description: 'Always all twelve, in order' }) stations!: readonly StationDto[];
}
