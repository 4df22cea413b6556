import { isJsonObject, jsonPointer, type ClassOf, type Fault, type JsonObject, type JsonValue } from '#libs/core';
import { fieldsOf, type FieldDescriptor } from './fields.js';
import { shapeOf } from './field-variants.js';

type Path = readonly (string | number)[];

/** What is wrong with an object as a whole; `path` leads from it to the field to blame. */
export interface BrokenRule extends Omit<Fault, 'pointer' | 'parameter'> {
  readonly path: Path;
}

/**
 * A check over several fields of one object. Runs on a template's text and again on rendered content, so that it may
 * only refuse what no value of a placeholder can mend. Values can be of any type.
 */
export type Rule = (value: JsonObject) => readonly BrokenRule[];

const RULES = Symbol('rules');

/** Declares the rules of a content class, or of a class nested in one. */
export const Rules =
  (...rules: readonly Rule[]): ClassDecorator =>
  (target) =>
    Reflect.defineMetadata(RULES, rules, target);

const rulesOf = (type: ClassOf<object>): readonly Rule[] =>
  (Reflect.getMetadata(RULES, type) as readonly Rule[] | undefined) ?? [];

/** Faults of the object and of everything nested in it. */
export function ruleFaults(type: ClassOf<object>, value: JsonObject, base: Path): Fault[] {
  const shape = shapeOf(type, value);
  const broken = rulesOf(shape).flatMap((rule) => rule(value));
  return [
    ...broken.map(({ path, ...fault }) => ({ ...fault, pointer: jsonPointer(...base, ...path) })),
    ...fieldsOf(shape).flatMap((field) => nestedFaults(field, value[field.name], [...base, field.name])),
  ];
}

function nestedFaults({ item }: FieldDescriptor, value: JsonValue | undefined, path: Path): Fault[] {
  if (!item) return [];
  if (isJsonObject(value)) return ruleFaults(item(), value, path);
  const entries = Array.isArray(value) ? [...value.entries()] : [];
  return entries.flatMap(([index, entry]) => (isJsonObject(entry) ? ruleFaults(item(), entry, [...path, index]) : []));
}

/** Whether a field has something in it; a placeholder counts until it is rendered. */
export const isGiven = (value: JsonValue | undefined): boolean => value !== undefined && value !== null && value !== '';

export const missing = (...path: Path): BrokenRule => ({
  path,
  code: 'missing_field',
  message: `${String(path.at(-1))} is required`,
});

export const invalid = (path: Path, message: string): BrokenRule => ({ path, code: 'invalid_value', message });

/** `name` must be given where `field` has the value. */
export const requiredWhen =
  (field: string, value: string | number, name: string): Rule =>
  (object) =>
    object[field] !== value || isGiven(object[name])
      ? []
      : [{ ...missing(name), message: `${name} is required where ${field} is ${value}` }];

/** At least one of the fields must be given; the first one is blamed. */
export const oneOf =
  (first: string, ...others: readonly string[]): Rule =>
  (object) =>
    [first, ...others].some((name) => isGiven(object[name]))
      ? []
      : [{ ...missing(first), message: `${[first, ...others].join(' or ')} is required` }];

/** `name` may only be given together with `other`. */
export const onlyWith =
  (name: string, other: string): Rule =>
  (object) =>
    isGiven(object[name]) && !isGiven(object[other])
      ? [{ ...missing(other), message: `${other} is required together with ${name}` }]
      : [];

/** No two entries of the list share the value of `name`. */
export const uniqueIn =
  (list: string, name: string): Rule =>
  (object) => {
    const entries = Array.isArray(object[list]) ? object[list] : [];
    const values = entries.map((entry) => (isJsonObject(entry) ? entry[name] : undefined));
    return values.flatMap((value, index) =>
      isGiven(value) && values.indexOf(value) < index
        ? [{ path: [list, index, name], code: 'duplicate_item', message: `${name} must be different in each entry` }]
        : [],
    );
  };
