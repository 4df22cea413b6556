import { plainToInstance } from 'class-transformer';
import {
  ValidateIf,
  getMetadataStorage,
  validateSync,
  type ValidationError as ClassValidatorError,
} from 'class-validator';
import type { Fault } from './errors.js';
import { jsonPointer } from './json.js';
import { isSound } from './sound-shape.js';

export type ClassOf<T> = new () => T;

/** What a validator may attach as `context` so that its fault carries a stable code and figures. */
export interface FaultContext {
  readonly code: string;
  readonly limit?: number;
  readonly unit?: Fault['unit'];
  readonly actual?: (value: unknown) => number;
}

const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'unknown_field',
  unknownValue: 'wrong_type',
  isDefined: 'missing_field',
  isNotEmpty: 'missing_field',
  arrayNotEmpty: 'missing_field',
  isString: 'wrong_type',
  isNumber: 'wrong_type',
  isInt: 'wrong_type',
  isBoolean: 'wrong_type',
  isArray: 'wrong_type',
  isObject: 'wrong_type',
  nestedValidation: 'wrong_type',
  maxLength: 'too_long',
  isLength: 'invalid_length',
  arrayMaxSize: 'too_many_items',
  arrayMinSize: 'too_few_items',
  arrayUnique: 'duplicate_item',
  min: 'out_of_range',
  max: 'out_of_range',
};

function isFaultContext(value: unknown): value is FaultContext {
  return typeof value === 'object' && value !== null && 'code' in value;
}

function contextOf(error: ClassValidatorError, constraint: string): FaultContext | undefined {
  const context: unknown = error.contexts?.[constraint];
  return isFaultContext(context) ? context : undefined;
}

function toFault(error: ClassValidatorError, path: readonly (string | number)[], name: string, text: string): Fault {
  const pointer = jsonPointer(...path);
  const value: unknown = error.value;
  if (value === undefined && name !== 'whitelistValidation') {
    return { pointer, code: 'missing_field', message: `${error.property} is required` };
  }
  const context = contextOf(error, name);
  if (!context) return { pointer, code: CODES[name] ?? 'invalid_value', message: text };
  return { pointer, code: context.code, message: text, ...figuresOf(context, value) };
}

function figuresOf({ actual, limit, unit }: FaultContext, value: unknown): Pick<Fault, 'actual' | 'limit' | 'unit'> {
  return {
    ...(limit !== undefined && { limit }),
    ...(unit !== undefined && { unit }),
    ...(actual !== undefined && { actual: actual(value) }),
  };
}

/** Flattens class-validator's error tree into faults with JSON pointers, one fault per field and cause. */
export function faultsFrom(errors: readonly ClassValidatorError[], base: readonly (string | number)[] = []): Fault[] {
  return errors.flatMap((error) => {
    const path = [...base, error.property];
    const own = Object.entries(error.constraints ?? {}).map(([name, text]) => toFault(error, path, name, text));
    const distinct = own.filter((fault, index) => own.findIndex((other) => other.code === fault.code) === index);
    // A value of the wrong type fails every other check as well: that says nothing more.
    const wrongType = distinct.filter(({ code }) => code === 'wrong_type');
    return [...(wrongType.length > 0 ? wrongType : distinct), ...faultsFrom(error.children ?? [], path)];
  });
}

/** Fields called like what every object inherits: the transformer drops them before anybody could say they are unknown. */
const inheritedNames = (plain: object, base: readonly (string | number)[] = []): Fault[] =>
  Object.keys(plain)
    .filter((name) => name in Object.prototype)
    .map((name) => ({
      pointer: jsonPointer(...base, name),
      code: 'unknown_field',
      message: `property ${name} should not exist`,
    }));

/** Absent or null, where that is not the same: null is kept, and says something. Elsewhere `@IsOptional()` takes null as absent. */
export const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_, value: unknown) => value !== undefined && value !== null);

const optionalFields = new WeakMap<object, ReadonlySet<string>>();

/** Names of the fields that a class marks with `@IsOptional()`. */
function optionalFieldsOf(prototype: object): ReadonlySet<string> {
  const known = optionalFields.get(prototype);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(prototype.constructor, '', false, false);
  const found = new Set(rules.filter((rule) => rule.name === 'isOptional').map((rule) => rule.propertyName));
  optionalFields.set(prototype, found);
  return found;
}

/** An optional field that is null is one that is not given. Objects without a class of their own stay as they are. */
function dropNulls(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(dropNulls);
  if (typeof value !== 'object' || value === null) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null || prototype === Object.prototype) return;
  const optional = optionalFieldsOf(prototype);
  for (const [name, member] of Object.entries(value)) {
    if (member === null && optional.has(name)) Reflect.deleteProperty(value, name);
    else dropNulls(member);
  }
}

export interface ShapeOptions {
  readonly groups?: readonly string[];
  readonly base?: readonly (string | number)[];
  /** The class takes its values as they are given: it has no transformation, or nobody wants the value. */
  readonly asGiven?: boolean;
}

/** Validates plain JSON against a class-validator class; unknown fields are faults, optional nulls are dropped. Never throws. */
export function validateShape<T extends object>(
  type: ClassOf<T>,
  plain: object,
  options: ShapeOptions = {},
): { readonly value: T; readonly faults: Fault[] } {
  const inherited = inheritedNames(plain, options.base);
  const sound = inherited.length === 0 ? soundValue(type, plain, options) : undefined;
  if (sound) return { value: sound, faults: [] };
  const value = plainToInstance(type, plain);
  dropNulls(value);
  const errors = validateSync(value, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    ...(options.groups && { groups: [...options.groups] }),
  });
  return { value, faults: [...inherited, ...faultsFrom(errors, options.base)] };
}

/** The short way for what is plainly right; undefined: it has to be looked at closely. */
function soundValue<T extends object>(type: ClassOf<T>, plain: object, options: ShapeOptions): T | undefined {
  const given: unknown[] = Object.values(plain);
  if ((!options.asGiven && given.length > 0) || given.includes(null)) return undefined;
  const value = Object.assign(new type(), plain);
  return isSound(value, options.groups) ? value : undefined;
}
