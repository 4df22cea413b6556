import { Type } from 'class-transformer';
import {
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CHANNEL_NAMES, type ChannelName, type Family } from '../exchange/vendor.js';
import type { FaultAction, FaultMoment, FaultPlan, FaultType } from './fault.js';

const FAULT_TYPES = ['errcode', 'http', 'delay', 'hang', 'reset', 'cut-body', 'garbage', 'drip'] as const;
const LONGEST_PAUSE_MS = 600_000;

/** Faults that damage an answer let the message through unless told otherwise. */
const LATER: readonly FaultType[] = ['cut-body', 'garbage', 'drip'];

class FaultMatchDto {
  @IsOptional()
  @IsString()
  endpoint?: string;

  @IsOptional()
  @IsIn(['wecom', 'dingtalk'])
  family?: Family;

  @IsOptional()
  @IsIn(CHANNEL_NAMES)
  channel?: ChannelName;

  @IsOptional()
  @IsString()
  account?: string;
}

class FaultActionDto {
  @IsIn(FAULT_TYPES)
  type!: FaultType;

  @IsOptional()
  @IsIn(['before', 'after'])
  when?: FaultMoment;

  /** A number, or the text code of the newer DingTalk API. */
  @ValidateIf(({ code }: FaultActionDto) => code !== undefined && typeof code !== 'number')
  @IsString()
  code?: number | string;

  @IsOptional()
  @IsString()
  message?: string;

  @IsOptional()
  @IsInt()
  @Min(200)
  @Max(599)
  status?: number;

  @IsOptional()
  @IsString()
  body?: string;

  @IsOptional()
  @IsObject()
  headers?: Record<string, string>;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_PAUSE_MS)
  ms?: number;
}

/** Body of `POST /_sandbox/faults`. */
export class FaultDto {
  @IsOptional()
  @ValidateNested()
  @Type(() => FaultMatchDto)
  match?: FaultMatchDto;

  @IsDefined()
  @ValidateNested()
  @Type(() => FaultActionDto)
  action!: FaultActionDto;

  @IsOptional()
  @IsInt()
  @Min(1)
  times?: number;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  probability?: number;
}

function toAction(dto: FaultActionDto): FaultAction {
  switch (dto.type) {
    case 'errcode':
      return { type: 'errcode', code: dto.code ?? -1, message: dto.message ?? 'switched on in the sandbox' };
    case 'http':
      return { type: 'http', status: dto.status ?? 502, body: dto.body ?? '', headers: dto.headers ?? {} };
    case 'delay':
      return { type: 'delay', ms: dto.ms ?? 1000 };
    case 'drip':
      return { type: 'drip', ms: dto.ms ?? 200 };
    default:
      return { type: dto.type };
  }
}

export function toFaultPlan(dto: FaultDto): FaultPlan {
  const when = dto.action.when ?? (LATER.includes(dto.action.type) ? 'after' : 'before');
  return {
    match: { ...dto.match },
    action: { ...toAction(dto.action), when },
    probability: dto.probability ?? 1,
    times: dto.times ?? null,
  };
}
