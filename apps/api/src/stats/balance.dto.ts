import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { InstantDate } from '../http/index.js';

export class BalanceQuery {
  @ApiPropertyOptional({
    description: 'Accepted at or after; without it a day before `createdBefore`. At most 31 days before it',
    type: String,
    format: 'date-time',
    example: '2026-08-20T00:00:00.000Z',
  })
  @IsOptional()
  @InstantDate()
  createdAfter?: Date;

  @ApiPropertyOptional({
    description: 'Accepted before; without it now',
    type: String,
    format: 'date-time',
    example: '2026-08-21T00:00:00.000Z',
  })
  @IsOptional()
  @InstantDate()
  createdBefore?: Date;
}

export class BalanceCountsDto {
  @ApiProperty({ example: 3, description: 'In no final state yet' }) inFlight!: number;
  @ApiProperty({ example: 1180 }) sent!: number;
  @ApiProperty({ example: 0 }) delivered!: number;
  @ApiProperty({ example: 0 }) read!: number;
  @ApiProperty({ example: 4 }) invalid!: number;
  @ApiProperty({ example: 2 }) failed!: number;
  @ApiProperty({ example: 1 }) unknown!: number;
  @ApiProperty({ example: 10 }) suppressed!: number;
  @ApiProperty({ example: 0 }) canceled!: number;
  @ApiProperty({ example: 0 }) expired!: number;
  @ApiProperty({ example: 0 }) recalled!: number;
}

export class BalanceDifferenceDto extends BalanceCountsDto {
  @ApiProperty({ example: 0, description: 'The sum of `rows` minus `accepted`' }) accepted!: number;
}

export class BalanceDto {
  @ApiProperty({ example: '2026-08-20T00:00:00.000Z' }) createdAfter!: string;
  @ApiProperty({ example: '2026-08-21T00:00:00.000Z' }) createdBefore!: string;
  @ApiProperty({ example: 1100, description: 'Messages accepted in the range' }) messages!: number;
  @ApiProperty({ example: 1200, description: 'Recipient rows that these messages have' }) accepted!: number;
  @ApiProperty({ description: 'By the counters of the messages' }) counters!: BalanceCountsDto;
  @ApiProperty({ description: 'By counting the rows of the recipients' }) rows!: BalanceCountsDto;
  @ApiProperty({ description: '`rows` minus `counters`: all 0 when the books balance' })
  difference!: BalanceDifferenceDto;
  @ApiProperty({ example: true, description: 'Nothing is missing and nothing is counted twice' }) balanced!: boolean;
}
