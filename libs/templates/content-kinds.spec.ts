import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CHANNELS,
  ChannelRegistry,
  contentKindOf,
  examplesOf,
  fieldsOf,
  shapeOf,
  type Content,
  type FieldDescriptor,
} from '#libs/channels';
import { isJsonObject, jsonPointer, sizeOf, type ClassOf, type JsonObject, type JsonValue } from '#libs/core';
import type { CompiledRoute } from './compiled-template.js';
import { renderRoute } from './render-route.js';
import { compileTemplate } from './template-compiler.js';
import { makeDefinition } from './testing/factories.js';

const channels = new ChannelRegistry(CHANNELS);

const isProse = ({ type, format }: FieldDescriptor): boolean => type === 'text' && format !== 'key' && format !== 'url';

/** The body with a change made to each text along the fields of its class. */
function mapTexts(
  type: ClassOf<object>,
  body: JsonObject,
  change: (field: FieldDescriptor, text: string, pointer: string) => string,
  at: readonly (string | number)[] = [],
): JsonObject {
  const fields = new Map(fieldsOf(shapeOf(type, body)).map((field) => [field.name, field]));
  const mapValue = (field: FieldDescriptor, value: JsonValue, path: readonly (string | number)[]): JsonValue => {
    if (typeof value === 'string') return change(field, value, jsonPointer(...path));
    if (Array.isArray(value)) return value.map((entry, index) => mapValue(field, entry, [...path, index]));
    return isJsonObject(value) && field.item ? mapTexts(field.item(), value, change, path) : value;
  };
  const members = Object.entries(body).map(([name, value]) => {
    const field = fields.get(name);
    return [name, field ? mapValue(field, value, [...at, name]) : value];
  });
  return Object.fromEntries(members) as JsonObject;
}

/** Texts of a rendered content that are longer than their limit. */
function overlongIn(type: ClassOf<object>, content: JsonObject): string[] {
  const found: string[] = [];
  mapTexts(type, content, ({ limit }, text, pointer) => {
    if (limit && sizeOf(text, limit.unit) > limit.size) found.push(pointer);
    return text;
  });
  return found;
}

const hasHalfCharacter = (value: unknown): boolean => /\\ud[89a-f][0-9a-f]{2}/i.test(JSON.stringify(value));

interface Case {
  readonly name: string;
  readonly type: ClassOf<object>;
  readonly route: (onOverlong: boolean) => CompiledRoute;
}

function caseOf(channel: string, type: ClassOf<object>, example: JsonObject): Case {
  const { kind } = contentKindOf(type);
  const body = mapTexts(type, example, (field, text) => (isProse(field) ? '{{v}}' : text));
  const route = (cuts: boolean): CompiledRoute => {
    const options = cuts ? { onOverlong: 'cut' } : {};
    const routes = [{ channel, accounts: ['a'], content: { ...body, kind } as Content, options }];
    const [compiled] = compileTemplate(channels, 'kinds', 1, makeDefinition({ routes })).routes;
    if (!compiled) throw new TypeError('a template has a route');
    return compiled;
  };
  const variant = shapeOf(type, example) === type ? '' : ` ${contentKindOf(shapeOf(type, example)).label.en}`;
  return { name: `${channel} ${kind}${variant}`, type, route };
}

const CASES = CHANNELS.flatMap(({ name, contents }) =>
  contents.flatMap((type) => examplesOf(type).map((example) => caseOf(name, type, example))),
);

/** Emoji with joiners and flags, right-to-left, combining marks, four bytes, and what markup is made of. */
const PIECES = [
  '👨‍👩‍👧‍👦',
  '🇨🇳',
  '𠮷',
  'مرحبا',
  '\u202e',
  'é',
  '鸿雁',
  '<',
  '>',
  '&',
  '"',
  '\n',
  '\u2028',
  '](',
  '@all',
  '{{v}}',
];
const unicode = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 60 })
  .chain((pieces) => fc.constantFrom(1, 1, 40).map((count) => pieces.join('').repeat(count)));

describe.each(CASES.map((entry) => [entry.name, entry] as const))('any text in %s', (_name, { type, route }) => {
  const [refusing, cutting] = [route(false), route(true)];
  const { handler } = refusing.channel;

  it('is refused or within every limit', () => {
    fc.assert(
      fc.property(unicode, (v) => {
        const { content, faults } = renderRoute(refusing, { v });
        const refused = faults.filter(({ code }) => code === 'content_too_long').map(({ pointer }) => pointer);
        for (const pointer of overlongIn(type, content)) expect(refused).toContain(`/routes/0/content${pointer}`);
        expect(hasHalfCharacter(content)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it('is cut to fit between characters, into a request that is well-formed', () => {
    fc.assert(
      fc.property(unicode, (v) => {
        const { content, faults, notes } = renderRoute(cutting, { v });
        expect(overlongIn(type, content)).toEqual([]);
        expect(hasHalfCharacter(content)).toBe(false);
        expect(faults.filter(({ pointer }) => notes.some((note) => note.pointer === pointer))).toEqual([]);
        const delivery = { deliveryId: 'm-1', content, addressees: [], mentions: [], options: {} };
        const body = handler.buildBody(delivery, {});
        expect(JSON.parse(JSON.stringify(body))).toEqual(body);
      }),
      { numRuns: 25 },
    );
  });
});
