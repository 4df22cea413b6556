import type { components } from './schema.js';

type Schemas = components['schemas'];

export type Me = Schemas['MeDto'];
export type Scope = Me['scopes'][number];
export type Problem = Schemas['ProblemDto'];
export type Fault = Schemas['FaultDto'];
export type Message = Schemas['MessageDto'];
export type Delivery = Schemas['DeliveryDto'];
export type Recipient = Schemas['RecipientDto'];
export type Attempt = Schemas['AttemptDto'];
export type TimelineEvent = Schemas['TimelineEventDto'];
export type Provider = Schemas['ProviderDto'];
export type Reason = Schemas['ReasonEntryDto'];
export type Channel = Schemas['ChannelDto'];
export type ContentKind = Schemas['ContentKindDto'];
export type Field = Schemas['FieldDto'];
export type Label = Schemas['LabelDto'];
export type Template = Schemas['TemplateDto'];
export type NewTemplate = Schemas['NewTemplateDto'];
export type TemplateSummary = Schemas['TemplateSummaryDto'];
export type TemplateVersion = Schemas['TemplateVersionDto'];
export type RoutePreview = Schemas['RoutePreviewDto'];
export type Account = Schemas['AccountDto'];
export type AccountCheck = Schemas['AccountCheckDto'];
export type Quota = Schemas['QuotaDto'];
export type Queue = Schemas['QueueDto'];
export type Recall = Schemas['RecallDto'];
export type RecallResult = Schemas['RecallResultDto'];
export type RecallPreview = Schemas['RecallPreviewDto'];
export type NewRecall = Schemas['NewRecallDto'];
export type DeadLetter = Schemas['DeadLetterDto'];
export type ReplayJob = Schemas['ReplayJobDto'];
export type ApiKey = Schemas['ApiKeyDto'];
export type Balance = Schemas['BalanceDto'];
export type Summary = Schemas['SummaryDto'];
export type SummaryGroup = Schemas['SummaryGroupDto'];
export type TimeSeries = Schemas['TimeSeriesDto'];
export type RankedReason = Schemas['RankedReasonDto'];
export type QueueLine = Schemas['QueueLineDto'];
export type Hit = Schemas['HitDto'];
export type Explanation = Schemas['ExplanationDto'];
export type Station = Schemas['StationDto'];
export type Fact = Schemas['FactDto'];
export type Verdict = Schemas['VerdictDto'];
export type Candidate = Schemas['CandidateDto'];
export type Remedy = Schemas['LabeledRemedyDto'];
export type Replay = Schemas['ReplayDto'];
export type MessageReplayPreview = Schemas['MessageReplayPreviewDto'];
export type RecipientGroup = Schemas['RecipientGroupDto'];
export type AuditEntry = Schemas['AuditEntryDto'];
export type Import = Schemas['ImportDto'];
export type Person = Schemas['PersonDto'];
export type PeopleReport = Schemas['ImportReportDto'];
export type Sync = Schemas['SyncDto'];
export type Conflict = Schemas['ConflictDto'];
export type SandboxEntry = Schemas['SandboxEntryDto'];
export type SandboxFault = Schemas['SandboxFaultDto'];

/** A page of a list. */
export interface Page<Row> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
}
