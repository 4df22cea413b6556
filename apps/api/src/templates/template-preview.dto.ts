import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsDefined, IsInt, IsObject, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { isJsonObject, type JsonObject } from '#libs/core';
import type { Params } from '#libs/templates';
import { FaultDto } from '../http/problem.dto.js';
import { MAX_INTEGER } from '../http/index.js';
import { NewTemplateDto } from './template.dto.js';

const IfGiven = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const IsParams = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isParams',
      validator: {
        validate: (value: unknown) => isJsonObject(value) && Object.values(value).every(isPlain),
        defaultMessage: () => 'must be an object of strings, numbers and booleans',
      },
    },
    { context: { code: 'wrong_type' } },
  );

const PARAMS: ApiPropertyOptions = {
  description: 'Values; those not given are taken from the examples of the variables',
  type: 'object',
  additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
  example: { orderId: 'A123' },
};

export class PreviewDto {
  @ApiPropertyOptional(PARAMS)
  @IfGiven()
  @IsParams()
  params?: Params;

  @ApiPropertyOptional({ description: 'Default: the newest version', type: Number, minimum: 1 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  version?: number;
}

export class DraftPreviewDto {
  @ApiProperty({ description: 'A template as it would be saved; `code` may be left out', type: NewTemplateDto })
  @IsDefined()
  @IsObject()
  template!: JsonObject;

  @ApiPropertyOptional(PARAMS)
  @IfGiven()
  @IsParams()
  params?: Params;
}

class SizeLimitDto {
  @ApiProperty({ example: 2048 })
  size!: number;

  @ApiProperty({ enum: ['bytes', 'characters'], example: 'bytes' })
  unit!: string;
}

class FieldCounterDto {
  @ApiProperty({ description: 'JSON pointer into the rendered content', example: '/content' })
  pointer!: string;

  @ApiProperty({ description: 'Bytes in UTF-8', example: 27 })
  bytes!: number;

  @ApiProperty({ example: 15 })
  characters!: number;

  @ApiPropertyOptional({ description: 'Longer content is refused', type: SizeLimitDto })
  limit?: SizeLimitDto;

  @ApiPropertyOptional({ description: 'The provider advises to stay below', type: SizeLimitDto })
  advised?: SizeLimitDto;
}

class RenderNoteDto {
  @ApiProperty({ enum: ['content_cut'], example: 'content_cut' })
  code!: string;

  @ApiProperty({ example: '/routes/0/content/content' })
  pointer!: string;

  @ApiProperty({ example: 2048 })
  limit!: number;

  @ApiProperty({ description: 'Size before the cut', example: 2100 })
  actual!: number;

  @ApiProperty({ enum: ['bytes', 'characters'], example: 'bytes' })
  unit!: string;
}

export class RoutePreviewDto {
  @ApiProperty({ description: '1, 2, … in the order of the template', example: 1 })
  no!: number;

  @ApiProperty({ type: String })
  channel!: string;

  @ApiProperty({ type: [String], example: ['sales-app'] })
  accounts!: readonly string[];

  @ApiProperty({ example: 'text' })
  kind!: string;

  @ApiProperty({
    description: 'As it would be sent',
    type: 'object',
    additionalProperties: true,
    example: { kind: 'text', content: '订单 A123 已付款' },
  })
  content!: object;

  @ApiProperty({ description: 'People mentioned in every message', type: 'array', items: { type: 'object' } })
  mentions!: readonly object[];

  @ApiProperty({ type: [FieldCounterDto] })
  counters!: readonly FieldCounterDto[];

  @ApiProperty({ description: 'What a message with these values would be refused for', type: [FaultDto] })
  faults!: readonly FaultDto[];

  @ApiProperty({ type: [RenderNoteDto] })
  notes!: readonly RenderNoteDto[];
}

export class TemplatePreviewDto {
  @ApiProperty({ type: [RoutePreviewDto] })
  routes!: readonly RoutePreviewDto[];
}
