import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IGNORABLE_RULES, REPLAYABLE, RESOLUTIONS, type IgnorableRule, type Resolution } from '#libs/messages';
import { MAX_INTEGER } from '../http/index.js';

const REPLAY_STATUSES = [...REPLAYABLE, 'unknown', 'suppressed'] as const;

export class ReplayDto {
  @ApiPropertyOptional({
    description: 'Also to people who may have it already; needs `messages:recall`',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  includeUnknown?: boolean;

  @ApiPropertyOptional({ description: 'Only to these; default: everybody who did not get it', type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  recipients?: string[];

  @ApiPropertyOptional({ description: 'Only those in these states', enum: REPLAY_STATUSES, isArray: true })
  @IsOptional()
  @IsArray()
  @IsIn([...REPLAY_STATUSES], { each: true })
  status?: string[];

  @ApiPropertyOptional({ description: 'Only those with these reasons', type: [String], example: ['duplicate_content'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  reason?: string[];

  @ApiPropertyOptional({
    description: 'Rules of the template that do not count; whom they held back before gets it as well',
    enum: IGNORABLE_RULES,
    isArray: true,
  })
  @IsOptional()
  @IsArray()
  @IsIn([...IGNORABLE_RULES], { each: true })
  ignore?: IgnorableRule[];

  @ApiPropertyOptional({ description: 'Through this account of the same channel instead', example: 'spare-app' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  account?: string;

  @ApiPropertyOptional({ description: 'Only say to how many it would go', default: false })
  @IsOptional()
  @IsBoolean()
  dryRun?: boolean;
}

/** With `dryRun`. */
export class MessageReplayPreviewDto {
  @ApiProperty({ example: 68 }) recipients!: number;
  @ApiProperty({ example: 1, description: 'Provider calls, at least' }) deliveries!: number;
}

export class ResolveDto {
  @ApiPropertyOptional({ description: 'Only this delivery; default: every one of unknown outcome', example: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  deliveryNo?: number;

  @ApiProperty({ enum: RESOLUTIONS, example: 'sent' })
  @IsIn([...RESOLUTIONS])
  as!: Resolution;

  @ApiProperty({ description: 'Why; kept in the timeline and the audit log', example: 'Asked Zhang San: it arrived' })
  @IsString()
  @Length(1, 500)
  note!: string;
}

export class RecallNoteDto {
  @ApiPropertyOptional({ description: 'Why; kept with the recall', example: 'Wrong amount' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  note?: string;
}
