import { ApiProperty } from '@nestjs/swagger';
import { CHANNELS } from '#libs/channels';
import { REASONS, REMEDIES, type ErrorEntry, type ReasonEntry, type ReasonGroup, type RemedyId } from '#libs/core';
import { EXAMPLES } from '../messages/examples.js';

/** Codes whose meaning, in any case, is the reason. */
const vendorCodesOf = (reason: string): readonly VendorCodeDto[] =>
  CHANNELS.flatMap(({ errors, name }) => {
    const codes = Object.entries(errors)
      .filter(([, rule]) => [rule, ...(rule.cases ?? [])].some((meaning) => meaning.reason === reason))
      .map(([code]) => code);
    return codes.length > 0 ? { channel: name, codes } : [];
  });

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

export class VendorCodeDto {
  @ApiProperty({ description: 'Name of a channel', example: EXAMPLES.channel })
  channel!: string;

  @ApiProperty({ type: [String], example: ['60021'] })
  codes!: readonly string[];
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

  @ApiProperty({ description: 'Values that the sentence names', type: [String], example: ['window', 'original'] })
  placeholders!: readonly string[];

  @ApiProperty({ description: "The vendors' codes that mean it, by channel", type: [VendorCodeDto] })
  vendorCodes!: readonly VendorCodeDto[];

  static from({ code, group, label, sentence, remedies }: ReasonEntry): ReasonEntryDto {
    return {
      code,
      group,
      label,
      sentence,
      remedies: remedies.map((id) => ({ id, label: REMEDIES[id] })),
      placeholders: [...new Set([...sentence.zh.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))],
      vendorCodes: vendorCodesOf(code),
    };
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
