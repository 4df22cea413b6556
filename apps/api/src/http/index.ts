export { AnswerInTime } from './answer-in-time.js';
export { ApiPage, ApiProblems } from './api-docs.decorators.js';
export { AsGiven } from './as-given.js';
export { MAX_INTEGER } from './limits.js';
export { decodeCursor, encodeCursor, pageOf, idCursor, type CursorPosition, type Page } from './cursor.js';
export { etagOf, requireMatch } from './etag.js';
export { createHttpAdapter, installGate } from './http-adapter.js';
export { HttpModule } from './http.module.js';
export { InstantDate, IsInstant } from './is-instant.js';
export { BodyError, parseJsonBody } from './json-body.js';
export { ListQuery } from './list.query.js';
export { readFileForm, type FileForm } from './multipart.js';
export { List, MAX_FILTER_VALUES, Repeated, Texts } from './query-filters.js';
export { singleTexts } from './query-texts.js';
export { ProblemDto } from './problem.dto.js';
export { problemOf, toDomainError, type Problem, type ProblemContext } from './problem.js';
export { CurrentIdentity, OptionalIdentity, RequestId, RequestLanguage } from './request.decorators.js';
export { RequestGate } from './request-gate.js';
export {
  BodyLimit,
  KEY_SCHEME,
  Public,
  RawBody,
  RequireAnyScope,
  RequireScopes,
  StreamBody,
  TakesFile,
  type Access,
} from './route-access.js';
export { TABLE_TYPES } from './stream-body.js';
export { DEFAULT_TIME_ZONE, IsTimeZone } from './time-zone.js';
export { parameterFaults } from './shape.pipe.js';
