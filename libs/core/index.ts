export { maskAddresses } from './addresses.js';
export { CLOCK, systemClock, type Clock } from './clock.js';
export {
  AmbiguousDeliveryError,
  ConfigError,
  ConflictError,
  CredentialError,
  DeliveryError,
  HongyanError,
  InvariantError,
  MediaRejectedError,
  NotFoundError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
  UnavailableError,
  ValidationError,
  type ErrorDetails,
  type Fault,
  type ProviderFault,
  type RefusedAddressee,
} from './errors.js';
export { idTime, isUuid, lowestIdAt, newId } from './ids.js';
export {
  answerIn,
  canonicalJson,
  isJsonObject,
  jsonPointer,
  listOf,
  numberOf,
  objectOf,
  objectsOf,
  sha256,
  textOf,
  type JsonObject,
  type JsonPrimitive,
  type JsonValue,
} from './json.js';
export {
  bytes,
  characters,
  cutText,
  hasLoneSurrogate,
  hasNul,
  sizeOf,
  storableText,
  type Language,
  type LocalizedText,
  type SizeLimit,
  type SizeUnit,
} from './text.js';
export { isTimeZone } from './time-zone.js';
export { faultsFrom, MayBeNull, validateShape, type ClassOf } from './validation.js';
export { ERROR_CATALOGUE, describeError, type ErrorEntry, type ErrorLogLevel } from './error-catalogue.js';
export {
  REASONS,
  REMEDIES,
  describeReason,
  reasonSentence,
  type ReasonEntry,
  type ReasonGroup,
  type RemedyId,
} from './reasons/index.js';
