import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { METRICS, REASON_GROUPS, STAT_STATUSES, type Metric, type ReasonGroupBy } from '#libs/insight';
import { EXAMPLES } from '../messages/examples.js';

const FROM = '2026-11-21T00:00:00.000Z';
const TO = '2026-11-22T00:00:00.000Z';
const COUNTS = {
  ...Object.fromEntries(STAT_STATUSES.map((status) => [status, 0])),
  in_flight: 3,
  sent: 1180,
  failed: 2,
};

export class LatencyDto {
  @ApiProperty({ example: 1180, description: 'Recipients that were sent to' }) count!: number;
  @ApiProperty({ type: Number, nullable: true, example: 84, description: 'In ms, within 4.5 %' }) p50Ms!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 420 }) p95Ms!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 1300 }) p99Ms!: number | null;
}

export class SummaryFiguresDto {
  @ApiProperty({
    example: 1100,
    description: 'Messages accepted; by channel and account, where their first recipient is',
  })
  messages!: number;
  @ApiProperty({ example: 1185, description: 'Recipient rows of these messages: one per addressee and route in force' })
  recipients!: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: COUNTS,
    description: 'The recipients by state, every state named; `in_flight`: in no final state',
  })
  counts!: Readonly<Record<string, number>>;
  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.998308,
    description:
      'Sent, delivered, read and recalled, of these and the invalid, failed, unknown and expired ones; null: none',
  })
  successRate!: number | null;
  @ApiProperty({ description: 'From when it was due to when the vendor had taken it' }) latency!: LatencyDto;
  @ApiProperty({ example: 61_000, description: 'Time in line for a slot of a limit, in ms, summed over recipients' })
  throttledMs!: number;
}

export class SummaryGroupDto extends SummaryFiguresDto {
  @ApiProperty({ type: String, nullable: true, example: 'order-paid', description: 'Code; null: without a template' })
  key!: string | null;
}

export class SummaryDto extends SummaryFiguresDto {
  @ApiProperty({ example: FROM, description: 'What was counted: the range, down to what can be told apart' })
  createdAfter!: string;
  @ApiProperty({ example: TO }) createdBefore!: string;
  @ApiPropertyOptional({ type: [SummaryGroupDto], description: 'With `groupBy`, the largest first' })
  groups?: readonly SummaryGroupDto[];
}

export class SeriesDto {
  @ApiProperty({ type: String, nullable: true, example: 'sent', description: 'Group; null: all, or without one' })
  key!: string | null;
  @ApiProperty({
    type: 'array',
    items: { type: ['number', 'null'] as never },
    example: [120, 98],
    description: 'One per bucket; null: nothing was sent of which a latency is known',
  })
  values!: readonly (number | null)[];
}

export class TimeSeriesDto {
  @ApiProperty({ example: FROM }) createdAfter!: string;
  @ApiProperty({ example: TO }) createdBefore!: string;
  @ApiProperty({ example: 'hour' }) bucket!: string;
  @ApiProperty({ enum: METRICS, example: 'count' }) metric!: Metric;
  @ApiProperty({ example: 'Asia/Shanghai' }) timeZone!: string;
  @ApiProperty({ type: [String], example: [FROM, '2026-11-21T01:00:00.000Z'], description: 'When each bucket begins' })
  buckets!: readonly string[];
  @ApiProperty({ type: [SeriesDto], description: 'The largest first' }) series!: readonly SeriesDto[];
  @ApiProperty({ example: false, description: 'There are more series than are shown' }) truncated!: boolean;
}

export class ReasonCountDto {
  @ApiProperty({ example: 'not_visible' }) reason!: string;
  @ApiPropertyOptional({ example: 'Not visible' }) title?: string;
  @ApiPropertyOptional({ example: 'The person is outside the visible range of the app.' }) text?: string;
  @ApiProperty({ example: 4 }) count!: number;
}

export class RankedReasonDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '81013',
    description: 'Reason, code of the vendor, account, template (null: none) or caller',
  })
  key!: string | null;
  @ApiPropertyOptional({ example: EXAMPLES.channel, description: 'Of a code of the vendor' }) channel?: string;
  @ApiPropertyOptional({ example: 'not_visible', description: 'What the code was judged as' }) reason?: string;
  @ApiPropertyOptional({ example: 'Not visible', description: 'As `Accept-Language` asks' }) title?: string;
  @ApiPropertyOptional({ example: 'Nobody of the recipients may see the app.' }) text?: string;
  @ApiPropertyOptional({ example: 'Add the people to the visible range of the app.' }) hint?: string;
  @ApiProperty({ example: 4 }) count!: number;
  @ApiProperty({ example: 0.4, description: 'Of `total`' }) share!: number;
  @ApiPropertyOptional({
    type: [ReasonCountDto],
    description: 'The five most frequent ones, of an account, template or caller',
  })
  reasons?: readonly ReasonCountDto[];
}

export class ReasonRankingDto {
  @ApiProperty({ example: FROM }) createdAfter!: string;
  @ApiProperty({ example: TO }) createdBefore!: string;
  @ApiProperty({ enum: REASON_GROUPS, example: 'provider_code' }) groupBy!: ReasonGroupBy;
  @ApiProperty({ example: 10, description: 'Recipients that got nothing, or calls that were refused' }) total!: number;
  @ApiProperty({ type: [RankedReasonDto], description: 'The 100 most frequent ones' })
  data!: readonly RankedReasonDto[];
}

export class RecountedHourDto {
  @ApiProperty({ example: FROM, description: 'Beginning of the hour' }) hour!: string;
  @ApiProperty({ enum: ['due', 'counted'], example: 'counted' }) status!: 'due' | 'counted';
  @ApiPropertyOptional({ example: TO }) countedAt?: string;
  @ApiProperty({ example: 0, description: 'By how much figures were wrong, in all; they are put right' })
  differences!: number;
}

export class RecountAskedDto {
  @ApiProperty({
    type: [String],
    example: [FROM],
    description: 'The hours that are counted again, one after the other',
  })
  hours!: readonly string[];
}
