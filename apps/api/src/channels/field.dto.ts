import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MARKUP, PREVIEW_LAYOUTS, PREVIEW_PARTS } from '#libs/channels';
import { FIELD_CONTROLS } from './field-catalogue.js';

export class LabelDto {
  @ApiProperty({ example: '文本' })
  zh!: string;

  @ApiProperty({ example: 'Text' })
  en!: string;
}

export class SizeLimitDto {
  @ApiProperty({ example: 2048 })
  size!: number;

  @ApiProperty({ enum: ['bytes', 'characters'], example: 'bytes' })
  unit!: string;
}

export class LengthDto extends SizeLimitDto {
  @ApiProperty({
    description: 'What becomes of a longer text at the vendor; `soft`: it shows less of it',
    enum: ['cut', 'refuse', 'soft'],
    example: 'refuse',
  })
  onExcess!: string;
}

export class VisibleWhenDto {
  @ApiProperty({ description: 'Another field of the same object', example: 'type' })
  field!: string;

  @ApiProperty({ type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }] }, example: [1] })
  values!: (string | number)[];
}

export class HelpDto {
  @ApiProperty({ description: "A page of the vendor's" })
  url!: string;
}

export class FieldDto {
  @ApiProperty({ example: 'content' })
  name!: string;

  @ApiProperty({ description: 'The control that suits it', enum: FIELD_CONTROLS, example: 'textarea' })
  kind!: string;

  @ApiProperty({
    enum: ['text', 'media', 'integer', 'number', 'boolean', 'choice', 'texts', 'object', 'list'],
    example: 'text',
  })
  type!: string;

  @ApiProperty({ type: LabelDto })
  label!: LabelDto;

  @ApiPropertyOptional({ type: LabelDto })
  hint?: LabelDto;

  @ApiProperty({ example: true })
  required!: boolean;

  @ApiPropertyOptional({ description: 'Write-only: masked in answers' })
  secret?: boolean;

  @ApiPropertyOptional()
  multiline?: boolean;

  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] })
  example?: string | number | boolean;

  @ApiPropertyOptional({ description: 'Longer values are refused, unless the route cuts them', type: LengthDto })
  limit?: LengthDto;

  @ApiPropertyOptional({ description: 'Advised only', type: LengthDto })
  soft?: LengthDto;

  @ApiPropertyOptional({ description: 'Regular expression of the whole value' })
  pattern?: string;

  @ApiPropertyOptional({
    description: 'What holds without the field',
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  })
  default?: string | number | boolean;

  @ApiPropertyOptional({ description: 'Fields of one group stand together under this name', type: LabelDto })
  group?: LabelDto;

  @ApiPropertyOptional({ description: 'It counts only while the other field has one of these values' })
  visibleWhen?: VisibleWhenDto;

  @ApiPropertyOptional()
  help?: HelpDto;

  @ApiPropertyOptional({
    description: 'What readers see of it; absent: nothing, or what its own fields show',
    enum: PREVIEW_PARTS,
    example: 'text',
  })
  part?: string;

  @ApiPropertyOptional({
    description: "Of a text: the markup that the vendor's clients show; other markup stays characters",
    enum: MARKUP,
    isArray: true,
  })
  markup?: string[];

  @ApiPropertyOptional({ type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }] } })
  values?: (string | number)[];

  @ApiPropertyOptional()
  minItems?: number;

  @ApiPropertyOptional()
  maxItems?: number;

  @ApiPropertyOptional({ description: 'Of an object, or of each item of a list', type: () => [FieldDto] })
  fields?: FieldDto[];

  @ApiPropertyOptional({ description: 'Of a number: the least value' })
  min?: number;

  @ApiPropertyOptional({ description: 'Of a number: the greatest value' })
  max?: number;

  @ApiPropertyOptional({ description: 'Of a media field', enum: ['image', 'voice', 'video', 'file'] })
  media?: string;

  @ApiPropertyOptional({
    description: 'Of a media field: what it takes beside `asset:<id>`',
    enum: ['media_id', 'url', 'base64'],
    isArray: true,
  })
  accepts?: string[];

  @ApiPropertyOptional({ description: 'Of a media field that holds bytes: what they may be', type: [String] })
  formats?: string[];

  @ApiPropertyOptional({ description: 'Of a media field that holds bytes: the most of them', example: 2097152 })
  maxBytes?: number;

  @ApiPropertyOptional({ description: 'Takes a bare asset id and stands for the field of this name' })
  shortFor?: string;

  @ApiPropertyOptional({
    description: 'Of a choice that decides about the other fields: the content that each value makes',
    type: () => [FieldVariantDto],
  })
  variants?: FieldVariantDto[];
}

export class FieldVariantDto {
  @ApiProperty({ example: 'text_notice' })
  value!: string;

  @ApiProperty({ type: LabelDto })
  label!: LabelDto;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { card_type: 'text_notice' } })
  example!: object;

  @ApiProperty({ type: [FieldDto] })
  fields!: FieldDto[];
}

export class ContentKindDto {
  @ApiProperty({ example: 'text' })
  kind!: string;

  @ApiProperty({ type: LabelDto })
  label!: LabelDto;

  @ApiProperty({ description: 'How a preview draws it', enum: PREVIEW_LAYOUTS, example: 'bubble' })
  layout!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { content: '订单 A123 已付款' } })
  example!: object;

  @ApiProperty({ type: [FieldDto] })
  fields!: FieldDto[];
}
