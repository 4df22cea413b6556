import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MayBeNull } from '#libs/core';
import { FAMILY_NAMES, type FamilyName } from '#libs/channels';
import { PERSON_LIMITS } from '#libs/directory';
import { ListQuery } from '../http/index.js';

const asFlag = ({ value }: { readonly value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

export class PeopleQuery extends ListQuery {
  @ApiPropertyOptional({
    description: 'A user id, vendor id, mobile, e-mail, or the beginning of a name',
    type: String,
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(PERSON_LIMITS.name)
  q?: string;

  @ApiPropertyOptional({ description: 'Only people who are there, or who have left', type: Boolean })
  @IsOptional()
  @Transform(asFlag)
  @IsBoolean()
  active?: boolean;

  @ApiPropertyOptional({ description: 'Only people with an identity that is not used any more', type: Boolean })
  @IsOptional()
  @Transform(asFlag)
  @IsBoolean()
  stale?: boolean;
}

export class IdentityInputDto {
  @ApiProperty({ enum: FAMILY_NAMES, example: FAMILY_NAMES[0] })
  @IsIn(FAMILY_NAMES)
  family!: FamilyName;

  @ApiProperty({ maxLength: PERSON_LIMITS.user, example: 'zhangsan' })
  @IsString()
  @MaxLength(PERSON_LIMITS.user)
  providerUserId!: string;
}

/** What a person is, written as a whole. */
export class PersonFieldsDto {
  @ApiProperty({ maxLength: PERSON_LIMITS.name, example: '张三' })
  @IsString()
  @MaxLength(PERSON_LIMITS.name)
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: PERSON_LIMITS.mobile, example: '13800001001' })
  @MayBeNull()
  @IsString()
  @MaxLength(PERSON_LIMITS.mobile)
  mobile?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: PERSON_LIMITS.email,
    example: 'zhangsan@corp.example',
  })
  @MayBeNull()
  @IsString()
  @MaxLength(PERSON_LIMITS.email)
  email?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: PERSON_LIMITS.department, example: '销售部' })
  @MayBeNull()
  @IsString()
  @MaxLength(PERSON_LIMITS.department)
  department?: string | null;

  @ApiPropertyOptional({ description: 'False: has left, and gets no messages', default: true, example: true })
  @IsOptional()
  @IsBoolean()
  active?: boolean;

  @ApiPropertyOptional({
    type: [IdentityInputDto],
    description: 'What vendors call the person; those of other vendors stay as they are',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(FAMILY_NAMES.length)
  @ValidateNested({ each: true })
  @Type(() => IdentityInputDto)
  identities?: IdentityInputDto[];
}

export class CreatePersonDto extends PersonFieldsDto {
  @ApiProperty({ description: "The business's own id", maxLength: PERSON_LIMITS.user, example: 'E1001' })
  @IsString()
  @MaxLength(PERSON_LIMITS.user)
  user!: string;
}

export class PersonIdentityDto {
  @ApiProperty({ enum: FAMILY_NAMES, example: FAMILY_NAMES[0] }) family!: string;
  @ApiProperty({ example: 'zhangsan' }) providerUserId!: string;
  @ApiProperty({
    description: 'How it came to be known',
    enum: ['sync', 'mobile', 'email', 'user_id', 'oauth', 'api', 'import', 'conflict'],
    example: 'mobile',
  })
  source!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Where it was seen last', example: 'sales-app' })
  account!: string | null;
  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' }) confirmedAt!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when it is not used any more',
    example: null,
  })
  staleAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: '`left`, or a reason code', example: null })
  staleReason!: string | null;
}

/** Somebody whom messages are for. */
export class PersonDto {
  @ApiProperty({ example: 'E1001' }) user!: string;
  @ApiProperty({ example: '张三' }) name!: string;
  @ApiProperty({ type: String, nullable: true, example: '13800001001' }) mobile!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'zhangsan@corp.example' }) email!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '销售部' }) department!: string | null;
  @ApiProperty({ example: true }) active!: boolean;
  @ApiProperty({ description: 'Who wrote it last', enum: ['api', 'import', 'sync'], example: 'api' }) source!: string;
  @ApiProperty({ type: [PersonIdentityDto] }) identities!: PersonIdentityDto[];
  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' }) updatedAt!: string;
}
