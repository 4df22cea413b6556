import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { EXAMPLES } from '../messages/examples.js';

const { at: AT, channel: CHANNEL } = EXAMPLES;

const MAX_SHOWN = 200;
const MAX_TIMES = 100_000;
const LONGEST_PAUSE_MS = 600_000;
const LONGEST_STEP_MS = 366 * 86_400_000;

/** What the sandbox can be told to do wrong. */
const FAULT_TYPES = ['errcode', 'http', 'delay', 'hang', 'reset', 'cut-body', 'garbage', 'drip'] as const;

export class InboxQuery {
  @ApiPropertyOptional({ example: CHANNEL })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  channel?: string;

  @ApiPropertyOptional({ description: 'As the vendor knows the account', example: 'ww0000000000000000:1000002' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  account?: string;

  @ApiPropertyOptional({ description: 'As the vendor knows the person', example: 'zhangsan' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  recipient?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_SHOWN, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_SHOWN)
  limit: number = 50;
}

export class SandboxDropDto {
  @ApiProperty({ example: 'lisi' }) recipient!: string;
  @ApiProperty({ example: 'member_limit', description: 'Why this person got nothing although the call succeeded' })
  reason!: string;
}

/** A message as it arrived at the vendor. */
export class SandboxEntryDto {
  @ApiProperty({ example: '12' }) id!: string;
  @ApiProperty({ example: AT }) at!: string;
  @ApiProperty({ example: CHANNEL }) channel!: string;
  @ApiProperty({ example: '/message/send' }) endpoint!: string;
  @ApiProperty({ example: 'ww0000000000000000:1000002' }) account!: string;
  @ApiProperty({ example: 'text' }) msgtype!: string;
  @ApiProperty({ type: [String], example: ['zhangsan'] }) recipients!: readonly string[];
  @ApiProperty({ type: [SandboxDropDto] }) dropped!: readonly SandboxDropDto[];
  @ApiProperty({ type: [String], description: 'What a careful sender would do otherwise' }) notes!: readonly string[];
  @ApiProperty({ type: String, nullable: true, example: 'mQv3-text-0001' }) providerMsgId!: string | null;
  @ApiProperty({ example: false }) recalled!: boolean;
  @ApiProperty({ type: String, nullable: true, example: null }) recalledAt!: string | null;
  @ApiProperty({ type: [String], example: ['zhangsan'] }) readBy!: readonly string[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The request, secrets masked' })
  request!: object;
}

export class FaultMatchDto {
  @ApiPropertyOptional({ description: 'Part of the path of the call', example: '/message/send' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  endpoint?: string;

  @ApiPropertyOptional({ example: CHANNEL })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  channel?: string;
}

export class FaultActionDto {
  @ApiProperty({ enum: FAULT_TYPES, example: 'hang' })
  @IsIn(FAULT_TYPES)
  type!: (typeof FAULT_TYPES)[number];

  @ApiPropertyOptional({ enum: ['before', 'after'], description: 'Whether the message got through' })
  @IsOptional()
  @IsIn(['before', 'after'])
  when?: 'before' | 'after';

  @ApiPropertyOptional({ description: 'Of `errcode`', example: 45009 })
  @IsOptional()
  @IsInt()
  code?: number;

  @ApiPropertyOptional({ description: 'Of `http`', example: 502 })
  @IsOptional()
  @IsInt()
  @Min(200)
  @Max(599)
  status?: number;

  @ApiPropertyOptional({ description: 'Of `delay` and `drip`', example: 1000 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_PAUSE_MS)
  ms?: number;
}

export class NewFaultDto {
  @ApiPropertyOptional({ type: FaultMatchDto, description: 'Which calls; without it all' })
  @IsOptional()
  @ValidateNested()
  @Type(() => FaultMatchDto)
  match?: FaultMatchDto;

  @ApiProperty({ type: FaultActionDto })
  @IsObject()
  @ValidateNested()
  @Type(() => FaultActionDto)
  action!: FaultActionDto;

  @ApiPropertyOptional({ description: 'Only the next so many calls', example: 3 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TIMES)
  times?: number;
}

export class SandboxFaultDto {
  @ApiProperty({ example: '1' }) id!: string;
  @ApiProperty({ type: FaultMatchDto }) match!: FaultMatchDto;
  @ApiProperty({ type: FaultActionDto }) action!: FaultActionDto;
  @ApiProperty({ type: Number, nullable: true, example: 3, description: 'Calls that it will still hit; null: all' })
  remaining!: number | null;
  @ApiProperty({ example: 0, description: 'Calls that it has hit' }) hits!: number;
}

export class AdvanceClockDto {
  @ApiProperty({ minimum: 0, maximum: LONGEST_STEP_MS, example: 3_600_000 })
  @IsInt()
  @Min(0)
  @Max(LONGEST_STEP_MS)
  advanceMs!: number;
}

export class SandboxClockDto {
  @ApiProperty({ example: AT }) now!: string;
  @ApiProperty({ example: 3_600_000 }) offsetMs!: number;
}
