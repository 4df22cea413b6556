import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REMEDIES, type RemedyId } from '#libs/core';
import { EXAMPLES } from './examples.js';

/** What can be done, in the reader's language. */
export class LabeledRemedyDto {
  @ApiProperty({ enum: Object.keys(REMEDIES), example: 'check_account' }) id!: RemedyId;
  @ApiProperty({ example: 'Check the account' }) label!: string;
}

export class RecipientGroupDto {
  @ApiProperty({ example: 'invalid' }) status!: string;
  @ApiPropertyOptional({ example: 'outside_scope', description: 'Code of the reason catalogue' }) reason?: string;
  @ApiProperty({ example: EXAMPLES.channel }) channel!: string;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ example: 68 }) count!: number;
  @ApiProperty({ type: [String], example: ['user:zhangsan'], description: 'The first three' })
  sample!: readonly string[];
  @ApiPropertyOptional({ example: 'The app “sales-app” cannot see this person.' }) text?: string;
  @ApiProperty({ type: [LabeledRemedyDto] }) remedies!: readonly LabeledRemedyDto[];
}

export class RecipientSummaryDto {
  @ApiProperty({ type: [RecipientGroupDto] }) data!: readonly RecipientGroupDto[];
}
