import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

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

export class FieldDto {
  @ApiProperty({ example: 'content' })
  name!: string;

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

  @ApiPropertyOptional({ description: 'Longer values are refused', type: SizeLimitDto })
  limit?: SizeLimitDto;

  @ApiPropertyOptional({ description: 'Advised only', type: SizeLimitDto })
  soft?: SizeLimitDto;

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

  @ApiProperty({ type: 'object', additionalProperties: true, example: { content: '订单 A123 已付款' } })
  example!: object;

  @ApiProperty({ type: [FieldDto] })
  fields!: FieldDto[];
}

export class ChannelLimitDto {
  @ApiProperty({ description: "Key in an account's `limits`", example: 'messagesPerMinute' })
  key!: string;

  @ApiProperty({ type: LabelDto })
  label!: LabelDto;

  @ApiProperty({ enum: ['account', 'person'], example: 'account' })
  scope!: string;

  @ApiProperty({ example: 20 })
  limit!: number;

  @ApiProperty({ example: 60 })
  windowSeconds!: number;
}

export class RecallSupportDto {
  @ApiProperty({ example: true })
  supported!: boolean;

  @ApiPropertyOptional({ example: 86400 })
  windowSeconds?: number;

  @ApiPropertyOptional({ description: 'Why not', type: LabelDto })
  why?: LabelDto;
}

export class ReceiptSupportDto {
  @ApiProperty({ example: true })
  supported!: boolean;

  @ApiPropertyOptional({ description: 'How long after sending the vendor tells', example: 86400 })
  windowSeconds?: number;

  @ApiPropertyOptional({ description: 'It tells who has read, beside who was reached', example: true })
  tellsRead?: boolean;

  @ApiPropertyOptional({ description: 'Why not: `sent` is the last state then', type: LabelDto })
  why?: LabelDto;
}

/** A kind of destination, with everything needed to draw its forms. */
export class ChannelDto {
  @ApiProperty({ description: 'kebab-case' })
  name!: string;

  @ApiProperty({ description: 'The vendor' })
  family!: string;

  @ApiProperty({ type: LabelDto })
  familyLabel!: LabelDto;

  @ApiProperty({ type: LabelDto })
  label!: LabelDto;

  @ApiProperty({ type: [FieldDto] })
  accountFields!: FieldDto[];

  @ApiProperty({ type: [ContentKindDto] })
  contentKinds!: ContentKindDto[];

  @ApiProperty({
    description: 'Persons with most addressees per call, or one group',
    type: 'object',
    additionalProperties: true,
  })
  addressing!: object;

  @ApiProperty({
    description: 'Route options beside `onOverlong` and `mentions`',
    type: 'array',
    items: { type: 'object' },
  })
  options!: object[];

  @ApiProperty({ description: 'Enforced by default', type: [ChannelLimitDto] })
  limits!: ChannelLimitDto[];

  @ApiProperty({ type: RecallSupportDto })
  recall!: RecallSupportDto;

  @ApiProperty({ description: 'Whether the vendor tells delivered and read', type: ReceiptSupportDto })
  receipts!: ReceiptSupportDto;

  @ApiPropertyOptional({ description: 'Of the whole JSON body', type: SizeLimitDto })
  bodyLimit?: SizeLimitDto;

  @ApiProperty({ description: 'Calls carry an access token', example: true })
  hasToken!: boolean;

  @ApiProperty({ description: 'Its accounts can be checked at the vendor', example: true })
  canCheck!: boolean;

  @ApiProperty({ description: 'Path of its error codes' })
  errorsPath!: string;
}
