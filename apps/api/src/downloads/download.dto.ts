import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { EXAMPLES } from '../messages/examples.js';

export class NewDownloadDto {
  @ApiProperty({ description: 'Path and query of an export', example: '/v1/messages/export?status=failed' })
  @IsString()
  @Length(1, 4096)
  path!: string;
}

export class DownloadDto {
  @ApiProperty({ example: '/v1/downloads/8dRZsx1B6mQ2v', description: 'Works once, without a key' }) url!: string;
  @ApiProperty({ example: EXAMPLES.at }) expiresAt!: string;
}
