import { validateShape, type ClassOf, type Fault, type JsonObject, type LocalizedText } from '#libs/core';
import { ruleFaults } from './field-rules.js';
import { shapeOf, variantFieldOf } from './field-variants.js';
import { RENDERED, fieldsOf, type FieldDescriptor } from './fields.js';

type Path = readonly (string | number)[];

/** How a preview draws a kind; it needs no other knowledge of it. */
export const PREVIEW_LAYOUTS = ['bubble', 'markdown', 'image', 'voice', 'video', 'file', 'card', 'articles'] as const;
export type PreviewLayout = (typeof PREVIEW_LAYOUTS)[number];

export interface ContentKindOptions {
  /** The vendor's message type, e.g. `text`, `textcard`, `action_card`. */
  readonly kind: string;
  readonly label: LocalizedText;
  /** Absent: a text in a bubble. */
  readonly layout?: PreviewLayout;
  /** A body that is valid on its own; shown in the console and used by the catalogue's tests. */
  readonly example: JsonObject;
  /** Group channels: how several contents of the kind become one. Absent: they always travel singly. */
  readonly merge?: MergeContents;
}

/**
 * Joins the bodies of rendered contents into one, oldest first, everything that a reader would have seen in it.
 * Pure, and never longer with fewer of them. `left`: how many more travel in another message.
 */
export type MergeContents = (bodies: readonly JsonObject[], left: number) => JsonObject;

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

/** The shape's faults, then those of rules that blame something else. */
function faultsIn(type: ClassOf<object>, body: JsonObject, group: string, base: Path): Fault[] {
  const shape = shapeOf(type, body);
  const found = validateShape(shape, body, { groups: [group], base, asGiven: true }).faults;
  // While the variant is not known, nothing can be said about the fields that go with it.
  const faults = variantFieldOf(shape) ? found.filter(({ code }) => code !== 'unknown_field') : found;
  const blamed = new Set(faults.map(({ pointer }) => pointer));
  return [...faults, ...ruleFaults(shape, body, base).filter(({ pointer }) => !blamed.has(pointer))];
}

/** Faults of a template's content: structure, types and rules only, since placeholders hide the final lengths. */
export const checkStructure = (type: ClassOf<object>, body: JsonObject, base: Path): Fault[] =>
  faultsIn(type, body, 'structure', base);

/** Faults of rendered content: structure, lengths, patterns and the kind's own rules. */
export const checkRendered = (type: ClassOf<object>, body: JsonObject, base: Path): Fault[] =>
  faultsIn(type, body, RENDERED, base);

export interface ContentKindDescription {
  readonly kind: string;
  readonly label: LocalizedText;
  readonly layout: PreviewLayout;
  readonly example: JsonObject;
  readonly fields: readonly FieldDescriptor[];
}

export const describeContent = (type: ClassOf<object>): ContentKindDescription => {
  const { kind, label, layout = 'bubble', example } = contentKindOf(type);
  return { kind, label, layout, example, fields: fieldsOf(type) };
};

/** The example of a kind, or those of its variants where it has any. */
export function examplesOf(type: ClassOf<object>): readonly JsonObject[] {
  const variants = variantFieldOf(type)?.variants;
  return (variants ? Object.values(variants) : [type]).map((variant) => contentKindOf(variant).example);
}
