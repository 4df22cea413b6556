export { MARKUP, PREVIEW_PARTS, type Markup, type PreviewPart } from './look.js';
export { RESENDS_AFTER_AMBIGUITY } from './channel.js';
export { accountSecrets } from './account-secrets.js';
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
  RecallAnswer,
  RecallSupport,
  RefusedRecipient,
  RepeatCheck,
  RouteOption,
  SendReceipt,
  SentDelivery,
} from './channel.js';
export {
  CallbackRefusedError,
  type CallbackEvent,
  type CallbackFault,
  type CallbackReply,
  type CallbackRequest,
  type CallbackSupport,
  type CardClick,
  type ReceivedCallback,
} from './callback.js';
export type { CardAudience, CardUpdate, CardUpdateAnswer, CardUpdateSupport } from './card-update.js';
export { ChannelRegistry } from './channel-registry.js';
export {
  CompatRefusedError,
  type CompatFault,
  type CompatLogin,
  type CompatLoginForm,
  type CompatMessage,
  type CompatQuery,
  type CompatSendForm,
  type CompatSupport,
} from './compat.js';
export {
  ContentKind,
  bodyOf,
  checkRendered,
  checkStructure,
  contentKindOf,
  describeContent,
  PREVIEW_LAYOUTS,
  examplesOf,
  type Content,
  type ContentKindDescription,
  type PreviewLayout,
  type MergeContents,
} from './content.js';
export type { CustomerPage, CustomerSupport, ListedCustomer, ListedTag } from './customers.js';
export type { DirectorySupport, ListedDepartment, ListedUser, LoginFlow, LoginPage, UserPage } from './directory.js';
export { FAMILIES, FAMILY_NAMES, familyOf, isFamilyName, type FamilyDefinition, type FamilyName } from './families.js';
export { Rules, isGiven, oneOf, onlyWith, requiredWhen, uniqueIn, type BrokenRule, type Rule } from './field-rules.js';
export { VariantField, shapeOf, variantFieldOf } from './field-variants.js';
export {
  BooleanField,
  ChoiceField,
  IntegerField,
  ListField,
  NumberField,
  ObjectField,
  RENDERED,
  TextField,
  TextsField,
  fieldsOf,
  type FieldDescriptor,
  type FieldFormat,
  type MediaForm,
  type MediaKind,
} from './fields.js';
export { AssetField, MediaField, isAssetReference } from './media-field.js';
export type { MediaFile, MediaRule, MediaSupport, UploadForm, UploadedMedia } from './media.js';
export type { ProviderCall } from './provider-call.js';
export {
  PROVIDER_ERROR_CLASSES,
  explanationOf,
  type ProviderErrorCase,
  type ProviderErrorClass,
  type ProviderErrorRule,
  type ProviderErrorTable,
} from './provider-errors.js';
export {
  CALL_DEADLINE_MS,
  PROVIDER_HTTP,
  type ProviderHttp,
  type ProviderRequest,
  type ProviderResponse,
} from './provider-http.js';
export type { AddresseeReceipt, FetchedReceipts, ReceiptSupport } from './receipts.js';
export { CHANNELS } from './registry.js';
export { UndiciProviderHttp } from './undici-provider-http.js';
