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
export type { Fate, FateFilter, FatePosition } from './explain/fate.js';
export { reasonOf } from './explain/fate.js';
export { STATION_NAMES, type StationName, type StationResult } from './explain/decision.js';
export { ExplainService, type Candidate, type Explanation, type ExplainRequest } from './explain/explain.service.js';
export type { Fact, Station } from './explain/stations.js';
export { VERDICT_TEXTS, type VerdictCode } from './explain/texts.js';
export type { Verdict, VerdictFamily } from './explain/verdict.js';
export { MessageExport } from './export/message-export.js';
export { RecallReport } from './export/recall-report.js';
export { TICKET_SECONDS, TicketStore, type Ticket } from './export/ticket.store.js';
export { FindingModule } from './finding.module.js';
export { RejectionLog } from './rejections/rejection-log.js';
export { REJECTION_DAYS, type Rejection, type RejectionFilter, type RejectionRow } from './rejections/rejection.js';
export { RejectionStore } from './rejections/rejection.store.js';
export { HIT_TYPES, SearchService, type Hit, type HitType, type SearchScope } from './search/search.service.js';
