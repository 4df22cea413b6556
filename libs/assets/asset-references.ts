import { bodyOf, fieldsOf, isAssetReference, shapeOf, type Content, type FieldDescriptor } from '#libs/channels';
import { isJsonObject, type ClassOf, type JsonObject, type JsonValue } from '#libs/core';

export type Path = readonly (string | number)[];

/** A text of a content that may stand for an asset. */
export interface MediaText {
  /** Leads to the text. */
  readonly path: Path;
  readonly text: string;
  /** The field that holds the vendor's form; of a short form the one that it stands for. */
  readonly field: FieldDescriptor;
  /** `"asset": "<id>"` instead of `"media_id": "asset:<id>"`. */
  readonly isShort: boolean;
}

/** A text that does stand for an asset. */
export interface AssetReference extends MediaText {
  /** As written: perhaps no id at all, or one with a placeholder in it. */
  readonly assetId: string;
  /** The field itself is filled as well: one of the two is too much. */
  readonly isCrowded: boolean;
}

const PREFIX = 'asset:';

/** Every media text of a content, nested ones included; a body of the wrong shape has fewer. */
export function mediaTexts(type: ClassOf<object>, body: JsonObject, base: Path = []): MediaText[] {
  const fields = fieldsOf(shapeOf(type, body));
  return fields.flatMap((field) => textsOf(field, fields, body[field.name], [...base, field.name]));
}

function textsOf(
  field: FieldDescriptor,
  siblings: readonly FieldDescriptor[],
  value: JsonValue | undefined,
  path: Path,
): MediaText[] {
  if (field.type === 'media' && typeof value === 'string') {
    const target = siblings.find(({ name }) => name === field.shortFor);
    return [{ path, text: value, field: target ?? field, isShort: target !== undefined }];
  }
  const { item } = field;
  if (!item) return [];
  if (isJsonObject(value)) return mediaTexts(item(), value, path);
  const entries = Array.isArray(value) ? [...value.entries()] : [];
  return entries.flatMap(([index, entry]) => (isJsonObject(entry) ? mediaTexts(item(), entry, [...path, index]) : []));
}

/** The assets that a content names, in the order of its fields. */
export function assetReferences(type: ClassOf<object>, content: Content, base: Path = []): AssetReference[] {
  const texts = mediaTexts(type, bodyOf(content), base);
  const given = new Set(texts.filter(({ text }) => text !== '').map(({ path }) => path.join('/')));
  return texts.flatMap((text) => {
    const assetId = assetIdOf(text);
    if (assetId === undefined) return [];
    const isCrowded = text.isShort && given.has([...text.path.slice(0, -1), text.field.name].join('/'));
    return [{ ...text, assetId, isCrowded }];
  });
}

function assetIdOf({ isShort, text }: MediaText): string | undefined {
  if (isAssetReference(text)) return text.slice(PREFIX.length);
  return isShort && text !== '' ? text : undefined;
}

/** The same content with each asset replaced by what the vendor takes. The content itself stays as it is. */
export function withVendorForms(
  type: ClassOf<object>,
  content: Content,
  formOf: (reference: AssetReference) => string,
): Content {
  const references = assetReferences(type, content);
  if (references.length === 0) return content;
  const copy = structuredClone(content);
  for (const reference of references) {
    const holder = objectAt(copy, reference.path.slice(0, -1));
    if (reference.isShort) delete holder[String(reference.path.at(-1))];
    holder[reference.field.name] = formOf(reference);
  }
  return copy;
}

/** The object that holds a media text; there is one, or the text would not have been found. */
function objectAt(root: JsonObject, path: Path): Record<string, JsonValue> {
  return path.reduce<Record<string, JsonValue>>(
    (holder, step) => holder[step] as Record<string, JsonValue>,
    root as Record<string, JsonValue>,
  );
}
