import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUrl, Matches, MaxLength, MinLength } from 'class-validator';
import { FAMILY_NAMES, type LoginFlow } from '#libs/channels';
import { PERSON_LIMITS } from '#libs/directory';

const FLOWS = ['in_app', 'browser'] as const;
const MAX_CODE = 64;
const MAX_LOGIN_CODE = 512;
const STATE = /^[A-Za-z0-9]{1,128}$/;

export class LoginDto {
  @ApiProperty({ maxLength: MAX_CODE, example: 'sales-app' })
  @IsString()
  @MaxLength(MAX_CODE)
  account!: string;

  @ApiProperty({
    description: 'As the vendor gave it: one use, five minutes',
    maxLength: MAX_LOGIN_CODE,
    example: 'codeDemo01',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_LOGIN_CODE)
  code!: string;

  @ApiPropertyOptional({ enum: FLOWS, default: 'in_app', description: 'Where the person logged in', example: 'in_app' })
  @IsOptional()
  @IsIn(FLOWS)
  flow?: LoginFlow;

  @ApiPropertyOptional({
    description: 'Whom to bind to the identity; without it only tell who it is',
    maxLength: PERSON_LIMITS.user,
    example: 'E1001',
  })
  @IsOptional()
  @IsString()
  @MaxLength(PERSON_LIMITS.user)
  user?: string;
}

export class LoginAnswerDto {
  @ApiProperty({ enum: FAMILY_NAMES, example: FAMILY_NAMES[0] }) family!: string;
  @ApiProperty({ example: 'zhangsan' }) providerUserId!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null: nobody in the directory', example: 'E1001' })
  user!: string | null;
}

export class LoginUrlQuery {
  @ApiProperty({ maxLength: MAX_CODE, example: 'sales-app' })
  @IsString()
  @MaxLength(MAX_CODE)
  account!: string;

  @ApiProperty({
    description: 'Where the vendor sends the person with the code',
    example: 'https://hr.corp.example/bind',
  })
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] })
  @MaxLength(1024)
  redirectUri!: string;

  @ApiProperty({ description: 'Comes back with the code; letters and digits', pattern: STATE.source, example: 'n4fk2' })
  @Matches(STATE, { message: 'state must be 1 to 128 letters and digits' })
  state!: string;

  @ApiPropertyOptional({ enum: FLOWS, default: 'browser' })
  @IsOptional()
  @IsIn(FLOWS)
  flow: LoginFlow = 'browser';
}

export class LoginUrlDto {
  @ApiProperty({ example: 'https://vendor.example/login?client_id=demo' }) url!: string;
}
