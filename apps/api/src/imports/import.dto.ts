import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import {
  ENCODINGS,
  IMPORT_STATUSES,
  ROW_OUTCOMES,
  type Encoding,
  type ImportStatus,
  type RowOutcome,
} from '#libs/imports';
import { PRIORITIES, type Priority } from '#libs/messages';
import { MAX_INTEGER } from '../http/index.js';
import { EXAMPLES } from '../messages/examples.js';

const PRIORITY_NAMES = Object.keys(PRIORITIES) as Priority[];

export class NewImportQuery {
  @ApiProperty({ description: 'Code of a published template with a route to people', example: 'order-paid' })
  @IsString()
  @Length(1, 64)
  template!: string;

  @ApiPropertyOptional({ enum: ['true', 'false'], description: '`true`: checks every line and waits for `resume`' })
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';

  @ApiPropertyOptional({ enum: ENCODINGS, description: 'Of a CSV file; default: found by its bytes' })
  @IsOptional()
  @IsIn([...ENCODINGS])
  encoding?: Encoding;

  @ApiPropertyOptional({ description: 'Of a workbook; default: its first sheet', example: 'Sheet1' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  sheet?: string;

  @ApiPropertyOptional({
    description: 'JSON object: column → way to write recipients, variable, or "" to leave the column out',
    example: '{"姓名":"name","电话":"mobile","备注":""}',
  })
  @IsOptional()
  @IsString()
  @MaxLength(16_384)
  mapping?: string;

  @ApiPropertyOptional({ enum: PRIORITY_NAMES, default: 'normal' })
  @IsOptional()
  @IsIn(PRIORITY_NAMES)
  priority?: Priority;

  @ApiPropertyOptional({ description: 'To find the import again', example: 'customers.csv' })
  @IsOptional()
  @IsString()
  @Length(1, 255)
  fileName?: string;
}

export class ImportRowsQuery {
  @ApiPropertyOptional({ enum: ROW_OUTCOMES })
  @IsOptional()
  @IsIn([...ROW_OUTCOMES])
  outcome?: RowOutcome;

  @ApiPropertyOptional({ description: 'Lines behind this one', minimum: 0, default: 0 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_INTEGER)
  after: number = 0;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

export class ImportColumnDto {
  @ApiProperty({ example: '手机号' })
  header!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How it writes recipients; null: it names none',
    example: 'mobile',
  })
  address!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The variable that it gives', example: null })
  variable!: string | null;
}

export class ImportCountsDto {
  @ApiProperty({ example: 1000 })
  rows!: number;

  @ApiProperty({ description: 'Not looked at yet', example: 0 })
  waiting!: number;

  @ApiProperty({ description: 'Checked, not a message yet', example: 0 })
  ready!: number;

  @ApiProperty({ description: 'Left out for a fault', example: 3 })
  faulty!: number;

  @ApiProperty({ description: 'Left out: an earlier line says the same', example: 7 })
  duplicate!: number;

  @ApiProperty({ description: 'Messages', example: 990 })
  accepted!: number;
}

export class ImportDto {
  @ApiProperty({ example: EXAMPLES.id })
  id!: string;

  @ApiProperty({ enum: IMPORT_STATUSES.filter((status) => status !== 'uploading'), example: 'running' })
  status!: ImportStatus;

  @ApiPropertyOptional({ description: 'Why it is paused when nobody asked for it', example: 'template_disabled' })
  reason?: string;

  @ApiProperty({ example: 'order-paid' })
  template!: string;

  @ApiProperty({ example: 3 })
  templateVersion!: number;

  @ApiProperty({ description: 'Name of the key that uploaded it', example: 'ERP' })
  actor!: string;

  @ApiPropertyOptional({ example: 'customers.csv' })
  fileName?: string;

  @ApiProperty({ enum: ['csv', 'xlsx'], example: 'csv' })
  format!: string;

  @ApiPropertyOptional({ description: 'Of a CSV file', enum: ENCODINGS, example: 'gb18030' })
  encoding?: string;

  @ApiProperty({ enum: PRIORITY_NAMES, example: 'normal' })
  priority!: Priority;

  @ApiProperty({ description: 'It waits for `resume` when it is checked', example: false })
  dryRun!: boolean;

  @ApiProperty({ type: [ImportColumnDto] })
  columns!: readonly ImportColumnDto[];

  @ApiProperty({ type: ImportCountsDto })
  counts!: ImportCountsDto;

  @ApiPropertyOptional({ description: 'About how many provider calls it makes; known when it is checked', example: 1 })
  providerCalls?: number;

  @ApiPropertyOptional({
    description: 'Of a single import: its messages, and their recipients by state',
    example: { messages: 1, open: 0, sent: 990, failed: 0 },
  })
  results?: Readonly<Record<string, number>>;

  @ApiProperty({ example: EXAMPLES.at })
  createdAt!: string;

  @ApiPropertyOptional({ example: EXAMPLES.at })
  finishedAt?: string;
}

export class RowFaultDto {
  @ApiProperty({ example: 'missing_variable' })
  code!: string;

  @ApiProperty({ example: 'name is required' })
  message!: string;
}

export class ImportRowDto {
  @ApiProperty({ description: 'Line of the file', example: 2 })
  no!: number;

  @ApiProperty({ enum: ROW_OUTCOMES, example: 'accepted' })
  outcome!: RowOutcome;

  @ApiProperty({ type: [String], example: ['13800000000', '张三'] })
  cells!: readonly string[];

  @ApiProperty({ type: [RowFaultDto] })
  faults!: readonly RowFaultDto[];

  @ApiPropertyOptional({ example: EXAMPLES.id })
  messageId?: string;
}

export class ImportRowsDto {
  @ApiProperty({ type: [ImportRowDto] })
  data!: readonly ImportRowDto[];

  @ApiProperty({
    type: Number,
    nullable: true,
    description: '`after` of the next page; null on the last one',
    example: null,
  })
  nextAfter!: number | null;
}
