import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REPETITIONS } from './channel-catalogue.js';
import { ContentKindDto, FieldDto, LabelDto, SizeLimitDto } from './field.dto.js';

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

export class MediaRuleDto {
  @ApiProperty({ enum: ['image', 'voice', 'video', 'file'], example: 'image' })
  media!: string;

  @ApiProperty({ description: 'What the upload becomes', enum: ['media_id', 'url'], example: 'media_id' })
  form!: string;

  @ApiPropertyOptional({ example: 6 })
  minBytes?: number;

  @ApiProperty({ example: 10485760 })
  maxBytes!: number;

  @ApiPropertyOptional({ description: 'Extensions; absent: any', type: [String], example: ['jpg', 'png'] })
  formats?: string[];
}

export class MediaSupportDto {
  @ApiProperty({ enum: ['media_id', 'url'], isArray: true, example: ['media_id'] })
  forms!: string[];

  @ApiProperty({ type: [MediaRuleDto] })
  rules!: MediaRuleDto[];
}

export class CardUpdatesDto {
  @ApiProperty({
    description: 'What a change may say: `content` of `POST /v1/messages/{id}/card`',
    type: [ContentKindDto],
  })
  kinds!: ContentKindDto[];

  @ApiPropertyOptional({ description: 'Each change takes a one-use code that lives so long', example: 259200 })
  codeSeconds?: number;

  @ApiProperty({ description: 'A change may reach only some of those who got the card', example: true })
  hasAudience!: boolean;
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

  @ApiProperty({ description: 'For badges and narrow columns', type: LabelDto })
  short!: LabelDto;

  @ApiProperty({ description: 'Look of its previews', enum: ['square', 'round'], example: 'square' })
  skin!: string;

  @ApiProperty({ description: 'Whose ids its recipients have' })
  identityFamily!: string;

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

  @ApiProperty({
    description: 'How long a message can be taken back; null: never',
    type: Number,
    nullable: true,
    example: 86400,
  })
  recallWindowSeconds!: number | null;

  @ApiProperty({ description: 'Whether the vendor tells delivered and read', type: ReceiptSupportDto })
  receipts!: ReceiptSupportDto;

  @ApiPropertyOptional({ description: 'Of the whole JSON body', type: SizeLimitDto })
  bodyLimit?: SizeLimitDto;

  @ApiPropertyOptional({ description: 'What can be uploaded; absent: nothing', type: MediaSupportDto })
  media?: MediaSupportDto;

  @ApiPropertyOptional({ description: 'How cards are changed after sending; absent: not at all', type: CardUpdatesDto })
  cardUpdates?: CardUpdatesDto;

  @ApiProperty({ description: 'The vendor can call back about its accounts', example: true })
  hasCallback!: boolean;

  @ApiProperty({ description: 'Calls carry an access token', example: true })
  hasToken!: boolean;

  @ApiProperty({ description: 'Its accounts can be checked at the vendor', example: true })
  canCheck!: boolean;

  @ApiProperty({
    description:
      'What people see of a call made again after an unclear outcome: nothing, nothing where it asks for that, or a copy',
    enum: REPETITIONS,
    example: 'dropped_when_asked',
  })
  repetitions!: string;

  @ApiProperty({ description: 'Path of its error codes' })
  errorsPath!: string;
}
