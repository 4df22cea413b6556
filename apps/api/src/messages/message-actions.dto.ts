import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { RESOLUTIONS, type Resolution } from '#libs/messages';
import { MAX_INTEGER } from '../http/index.js';

export class ReplayDto {
  @ApiPropertyOptional({
    description: 'Also to people who may have it already; needs `messages:recall`',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  includeUnknown?: boolean;
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
