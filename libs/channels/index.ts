export type {
  AccountFinding,
  Addressee,
  Addressing,
  ChannelDefinition,
  ChannelHandler,
  FetchedToken,
  LimitDefinition,
  Mention,
  OutboundDelivery,
  ProviderCall,
  RecallSupport,
  RefusedRecipient,
  RouteOption,
  SendReceipt,
  SentDelivery,
} from './channel.js';
export { ChannelRegistry } from './channel-registry.js';
export {
  ContentKind,
  bodyOf,
  checkRendered,
  checkStructure,
  contentKindOf,
  describeContent,
  type Content,
  type ContentKindDescription,
} from './content.js';
export { FAMILIES, FAMILY_NAMES, familyOf, isFamilyName, type FamilyDefinition, type FamilyName } from './families.js';
export {
  BooleanField,
  ChoiceField,
  IntegerField,
  ListField,
  ObjectField,
  RENDERED,
  TextField,
  TextsField,
  fieldsOf,
  type FieldDescriptor,
  type FieldFormat,
} from './fields.js';
export {
  CALL_DEADLINE_MS,
  PROVIDER_HTTP,
  type ProviderHttp,
  type ProviderRequest,
  type ProviderResponse,
} from './provider-http.js';
export { CHANNELS } from './registry.js';
export { UndiciProviderHttp } from './undici-provider-http.js';
