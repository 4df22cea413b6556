import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import {
  GRAINS,
  METRICS,
  PLACES,
  REASON_GROUPS,
  SERIES_GROUPS,
  type Grain,
  type Metric,
  type Place,
  type ReasonGroupBy,
  type SeriesGroup,
} from '#libs/insight';
import { InstantDate, IsTimeZone, Texts } from '../http/index.js';
import { EXAMPLES } from '../messages/examples.js';

export class StatsQuery {
  @Texts('Channels', EXAMPLES.channel)
  channel?: string[];

  @Texts('Template codes', 'order-paid')
  template?: string[];

  @Texts('Accounts', 'sales-app')
  account?: string[];

  @Texts('Codes of callers', 'shop')
  caller?: string[];

  @ApiPropertyOptional({
    description: 'Accepted at or after, down to the minute. Default: a day before `createdBefore`',
    type: String,
    format: 'date-time',
    example: '2026-11-21T00:00:00.000Z',
  })
  @IsOptional()
  @InstantDate()
  createdAfter?: Date;

  @ApiPropertyOptional({
    description: 'Accepted before, up to the minute. Default: now',
    type: String,
    format: 'date-time',
    example: '2026-11-22T00:00:00.000Z',
  })
  @IsOptional()
  @InstantDate()
  createdBefore?: Date;
}

export class SummaryQuery extends StatsQuery {
  @ApiPropertyOptional({ description: 'Also the figures of the 100 largest groups', enum: PLACES })
  @IsOptional()
  @IsIn([...PLACES])
  groupBy?: Place;
}

export class TimeSeriesQuery extends StatsQuery {
  @ApiPropertyOptional({
    description:
      'Minutes of at most a day, hours of at most 62 days, days of at most ten years. Without `createdAfter`: an hour, a day, 30 days',
    enum: GRAINS,
    default: 'hour',
  })
  @IsOptional()
  @IsIn([...GRAINS])
  bucket: Grain = 'hour';

  @ApiPropertyOptional({
    description: '`count`: recipients; latencies and time in line only of those that were sent to',
    enum: METRICS,
    default: 'count',
  })
  @IsOptional()
  @IsIn([...METRICS])
  metric: Metric = 'count';

  @ApiPropertyOptional({
    description: 'One series per group, the 50 largest. `status` and `reason` with `metric=count` only',
    enum: SERIES_GROUPS,
  })
  @IsOptional()
  @IsIn([...SERIES_GROUPS])
  groupBy?: SeriesGroup;

  @ApiPropertyOptional({
    description: 'Whose midnights end the days. Default: `HONGYAN_STATS_TIME_ZONE`',
    type: String,
    example: 'Asia/Shanghai',
  })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
}

export class ReasonsQuery extends StatsQuery {
  @ApiPropertyOptional({
    description: '`provider_code` counts calls, the others recipients',
    enum: REASON_GROUPS,
    default: 'reason',
  })
  @IsOptional()
  @IsIn([...REASON_GROUPS])
  groupBy: ReasonGroupBy = 'reason';
}

export class RecountDto {
  @ApiPropertyOptional({
    description: 'Messages accepted in the hours from this one on. Default: three days before `createdBefore`',
    type: String,
    format: 'date-time',
    example: '2026-11-21T00:00:00.000Z',
  })
  @IsOptional()
  @InstantDate()
  createdAfter?: Date;

  @ApiPropertyOptional({
    description: 'Default: now',
    type: String,
    format: 'date-time',
    example: '2026-11-22T00:00:00.000Z',
  })
  @IsOptional()
  @InstantDate()
  createdBefore?: Date;
}
