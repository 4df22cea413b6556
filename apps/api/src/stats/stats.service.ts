import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, ValidationError, type Clock, type Language } from '#libs/core';
import { ReasonsReader, SeriesReader, StatsReader, type StatFilter } from '#libs/insight';
import { seesAllCallers, type Identity } from '#libs/security';
import { readerOf } from '../messages/message-visibility.js';
import { rangeOf, seriesRangeOf } from './stat-range.js';
import type { ReasonRankingDto, SummaryDto, TimeSeriesDto } from './stats.dto.js';
import type { ReasonsQuery, StatsQuery, SummaryQuery, TimeSeriesQuery } from './stats.query.js';

/** The readers of figures. */
@Injectable()
export class StatReaders {
  constructor(
    @Inject(StatsReader) readonly stats: StatsReader,
    @Inject(SeriesReader) readonly series: SeriesReader,
    @Inject(ReasonsReader) readonly reasons: ReasonsReader,
  ) {}
}

/** Figures as an identity may see them: a caller's key sees its own. */
@Injectable()
export class StatsService {
  constructor(
    @Inject(StatReaders) private readonly readers: StatReaders,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async summarize({ groupBy, ...query }: SummaryQuery, identity: Identity): Promise<SummaryDto> {
    const filter = { ...visible(query, identity), ...rangeOf(query, this.clock.now()) };
    const { createdAfter, createdBefore, ...summary } = await this.readers.stats.summarize(filter, groupBy);
    return { ...instants({ createdAfter, createdBefore }), ...summary };
  }

  async series(query: TimeSeriesQuery, identity: Identity): Promise<TimeSeriesDto> {
    const { bucket, groupBy, metric, timeZone = this.config.stats.timeZone } = query;
    if (metric !== 'count' && (groupBy === 'status' || groupBy === 'reason')) {
      const message =
        'must be a channel, template, account or caller with this metric: only what was sent has a latency';
      throw new ValidationError([{ parameter: 'groupBy', code: 'invalid_value', message }]);
    }
    const range = seriesRangeOf(query, this.clock.now(), this.config.stats);
    const series = await this.readers.series.read({
      ...visible(query, identity),
      ...range,
      bucket,
      metric,
      timeZone,
      ...(groupBy && { groupBy }),
    });
    const buckets = series.buckets.map((at) => at.toISOString());
    return {
      ...instants(series),
      bucket,
      metric,
      timeZone,
      buckets,
      series: series.series,
      truncated: series.truncated,
    };
  }

  async reasons(
    { groupBy, ...query }: ReasonsQuery,
    identity: Identity,
    language: Language,
  ): Promise<ReasonRankingDto> {
    const filter = { ...visible(query, identity), ...rangeOf(query, this.clock.now()) };
    const { items, total, ...range } = await this.readers.reasons.rank(filter, groupBy, readerOf(identity, language));
    return { ...instants(range), groupBy, total, data: items };
  }
}

const instants = (
  range: Pick<StatFilter, 'createdAfter' | 'createdBefore'>,
): Record<'createdAfter' | 'createdBefore', string> => ({
  createdAfter: range.createdAfter.toISOString(),
  createdBefore: range.createdBefore.toISOString(),
});

const visible = (
  { account, caller, channel, template }: StatsQuery,
  identity: Identity,
): Omit<StatFilter, 'createdAfter' | 'createdBefore'> => ({
  ...(!seesAllCallers(identity) && { ownerId: identity.callerId }),
  ...(channel && { channel }),
  ...(template && { template }),
  ...(account && { account }),
  ...(caller && { caller }),
});
