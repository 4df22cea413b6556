export { InsightModule } from './insight.module.js';
export { QueueLinesReader, type QueueLine } from './stats/queue-lines.reader.js';
export { ReasonsReader, type ReasonItem, type ReasonRanking } from './stats/reasons.reader.js';
export { RecountStore, type CountedMinute, type Difference, type RecountedHour } from './stats/recount.store.js';
export { oldestOf } from './stats/segments.js';
export { SeriesReader, type Series, type TimeSeries } from './stats/series.reader.js';
export { StatFoldStore } from './stats/stat-fold.store.js';
export {
  METRICS,
  PLACES,
  REASON_GROUPS,
  SERIES_GROUPS,
  STAT_STATUSES,
  type Metric,
  type Place,
  type ReasonGroupBy,
  type SeriesGroup,
  type StatFilter,
} from './stats/stat-query.js';
export { GRAINS, type Grain } from './stats/stat-tables.js';
export { StatsReader, type StatSummary, type SummaryGroup } from './stats/stats.reader.js';
export type { Summary } from './stats/summary.js';
