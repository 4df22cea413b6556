import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import type { JsonObject } from '#libs/core';
import { InstantDate, ListQuery, Texts } from '../http/index.js';
import { EXAMPLES } from '../messages/examples.js';

class RejectionFilterQuery {
  @Texts('Template codes', 'order-paid')
  template?: string[];

  @Texts('Codes of callers', 'erp')
  caller?: string[];

  @Texts('Error codes', 'validation_failed')
  code?: string[];

  @ApiPropertyOptional({ description: 'Name of the key that was used', example: 'ERP production' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  keyName?: string;

  @ApiPropertyOptional({ description: 'Refused requests are kept for seven days', type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  createdAfter?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @InstantDate()
  createdBefore?: Date;
}

export class RejectionsQuery extends IntersectionType(ListQuery, RejectionFilterQuery) {}

/** A request to send that was refused: what was wrong with it, never what it said. */
export class RejectionDto {
  @ApiProperty({ example: EXAMPLES.id, format: 'uuid' }) id!: string;
  @ApiProperty({ example: EXAMPLES.at }) at!: string;
  @ApiProperty({ example: 'validation_failed', description: 'Code of the error catalogue' }) code!: string;
  @ApiProperty({ example: 'The request is not valid' }) title!: string;
  @ApiProperty({ example: 422 }) status!: number;
  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'Where, and which code: the first ten',
    example: [{ pointer: '/params/orderId', code: 'missing_variable' }],
  })
  errors!: readonly JsonObject[];
  @ApiProperty({ example: 'POST /v1/messages' }) route!: string;
  @ApiPropertyOptional({ example: 'order-paid' }) template?: string;
  @ApiPropertyOptional({ example: 'erp' }) caller?: string;
  @ApiProperty({ example: 'ERP production' }) keyName!: string;
  @ApiProperty({ example: EXAMPLES.id }) requestId!: string;
}
