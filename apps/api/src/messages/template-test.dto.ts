import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsObject, IsOptional, Max, Min } from 'class-validator';
import type { JsonObject, JsonValue } from '#libs/core';
import { AsGiven, MAX_INTEGER } from '../http/index.js';
import { AttemptDto, MessageDto } from '../messages/message.dto.js';

export class TemplateTestDto {
  @ApiPropertyOptional({ description: 'Default: the latest version, published or not', example: 3 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  version?: number;

  @ApiPropertyOptional({ type: 'array', items: { type: 'object' }, example: ['zhangsan'], maxItems: 20 })
  @IsOptional()
  @AsGiven()
  @IsArray()
  @ArrayMaxSize(20, { context: { code: 'too_many_items', limit: 20, unit: 'items' } })
  recipients?: JsonValue[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { orderId: 'A123' } })
  @IsOptional()
  @AsGiven()
  @IsObject()
  params?: JsonObject;
}

export class TemplateTestAnswerDto {
  @ApiProperty({ type: MessageDto }) message!: MessageDto;
  @ApiProperty({ type: [AttemptDto], description: 'Provider request and answer, redacted' })
  attempts!: readonly AttemptDto[];
}
