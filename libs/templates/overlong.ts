import { fieldsOf, shapeOf, type Content, type FieldDescriptor, type FieldFormat } from '#libs/channels';
import {
  cutText,
  jsonPointer,
  sizeOf,
  type ClassOf,
  type Fault,
  type JsonValue,
  type SizeLimit,
  type SizeUnit,
} from '#libs/core';

type Path = readonly (string | number)[];

/** What was done to a content to make it fit, worth a line in the timeline. */
export interface RenderNote {
  readonly code: 'content_cut';
  readonly pointer: string;
  readonly limit: number;
  /** Size before the cut. */
  readonly actual: number;
  readonly unit: SizeUnit;
}

export interface OverlongContent {
  /** The content before mentions were written into it. */
  readonly plain: Content;
  /** Writes the mentions. */
  readonly complete: (content: Content) => Content;
  readonly faults: readonly Fault[];
  readonly base: Path;
}

/** What a cut leaves unfinished at the end: an entity or a tag that has begun. */
const UNFINISHED: Readonly<Partial<Record<FieldFormat, RegExp>>> = {
  html: /(?:&[#\w]{0,8}|<[^<>]{0,512})(?=…$)/,
  text: /<(?:a\s|\/|@|font)[^<>]{0,512}(?=…$)/i,
  markdown: /<(?:a\s|\/|@|font)[^<>]{0,512}(?=…$)/i,
};

/** Links and keys lose their meaning when cut: they stay faults. */
const isCuttable = (field: FieldDescriptor): boolean => field.format !== 'url' && field.format !== 'key';

interface PlacedField {
  readonly path: Path;
  readonly field: FieldDescriptor;
}

function limitedTexts(type: ClassOf<object>, value: JsonValue | undefined, path: Path): PlacedField[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return fieldsOf(shapeOf(type, value)).flatMap((field) => {
    const member = value[field.name];
    const at = [...path, field.name];
    if (typeof member === 'string') return field.limit && isCuttable(field) ? [{ path: at, field }] : [];
    const { item } = field;
    if (!item) return [];
    if (!Array.isArray(member)) return limitedTexts(item(), member, at);
    return member.flatMap((entry, index) => limitedTexts(item(), entry, [...at, index]));
  });
}

function textAt(content: JsonValue | undefined, [head, ...rest]: Path): string {
  if (head === undefined) return typeof content === 'string' ? content : '';
  if (Array.isArray(content)) return textAt(content[Number(head)], rest);
  return typeof content === 'object' && content !== null ? textAt(content[String(head)], rest) : '';
}

function withText(content: JsonValue, [head, ...rest]: Path, text: string): JsonValue {
  if (head === undefined) return text;
  if (Array.isArray(content)) {
    return content.map((entry, index) => (index === head ? withText(entry, rest, text) : entry));
  }
  if (typeof content !== 'object' || content === null) return content;
  return { ...content, [head]: withText(content[String(head)] ?? null, rest, text) };
}

function shorten(text: string, limit: SizeLimit, format: FieldFormat): string {
  const cut = cutText(text, limit);
  const unfinished = UNFINISHED[format];
  return cut === text || !unfinished ? cut : cut.replace(unfinished, '');
}

/** Cuts every over-long text to its limit, leaving room for what the mentions add to it. */
export function cutOverlong(
  type: ClassOf<object>,
  { plain, complete, faults, base }: OverlongContent,
): { readonly content: Content; readonly notes: RenderNote[] } {
  const full = complete(plain);
  const notes: RenderNote[] = [];
  let shortened = plain;
  for (const { path, field } of limitedTexts(type, full, [])) {
    const pointer = jsonPointer(...base, ...path);
    const { limit } = field;
    if (!limit || !faults.some((fault) => fault.pointer === pointer && fault.code === 'content_too_long')) continue;
    const actual = sizeOf(textAt(full, path), limit.unit);
    const added = actual - sizeOf(textAt(plain, path), limit.unit);
    const room = { ...limit, size: Math.max(0, limit.size - added) };
    shortened = withText(shortened, path, shorten(textAt(plain, path), room, field.format ?? 'plain')) as Content;
    notes.push({ code: 'content_cut', pointer, limit: limit.size, actual, unit: limit.unit });
  }
  return { content: complete(shortened), notes };
}
