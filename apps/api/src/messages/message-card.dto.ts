import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CHANNELS, contentKindOf } from '#libs/channels';
import type { JsonObject } from '#libs/core';
import { MAX_INTEGER } from '../http/index.js';

const MOST_USERS = 1000;
const MOST_GROUPS = 100;
const NUMBER = /^\d{1,10}$/;

/** Every kind of every channel, as the OpenAPI document names them. */
const KINDS = CHANNELS.flatMap(({ cards, name }) =>
  (cards?.contents ?? []).map((type) => ({ channel: name, ...contentKindOf(type) })),
);
const DESCRIPTION = KINDS.map(({ channel, kind, label }) => `\`${kind}\` (${channel}: ${label.en})`).join(', ');
const [FIRST] = KINDS;

export class CardAudienceDto {
  @ApiPropertyOptional({ description: "The vendor's user ids, at most 1000", type: [String], example: ['zhangsan'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_USERS)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  users?: string[];

  @ApiPropertyOptional({ description: 'At most 100', type: [String], example: ['12'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_GROUPS)
  @Matches(NUMBER, { each: true })
  departments?: string[];

  @ApiPropertyOptional({ description: 'At most 100', type: [String], example: ['3'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_GROUPS)
  @Matches(NUMBER, { each: true })
  tags?: string[];
}

export class CardUpdateDto {
  @ApiPropertyOptional({ description: 'Only the card of this delivery; default: of every delivery', example: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  deliveryNo?: number;

  @ApiPropertyOptional({ description: 'Whose card changes, where the channel can tell; default: everybody who got it' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CardAudienceDto)
  to?: CardAudienceDto;

  @ApiProperty({
    description: `\`kind\` and the vendor's fields: ${DESCRIPTION}`,
    type: 'object',
    additionalProperties: true,
    example: { kind: FIRST?.kind, ...FIRST?.example },
  })
  @Transform(({ obj, key }) => (obj as JsonObject)[key])
  @IsObject()
  content!: JsonObject;
}

export class CardResultDto {
  @ApiProperty({ example: 1 }) deliveryNo!: number;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ enum: ['updated', 'failed', 'unclear'], example: 'updated' }) status!: string;
  @ApiPropertyOptional({ type: [String], description: 'Vendor ids whose card stayed as it was', example: [] })
  refused?: string[];
  @ApiPropertyOptional({ description: 'Of a card that was not updated: the error code', example: 'card_code_used' })
  code?: string;
  @ApiPropertyOptional({ example: 'Each code changes a card once; the next click brings a new one' }) detail?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { name: 'vendor', code: '60140' } })
  provider?: JsonObject;
}

export class CardResultsDto {
  @ApiProperty({ type: [CardResultDto], description: 'One for each card; at least one was updated' })
  results!: readonly CardResultDto[];
}
