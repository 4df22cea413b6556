import fc from 'fast-check';
import type { JsonValue } from '#libs/core';
import { exampleOf } from './examples.js';
import type { ApiDescription, Parameter, Schema } from './operations.js';

type Json = fc.Arbitrary<JsonValue>;

const MAX_DEPTH = 6;

/** Texts that break what trusts them: control characters, half characters, markup, paths, formats of other things. */
const NASTY: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202eabc',
  '😀'.repeat(40),
  "' OR 1=1 --",
  '{{constructor}}',
  '{{',
  '__proto__',
  '../../etc/passwd',
  '%00%2e%2e',
  'asset:0199aaaa-0000-7000-8000-000000000000',
  '0199aaaa-0000-7000-8000-00000000000g',
  '9999-99-99T99:99:99Z',
  '-271821-04-20T00:00:00.000Z',
  'NaN',
  '1e400',
  'x'.repeat(5_000),
];

const anyText: Json = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 40 }), fc.uuid());
const anyNumber: Json = fc.oneof(
  fc.constantFrom(0, -1, 1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 0.1),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const anything: Json = fc.oneof(
  anyText,
  anyNumber,
  fc.constantFrom<JsonValue>(null, true, false, [], {}),
  fc.array(anyText, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 10 }), anyText, { maxKeys: 3, noNullPrototype: true }),
);

/** Mostly values as the schema has them, now and then something else altogether. */
export function valueOf(schema: Schema, description: ApiDescription, depth = 0): Json {
  const own = description.resolve(schema);
  const example = exampleOf(own, description);
  const options: fc.WeightedArbitrary<JsonValue>[] = [
    { weight: 6, arbitrary: depth > MAX_DEPTH ? anything : typed(own, description, depth) },
    { weight: 1, arbitrary: anything },
    ...(example === undefined ? [] : [{ weight: 5, arbitrary: fc.constant(example) }]),
  ];
  return fc.oneof(...options);
}

function typed(schema: Schema, description: ApiDescription, depth: number): Json {
  const { additionalProperties, items, properties } = schema;
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (choices) return fc.oneof(...choices.map((choice) => valueOf(choice, description, depth + 1)));
  if (properties) return objectOf(schema, description, depth);
  if (items) return fc.array(valueOf(items, description, depth + 1), { maxLength: 4 });
  if (additionalProperties)
    return fc.dictionary(fc.string({ maxLength: 12 }), anything, { maxKeys: 4, noNullPrototype: true });
  return scalar(schema);
}

function objectOf({ properties = {}, required = [] }: Schema, description: ApiDescription, depth: number): Json {
  const members = Object.entries(properties).map(
    ([name, part]) => [name, valueOf(part, description, depth + 1)] as const,
  );
  return fc
    .record(Object.fromEntries(members), {
      requiredKeys: [...required].filter((name) => name in properties),
      noNullPrototype: true,
    })
    .map((value) => value as JsonValue);
}

function scalar({ format, type }: Schema): Json {
  if (type === 'integer' || type === 'number') return anyNumber;
  if (type === 'boolean') return fc.boolean();
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === 'uuid') return fc.uuid();
  return type === 'string' ? anyText : anything;
}

/** Some of a call's query parameters. */
export function queryOf(
  parameters: readonly Parameter[],
  description: ApiDescription,
): fc.Arbitrary<Record<string, JsonValue>> {
  const members = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) => [name, valueOf(schema ?? {}, description)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<
    Record<string, JsonValue>
  >;
}

/** Texts for a path: without those that no client can send. */
export const pathText: fc.Arbitrary<string> = fc
  .oneof(fc.constantFrom(...NASTY.slice(0, 16)), fc.string({ unit: 'binary', maxLength: 20 }), fc.uuid())
  .filter((text) => text.isWellFormed() && text !== '');
