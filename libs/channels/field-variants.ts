import type { ClassOf, JsonObject, LocalizedText } from '#libs/core';
import { ChoiceField, fieldsOf, type FieldDescriptor } from './fields.js';

export interface VariantFieldOptions {
  readonly label: LocalizedText;
  /** By value of the field: a class with `@ContentKind` that declares the field again, and those that go with it. */
  readonly variants: Readonly<Record<string, ClassOf<object>>>;
}

/** A choice that decides which fields the content around it has, e.g. the type of a card. Always required. */
export const VariantField = ({ label, variants }: VariantFieldOptions): PropertyDecorator =>
  ChoiceField({ label, values: Object.keys(variants), variants });

/** The field of a class that decides about the others, where it has one. */
export const variantFieldOf = (type: ClassOf<object>): FieldDescriptor | undefined =>
  fieldsOf(type).find(({ variants }) => variants !== undefined);

/** The class that describes this very value: the variant that its field chooses, else the class itself. */
export function shapeOf(type: ClassOf<object>, value: JsonObject): ClassOf<object> {
  const field = variantFieldOf(type);
  const chosen = field && value[field.name];
  if (!field?.variants || typeof chosen !== 'string' || !Object.hasOwn(field.variants, chosen)) return type;
  return field.variants[chosen] ?? type;
}
