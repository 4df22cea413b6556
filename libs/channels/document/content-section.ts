import type { ClassOf, JsonObject } from '#libs/core';
import { contentKindOf } from '../content.js';
import { variantFieldOf } from '../field-variants.js';
import { fieldsOf, type FieldDescriptor } from '../fields.js';
import { both, code, codes, paragraphs, plain, sizeText, table } from './markdown.js';

const FIELD_COLUMNS = ['field', 'meaning · 含义', 'type', 'limit', 'required', 'placeholders', 'notes'];

/** One content kind: its fields, those nested in them, and an example. */
export function contentSection(type: ClassOf<object>): string {
  const { kind, label } = contentKindOf(type);
  const field = variantFieldOf(type);
  const variants = Object.entries(field?.variants ?? {});
  const heading = `#### ${code(kind)} – ${both(label)}`;
  if (!field || variants.length === 0) return paragraphs(heading, fieldTable(type), example(type));
  const choice = `${code(field.name)} decides which fields there are: ${codes(variants.map(([value]) => value))}.`;
  return paragraphs(
    heading,
    choice,
    ...variants.map(([value, variant]) =>
      paragraphs(`**${code(value)} – ${both(contentKindOf(variant).label)}**`, fieldTable(variant), example(variant)),
    ),
  );
}

const fieldTable = (type: ClassOf<object>): string => table(FIELD_COLUMNS, fieldRows(type, ''));

const fieldRows = (type: ClassOf<object>, prefix: string): string[][] =>
  fieldsOf(type).flatMap((field) => [
    fieldRow(field, prefix),
    ...(field.item ? fieldRows(field.item(), `${prefix}${field.name}${field.type === 'list' ? '[]' : ''}.`) : []),
  ]);

function fieldRow(field: FieldDescriptor, prefix: string): string[] {
  return [
    code(prefix + field.name),
    both(field.label),
    typeText(field),
    limitText(field),
    field.required ? 'yes' : '',
    field.format ? field.format : '',
    [
      field.visibleWhen ? `with ${code(field.visibleWhen.field)} ${codes(field.visibleWhen.values)}` : '',
      field.limit && field.vendorCuts ? 'the vendor would cut' : '',
      field.shortFor ? `stands for ${code(field.shortFor)}` : '',
      field.hint ? both(field.hint) : '',
    ]
      .filter(Boolean)
      .join('; '),
  ];
}

function typeText({ accepts = [], media, shortFor, type, values }: FieldDescriptor): string {
  if (type === 'choice') return `one of ${codes(values ?? [])}`;
  if (type !== 'media') return type;
  return shortFor ? `${media}: asset id` : `${media}: ${['asset', ...accepts].join(', ')}`;
}

function limitText({ limit, max, maxItems, min, minItems, soft }: FieldDescriptor): string {
  const parts = [
    limit ? `≤ ${sizeText(limit)}` : '',
    soft ? `advised ≤ ${sizeText(soft)}` : '',
    range(min, max, ''),
    range(minItems, maxItems, ' items'),
  ];
  return parts.filter(Boolean).join('; ');
}

function range(least: number | undefined, most: number | undefined, what: string): string {
  if (least !== undefined && most !== undefined) return `${least}–${most}${what}`;
  if (most !== undefined) return `≤ ${most}${what}`;
  return least === undefined ? '' : `≥ ${least}${what}`;
}

function example(type: ClassOf<object>): string {
  const { example: body, kind } = contentKindOf(type);
  const shown: JsonObject = { kind, ...body };
  const lines = JSON.stringify(shown, null, 2);
  return ['<details><summary>Example</summary>', '', '```json', lines, '```', '', '</details>'].join('\n');
}

/** Fields of an account: what a person enters when setting it up. */
export const accountTable = (type: ClassOf<object>): string =>
  table(
    ['field', 'meaning · 含义', 'type', 'required', 'secret', 'notes'],
    fieldsOf(type).map((field) => [
      code(field.name),
      both(field.label),
      typeText(field),
      field.required ? 'yes' : '',
      field.secret ? 'yes' : '',
      [field.hint ? both(field.hint) : '', field.example === undefined ? '' : `e.g. ${plain(String(field.example))}`]
        .filter(Boolean)
        .join('; '),
    ]),
  );
