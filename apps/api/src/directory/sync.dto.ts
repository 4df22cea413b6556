import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { FAMILY_NAMES } from '#libs/channels';
import { SYNC_COUNTS, SYNC_STATUSES, type DirectorySync } from '#libs/directory';

const MAX_CODE = 64;

export class RequestSyncDto {
  @ApiProperty({ description: 'Whose address book to read', maxLength: MAX_CODE, example: 'sales-app' })
  @IsString()
  @MaxLength(MAX_CODE)
  account!: string;

  @ApiPropertyOptional({
    description: 'More than half of the people may turn out to have left',
    default: false,
    example: false,
  })
  @IsOptional()
  @IsBoolean()
  force?: boolean;
}

export class SyncErrorDto {
  @ApiProperty({ example: 'directory_empty' }) code!: string;
  @ApiProperty({ example: 'The account sees nobody' }) message!: string;
}

/** One reading of a vendor's address book. */
export class SyncDto {
  @ApiProperty({ format: 'uuid', example: '019a4f3e-6f1c-7c3e-9d41-2f6a1b0c7d55' }) id!: string;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ enum: FAMILY_NAMES, example: FAMILY_NAMES[0] }) family!: string;
  @ApiProperty({ enum: ['manual', 'schedule'], example: 'manual' }) trigger!: string;
  @ApiProperty({ enum: SYNC_STATUSES, example: 'succeeded' }) status!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: `So far: ${SYNC_COUNTS.join(', ')}`,
    example: { departments: 12, read: 340, created: 3, changed: 1, unchanged: 336, gone: 2, calls: 13 },
  })
  counts!: Readonly<Record<string, number>>;
  @ApiProperty({ type: SyncErrorDto, nullable: true, description: 'What ended it', example: null })
  error!: object | null;
  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-11-22T02:00:01.000Z' })
  startedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-11-22T02:00:31.000Z' })
  finishedAt!: string | null;

  static from(sync: DirectorySync): SyncDto {
    const { account, counts, error, family, id, status, trigger } = sync;
    return {
      id,
      account,
      family,
      trigger,
      status,
      counts,
      error,
      createdAt: sync.createdAt.toISOString(),
      startedAt: sync.startedAt?.toISOString() ?? null,
      finishedAt: sync.finishedAt?.toISOString() ?? null,
    };
  }
}
