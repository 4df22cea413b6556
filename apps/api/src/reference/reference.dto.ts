import { ApiProperty } from '@nestjs/swagger';
import { REASONS, REMEDIES, type ErrorEntry, type ReasonEntry, type ReasonGroup, type RemedyId } from '#libs/core';

export class LocalizedTextDto {
  @ApiProperty({ example: '重复' })
  zh!: string;

  @ApiProperty({ example: 'Duplicate' })
  en!: string;
}

export class ErrorEntryDto {
  @ApiProperty({ example: 'idempotency_in_progress' })
  code!: string;

  @ApiProperty({ description: 'HTTP status of an answer with this code', example: 409 })
  status!: number;

  @ApiProperty({ description: 'The same request may succeed later', example: true })
  retryable!: boolean;

  @ApiProperty({ type: LocalizedTextDto })
  title!: LocalizedTextDto;

  static from({ code, status, retryable, title }: ErrorEntry): ErrorEntryDto {
    return { code, status, retryable, title };
  }
}

export class RemedyDto {
  @ApiProperty({ enum: Object.keys(REMEDIES), example: 'open_original' })
  id!: RemedyId;

  @ApiProperty({ type: LocalizedTextDto })
  label!: LocalizedTextDto;
}

export class ReasonEntryDto {
  @ApiProperty({ example: 'duplicate_content' })
  code!: string;

  @ApiProperty({ enum: [...new Set(REASONS.map(({ group }) => group))], example: 'stopped' })
  group!: ReasonGroup;

  @ApiProperty({ description: 'Short enough for a table', type: LocalizedTextDto })
  label!: LocalizedTextDto;

  @ApiProperty({ description: 'One sentence; `{name}` stands for a value of the occurrence', type: LocalizedTextDto })
  sentence!: LocalizedTextDto;

  @ApiProperty({ description: 'What can be done, the most useful first', type: [RemedyDto] })
  remedies!: readonly RemedyDto[];

  static from({ code, group, label, sentence, remedies }: ReasonEntry): ReasonEntryDto {
    return { code, group, label, sentence, remedies: remedies.map((id) => ({ id, label: REMEDIES[id] })) };
  }
}

export class ErrorCatalogueDto {
  @ApiProperty({ type: [ErrorEntryDto] })
  data!: readonly ErrorEntryDto[];
}

export class ReasonCatalogueDto {
  @ApiProperty({ type: [ReasonEntryDto] })
  data!: readonly ReasonEntryDto[];
}
