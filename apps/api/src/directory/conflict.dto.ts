import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { FAMILY_NAMES } from '#libs/channels';
import { CONFLICT_KINDS, PERSON_LIMITS, RESOLUTIONS, type DirectoryConflict, type Resolution } from '#libs/directory';
import { ListQuery } from '../http/index.js';

const STATUSES = ['open', 'resolved'] as const;

export class ConflictsQuery extends ListQuery {
  @ApiPropertyOptional({ enum: STATUSES, default: 'open' })
  @IsOptional()
  @IsIn(STATUSES)
  status: (typeof STATUSES)[number] = 'open';
}

export class ResolveConflictDto {
  @ApiProperty({
    enum: RESOLUTIONS,
    description: '`left`: the directory is right · `right`: the vendor is · `both`: two people · `ignore`',
    example: 'right',
  })
  @IsIn(RESOLUTIONS)
  as!: Resolution;

  @ApiPropertyOptional({ description: 'With `right`: who it is, where several may be', example: 'E1001' })
  @IsOptional()
  @IsString()
  @MaxLength(PERSON_LIMITS.user)
  user?: string;
}

export class FoundPersonDto {
  @ApiProperty({ example: 'zhangsan' }) providerUserId!: string;
  @ApiProperty({ example: '张三' }) name!: string;
  @ApiProperty({ type: String, nullable: true, example: '13800001001' }) mobile!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null }) email!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '销售部' }) department!: string | null;
}

/** Somebody at a vendor whom a sync could not tell from people in the directory. */
export class ConflictDto {
  @ApiProperty({ format: 'uuid', example: '019a4f3e-6f1c-7c3e-9d41-2f6a1b0c7d55' }) id!: string;
  @ApiProperty({ enum: FAMILY_NAMES, example: FAMILY_NAMES[0] }) family!: string;
  @ApiProperty({
    enum: CONFLICT_KINDS,
    description:
      '`several_people` have the mobile or e-mail · the person has an `other_identity` there · `same_user_id`, other name',
    example: 'several_people',
  })
  kind!: string;
  @ApiProperty({ type: String, nullable: true, example: 'sales-app' }) account!: string | null;
  @ApiProperty({ type: [String], description: 'Left side: people in the directory', example: ['E1001', 'E1002'] })
  users!: readonly string[];
  @ApiProperty({ type: FoundPersonDto, description: 'Right side: as the vendor tells it' }) found!: FoundPersonDto;
  @ApiProperty({ enum: STATUSES, example: 'open' }) status!: string;
  @ApiProperty({ type: String, nullable: true, enum: RESOLUTIONS, example: null }) resolution!: string | null;
  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null }) resolvedAt!: string | null;

  static from({ createdAt, found, resolvedAt, ...conflict }: DirectoryConflict): ConflictDto {
    const { department = null, email = null, id, mobile = null, name } = found;
    return {
      id: conflict.id,
      family: conflict.family,
      kind: conflict.kind,
      account: conflict.account,
      users: conflict.users,
      found: { providerUserId: id, name, mobile, email, department },
      status: conflict.status,
      resolution: conflict.resolution,
      createdAt: createdAt.toISOString(),
      resolvedAt: resolvedAt?.toISOString() ?? null,
    };
  }
}
