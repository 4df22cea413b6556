import { describeContent, familyOf, fieldsOf, type ChannelDefinition, type FieldDescriptor } from '#libs/channels';
import type { ClassOf, JsonObject, LocalizedText, SizeLimit } from '#libs/core';

/** A field of an account or a content kind, with everything a form needs. */
export interface FieldAnswer {
  readonly name: string;
  readonly type: FieldDescriptor['type'];
  readonly label: LocalizedText;
  readonly hint?: LocalizedText;
  readonly required: boolean;
  readonly secret?: boolean;
  readonly multiline?: boolean;
  readonly example?: string | number | boolean;
  /** Longer values are refused. */
  readonly limit?: SizeLimit;
  /** Advised only. */
  readonly soft?: SizeLimit;
  readonly values?: readonly (string | number)[];
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Of an `object`, or of each item of a `list`. */
  readonly fields?: readonly FieldAnswer[];
  readonly min?: number;
  readonly max?: number;
  readonly media?: FieldDescriptor['media'];
  readonly accepts?: FieldDescriptor['accepts'];
  readonly formats?: FieldDescriptor['formats'];
  readonly maxBytes?: number;
  readonly shortFor?: string;
  /** Of a `choice` that decides about the other fields: what each value makes of the content. */
  readonly variants?: readonly VariantAnswer[];
}

export interface VariantAnswer {
  readonly value: string;
  readonly label: LocalizedText;
  readonly example: JsonObject;
  readonly fields: readonly FieldAnswer[];
}

export interface ContentKindAnswer {
  readonly kind: string;
  readonly label: LocalizedText;
  readonly example: JsonObject;
  readonly fields: readonly FieldAnswer[];
}

export type ChannelAnswer = Pick<
  ChannelDefinition,
  'name' | 'family' | 'label' | 'addressing' | 'options' | 'limits' | 'recall' | 'receipts' | 'bodyLimit'
> & {
  readonly familyLabel: LocalizedText;
  readonly accountFields: readonly FieldAnswer[];
  readonly contentKinds: readonly ContentKindAnswer[];
  /** Whether calls carry an access token that is fetched with the account's credentials. */
  readonly hasToken: boolean;
  readonly canCheck: boolean;
  /** Path of its error codes. */
  readonly errorsPath: string;
};

function describeField({ item, variants, format: _format, ...field }: FieldDescriptor): FieldAnswer {
  return {
    ...field,
    ...(item && { fields: describeFields(item()) }),
    ...(variants && { variants: Object.entries(variants).map(([value, type]) => describeVariant(value, type)) }),
  };
}

function describeVariant(value: string, type: ClassOf<object>): VariantAnswer {
  const { label, example, fields } = describeKind(type);
  return { value, label, example, fields };
}

const describeFields = (type: ClassOf<object>): readonly FieldAnswer[] => fieldsOf(type).map(describeField);

function describeKind(type: ClassOf<object>): ContentKindAnswer {
  const { kind, label, example } = describeContent(type);
  return { kind, label, example, fields: describeFields(type) };
}

/** What the catalogue tells about a channel; labels in both languages. */
export function describeChannel(channel: ChannelDefinition): ChannelAnswer {
  return {
    name: channel.name,
    family: channel.family,
    familyLabel: familyOf(channel.family).label,
    label: channel.label,
    accountFields: describeFields(channel.account),
    contentKinds: channel.contents.map(describeKind),
    addressing: channel.addressing,
    options: channel.options,
    limits: channel.limits,
    recall: channel.recall,
    receipts: channel.receipts,
    ...(channel.bodyLimit && { bodyLimit: channel.bodyLimit }),
    hasToken: channel.fetchToken !== undefined,
    canCheck: channel.checkAccount !== undefined,
    errorsPath: `/v1/channels/${channel.name}/errors`,
  };
}
