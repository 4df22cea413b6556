import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';

const asFlag = ({ value }: { readonly value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

export class PeopleImportQuery {
  @ApiPropertyOptional({ description: 'Only tell what would change', default: false })
  @IsOptional()
  @Transform(asFlag)
  @IsBoolean()
  dryRun: boolean = false;

  @ApiPropertyOptional({
    enum: ['keep', 'deactivate'],
    default: 'keep',
    description: 'What becomes of people whom the file does not name. Faulty rows keep everybody',
  })
  @IsOptional()
  @IsIn(['keep', 'deactivate'])
  missing: 'keep' | 'deactivate' = 'keep';
}

/** The form in which a table of people travels. */
export class PeopleFormDto {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'CSV in UTF-8 or GB18030; a header with `user`, and `name mobile email department active` or vendors',
  })
  file!: unknown;
}

export class ImportFaultDto {
  @ApiProperty({ description: 'As a spreadsheet counts', example: 7 }) row!: number;
  @ApiProperty({ example: 'mobile' }) column!: string;
  @ApiProperty({ example: 'invalid_value' }) code!: string;
  @ApiProperty({ example: 'must be a telephone number' }) message!: string;
}

export class ImportSampleDto {
  @ApiProperty({ type: [String], example: ['E1001'] }) added!: readonly string[];
  @ApiProperty({ type: [String], example: [] }) changed!: readonly string[];
}

/** What an import has changed, or would. */
export class ImportReportDto {
  @ApiProperty({ example: true }) dryRun!: boolean;
  @ApiProperty({ example: 120 }) rows!: number;
  @ApiProperty({ example: 100 }) added!: number;
  @ApiProperty({ example: 5 }) changed!: number;
  @ApiProperty({ example: 13 }) unchanged!: number;
  @ApiProperty({ example: 0 }) deactivated!: number;
  @ApiProperty({ type: [ImportFaultDto], description: 'Identities that belong to somebody else, left out' })
  conflicts!: readonly ImportFaultDto[];
  @ApiProperty({ type: [ImportFaultDto], description: 'The first faults; their rows are left out' })
  faults!: readonly ImportFaultDto[];
  @ApiProperty({ example: 1 }) faultCount!: number;
  @ApiProperty({ type: ImportSampleDto, description: 'The first user ids of each kind' }) sample!: ImportSampleDto;
}
