import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { CallerEntity } from '#libs/security';

const CODE = /^[a-z0-9._-]{1,64}$/;
const MAX_NAME = 200;

export class UpdateCallerDto {
  @ApiProperty({ maxLength: MAX_NAME, example: 'Order system' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_NAME)
  name!: string;

  @ApiPropertyOptional({ description: 'While false, none of its keys is valid', default: true, example: true })
  @IsOptional()
  @IsBoolean()
  enabled: boolean = true;
}

export class CreateCallerDto extends UpdateCallerDto {
  @ApiProperty({ pattern: CODE.source, example: 'erp' })
  @Matches(CODE, { message: 'code must be 1 to 64 of a-z 0-9 . _ -' })
  code!: string;
}

export class CallerDto {
  @ApiProperty({ example: '019a4f3e-6f1c-7c3e-9d41-2f6a1b0c7d55' })
  id!: string;

  @ApiProperty({ example: 'erp' })
  code!: string;

  @ApiProperty({ example: 'Order system' })
  name!: string;

  @ApiProperty({ example: true })
  enabled!: boolean;

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  createdAt!: string;

  @ApiProperty({ example: '2026-11-22T02:00:00.000Z' })
  updatedAt!: string;

  static from(caller: CallerEntity): CallerDto {
    return {
      id: caller.id,
      code: caller.code,
      name: caller.name,
      enabled: caller.enabled,
      createdAt: caller.createdAt.toISOString(),
      updatedAt: caller.updatedAt.toISOString(),
    };
  }
}
