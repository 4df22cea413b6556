import { ApiProperty } from '@nestjs/swagger';
import { PRESET_NAMES, SCOPES, type Preset, type Scope } from '#libs/security';

export class ServerDto {
  @ApiProperty({ example: '0.1.0' })
  version!: string;

  @ApiProperty({ description: 'Clock of the server', example: '2026-11-22T02:00:00.000Z' })
  time!: string;

  @ApiProperty({ example: 'Asia/Shanghai' })
  timeZone!: string;

  @ApiProperty({ description: 'A sandbox is running, for accounts that point to it', example: true })
  sandbox!: boolean;
}

export class MeDto {
  @ApiProperty({ description: 'Code of the caller the key belongs to', example: 'erp' })
  caller!: string;

  @ApiProperty({ example: 'ERP production' })
  keyName!: string;

  @ApiProperty({ enum: PRESET_NAMES, example: 'caller' })
  preset!: Preset;

  @ApiProperty({ enum: SCOPES, isArray: true, example: ['messages:send', 'messages:read'] })
  scopes!: readonly Scope[];

  @ApiProperty({ description: 'Whether the key sees what other callers sent', example: false })
  seesAllCallers!: boolean;

  @ApiProperty({ type: [String], nullable: true, description: 'Null: every template', example: null })
  templates!: readonly string[] | null;

  @ApiProperty({ type: [String], nullable: true, description: 'Null: every account', example: null })
  accounts!: readonly string[] | null;

  @ApiProperty({ type: String, nullable: true, example: '2027-11-22T00:00:00.000Z' })
  expiresAt!: string | null;

  @ApiProperty({ type: ServerDto })
  server!: ServerDto;
}
