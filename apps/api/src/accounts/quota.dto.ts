import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class LimitUsageDto {
  @ApiProperty({ description: "Key in the account's `limits`", example: 'perMinute' })
  key!: string;

  @ApiProperty({ example: 'Per minute' })
  label!: string;

  @ApiProperty({
    description: 'Calls of the account, messages to one person, or equal content to one person',
    enum: ['account', 'person', 'person_content'],
    example: 'account',
  })
  scope!: string;

  @ApiProperty({
    description: 'A sliding window, or one that begins with the day or month in China',
    enum: ['rolling', 'day', 'month'],
    example: 'rolling',
  })
  period!: string;

  @ApiProperty({ example: 60 })
  windowSeconds!: number;

  @ApiProperty({ description: '`null`: counted, not enforced', type: Number, nullable: true, example: 20 })
  limit!: number | null;

  @ApiPropertyOptional({ description: 'Per person: of the person with most; not in lists', example: 12 })
  used?: number;

  @ApiProperty({ description: 'Kept for priority `high`', example: 2 })
  reserved!: number;

  @ApiPropertyOptional({ description: 'Absent where nothing is enforced', example: 8 })
  left?: number;

  @ApiPropertyOptional({ description: 'When there is room again', type: String, format: 'date-time' })
  nextFreeAt?: string;

  @ApiPropertyOptional({
    description: 'When it is used up at the pace of the period so far',
    type: String,
    format: 'date-time',
  })
  exhaustedAt?: string;
}

/** What an account has used of its limits. */
export class QuotaDto {
  @ApiProperty({ example: 'ops-robot' })
  account!: string;

  @ApiProperty({ description: 'Name of a channel', type: String })
  channel!: string;

  @ApiProperty({ description: 'Deliveries that wait for room, counted up to 10,000', example: 0 })
  waiting!: number;

  @ApiProperty({ type: [LimitUsageDto] })
  limits!: LimitUsageDto[];
}

export class QuotasDto {
  @ApiProperty({ type: [QuotaDto] })
  data!: QuotaDto[];
}
