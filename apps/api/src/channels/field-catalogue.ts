import { describeContent, fieldsOf, type FieldDescriptor, type PreviewLayout } from '#libs/channels';
import type { ClassOf, JsonObject, LocalizedText, SizeLimit } from '#libs/core';

/** The controls that a form is drawn of. */
export const FIELD_CONTROLS = [
  'text',
  'textarea',
  'markdown',
  'url',
  'secret',
  'number',
  'switch',
  'select',
  'multiselect',
  'asset',
  'object',
  'list',
] as const;
export type FieldControl = (typeof FIELD_CONTROLS)[number];

/** A length with what becomes of a longer text: the vendor would cut or refuse it, or it only shows less. */
export type LengthAnswer = SizeLimit & { readonly onExcess: 'cut' | 'refuse' | 'soft' };

type Told =
  | 'accepts'
  | 'default'
  | 'example'
  | 'formats'
  | 'group'
  | 'help'
  | 'hint'
  | 'label'
  | 'markup'
  | 'max'
  | 'maxBytes'
  | 'maxItems'
  | 'media'
  | 'min'
  | 'minItems'
  | 'multiline'
  | 'name'
  | 'part'
  | 'pattern'
  | 'required'
  | 'secret'
  | 'shortFor'
  | 'type'
  | 'values'
  | 'visibleWhen';

/** A field of an account or a content kind, with everything a form needs. */
export type FieldAnswer = Pick<FieldDescriptor, Told> & {
  /** The control that suits it. */
  readonly kind: FieldControl;
  /** Longer values are refused, unless a route says that they are cut. */
  readonly limit?: LengthAnswer;
  /** Advised only. */
  readonly soft?: LengthAnswer;
  /** Of an `object`, or of each item of a `list`. */
  readonly fields?: readonly FieldAnswer[];
  /** Of a `choice` that decides about the other fields: what each value makes of the content. */
  readonly variants?: readonly VariantAnswer[];
};

export interface VariantAnswer {
  readonly value: string;
  readonly label: LocalizedText;
  readonly example: JsonObject;
  readonly fields: readonly FieldAnswer[];
}

export interface ContentKindAnswer {
  readonly kind: string;
  readonly label: LocalizedText;
  /** How a preview draws it. */
  readonly layout: PreviewLayout;
  readonly example: JsonObject;
  readonly fields: readonly FieldAnswer[];
}

const CONTROLS = {
  text: 'text',
  media: 'asset',
  integer: 'number',
  number: 'number',
  boolean: 'switch',
  choice: 'select',
  texts: 'multiselect',
  object: 'object',
  list: 'list',
} as const satisfies Record<FieldDescriptor['type'], FieldControl>;

function controlOf({ format, multiline, secret, type }: FieldDescriptor): FieldControl {
  if (type !== 'text') return CONTROLS[type];
  if (secret) return 'secret';
  if (format === 'markdown' || format === 'url') return format;
  return multiline ? 'textarea' : 'text';
}

function describeField(descriptor: FieldDescriptor): FieldAnswer {
  const { format: _format, item, limit, soft, variants, vendorCuts, ...field } = descriptor;
  return {
    ...field,
    kind: controlOf(descriptor),
    ...(limit && { limit: { ...limit, onExcess: vendorCuts ? ('cut' as const) : ('refuse' as const) } }),
    ...(soft && { soft: { ...soft, onExcess: 'soft' as const } }),
    ...(item && { fields: describeFields(item()) }),
    ...(variants && { variants: Object.entries(variants).map(([value, type]) => describeVariant(value, type)) }),
  };
}

function describeVariant(value: string, type: ClassOf<object>): VariantAnswer {
  const { label, example, fields } = describeKind(type);
  return { value, label, example, fields };
}

export const describeFields = (type: ClassOf<object>): readonly FieldAnswer[] => fieldsOf(type).map(describeField);

export const describeKind = (type: ClassOf<object>): ContentKindAnswer => ({
  ...describeContent(type),
  fields: describeFields(type),
});
