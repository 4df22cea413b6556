import { validateShape, type ClassOf, type Fault, type JsonObject, type LocalizedText } from '#libs/core';
import { RENDERED, fieldsOf, type FieldDescriptor } from './fields.js';

export interface ContentKindOptions {
  /** The vendor's message type, e.g. `text`, `textcard`, `action_card`. */
  readonly kind: string;
  readonly label: LocalizedText;
  /** A body that is valid on its own; shown in the console and used by the catalogue's tests. */
  readonly example: JsonObject;
  /** Checks over several fields, in vendor's words; runs on rendered content. */
  readonly check?: (content: JsonObject) => readonly Fault[];
}

const KIND = Symbol('kind');

/** Declares a class as the body of one content kind; its fields carry the vendor's names. */
export const ContentKind =
  (options: ContentKindOptions): ClassDecorator =>
  (target) =>
    Reflect.defineMetadata(KIND, options, target);

export function contentKindOf(type: ClassOf<object>): ContentKindOptions {
  const options = Reflect.getMetadata(KIND, type) as ContentKindOptions | undefined;
  if (!options) throw new TypeError(`${type.name} lacks @ContentKind`);
  return options;
}

/** A content as a template or an inline message gives it: `kind` plus the vendor's fields. */
export type Content = JsonObject & { readonly kind: string };

/** The body without `kind`. */
export function bodyOf(content: Content): JsonObject {
  const { kind: _kind, ...body } = content;
  return body;
}

/** Faults of a template's content: structure and types only, since placeholders hide the final lengths. */
export function checkStructure(type: ClassOf<object>, body: JsonObject, base: readonly (string | number)[]): Fault[] {
  return validateShape(type, body, { groups: ['structure'], base }).faults;
}

/** Faults of rendered content: structure, lengths, patterns and the kind's own rules. */
export function checkRendered(type: ClassOf<object>, body: JsonObject, base: readonly (string | number)[]): Fault[] {
  const { faults } = validateShape(type, body, { groups: [RENDERED], base });
  if (faults.length > 0) return faults;
  return [...(contentKindOf(type).check?.(body) ?? [])];
}

export interface ContentKindDescription {
  readonly kind: string;
  readonly label: LocalizedText;
  readonly example: JsonObject;
  readonly fields: readonly FieldDescriptor[];
}

export const describeContent = (type: ClassOf<object>): ContentKindDescription => {
  const { kind, label, example } = contentKindOf(type);
  return { kind, label, example, fields: fieldsOf(type) };
};
