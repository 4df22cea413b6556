import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { sizeOf, type ClassOf, type LocalizedText, type SizeLimit } from '#libs/core';

/** Checks of this group need final values: they run on rendered content, not on a template's text. */
export const RENDERED = 'rendered';

/**
 * How a placeholder's value is written into a field so that the reader sees exactly the value:
 * `text` and `markdown` break active constructs, `html` escapes entities, `url` percent-encodes, `plain` is verbatim
 * (short labels that the vendor never interprets), `key` is verbatim (callback keys, ids).
 */
export type FieldFormat = 'text' | 'markdown' | 'html' | 'url' | 'plain' | 'key';

interface CommonOptions {
  readonly label: LocalizedText;
  readonly hint?: LocalizedText;
  readonly required?: boolean;
  readonly example?: string | number | boolean;
}

export interface TextFieldOptions extends CommonOptions {
  /** Certain limit: content above it is refused. */
  readonly limit?: SizeLimit;
  /** Advised limit: shown, never enforced. */
  readonly soft?: SizeLimit;
  readonly format?: FieldFormat;
  readonly multiline?: boolean;
  /** Written by a person setting up an account, never shown again. */
  readonly secret?: boolean;
  /** May the text be empty? Required texts may not. */
  readonly allowEmpty?: boolean;
  readonly pattern?: { readonly test: (text: string) => boolean; readonly message: string };
}

export interface FieldDescriptor extends CommonOptions {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'boolean' | 'choice' | 'texts' | 'object' | 'list';
  readonly required: boolean;
  readonly limit?: SizeLimit;
  readonly soft?: SizeLimit;
  readonly format?: FieldFormat;
  readonly multiline?: boolean;
  readonly secret?: boolean;
  readonly values?: readonly (string | number)[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly item?: () => ClassOf<object>;
}

const FIELDS = Symbol('fields');

/** The declared fields of a content or account class, in order of declaration, inherited ones first. */
export function fieldsOf(type: ClassOf<object>): readonly FieldDescriptor[] {
  const own: unknown = Reflect.getMetadata(FIELDS, type.prototype as object);
  return Array.isArray(own) ? (own as FieldDescriptor[]) : [];
}

function register(target: object, descriptor: FieldDescriptor): void {
  const inherited: unknown = Reflect.getMetadata(FIELDS, target);
  const list = Array.isArray(inherited) ? (inherited as FieldDescriptor[]) : [];
  Reflect.defineMetadata(FIELDS, [...list.filter((field) => field.name !== descriptor.name), descriptor], target);
}

const ALWAYS: ValidationOptions = { always: true };

function withinLimit(limit: SizeLimit): PropertyDecorator {
  return ValidateBy(
    {
      name: 'contentSize',
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || sizeOf(value, limit.unit) <= limit.size,
        defaultMessage: () => `must not be longer than ${limit.size} ${limit.unit}`,
      },
    },
    {
      groups: [RENDERED],
      context: {
        code: 'content_too_long',
        limit: limit.size,
        unit: limit.unit,
        actual: (value: unknown) => sizeOf(String(value), limit.unit),
      },
    },
  );
}

const notEmpty = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'contentNotEmpty',
      validator: { validate: (value: unknown) => value !== '', defaultMessage: () => 'must not be empty' },
    },
    { always: true, context: { code: 'content_empty' } },
  );

const matches = (pattern: NonNullable<TextFieldOptions['pattern']>): PropertyDecorator =>
  ValidateBy(
    {
      name: 'contentPattern',
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || pattern.test(value),
        defaultMessage: () => pattern.message,
      },
    },
    { groups: [RENDERED], context: { code: 'invalid_value' } },
  );

function field(
  descriptor: Omit<FieldDescriptor, 'name' | 'required'> & { readonly required?: boolean },
  validators: readonly PropertyDecorator[],
): PropertyDecorator {
  return (target, key) => {
    const required = descriptor.required ?? true;
    for (const decorate of validators) decorate(target, key);
    if (!required) IsOptional(ALWAYS)(target, key);
    register(target, { ...descriptor, name: String(key), required });
  };
}

export function TextField(options: TextFieldOptions): PropertyDecorator {
  const { pattern, allowEmpty, ...shown } = options;
  const mayBeEmpty = allowEmpty ?? options.required === false;
  return field({ ...shown, type: 'text', format: options.format ?? 'plain' }, [
    IsString(ALWAYS),
    ...(mayBeEmpty ? [] : [notEmpty()]),
    ...(options.limit ? [withinLimit(options.limit)] : []),
    ...(pattern ? [matches(pattern)] : []),
  ]);
}

export const IntegerField = (options: CommonOptions): PropertyDecorator =>
  field({ ...options, type: 'integer' }, [IsInt(ALWAYS)]);

export const BooleanField = (options: CommonOptions): PropertyDecorator =>
  field({ ...options, type: 'boolean' }, [IsBoolean(ALWAYS)]);

export const ChoiceField = (
  options: CommonOptions & { readonly values: readonly (string | number)[] },
): PropertyDecorator => field({ ...options, type: 'choice' }, [IsIn([...options.values], ALWAYS)]);

/** A list of plain strings. */
export const TextsField = (
  options: CommonOptions & { readonly maxItems?: number; readonly secret?: boolean },
): PropertyDecorator =>
  field({ ...options, type: 'texts' }, [
    IsArray(ALWAYS),
    IsString({ always: true, each: true }),
    ...(options.maxItems === undefined ? [] : [ArrayMaxSize(options.maxItems, ALWAYS)]),
  ]);

export const ObjectField = (options: CommonOptions & { readonly item: () => ClassOf<object> }): PropertyDecorator =>
  field({ ...options, type: 'object' }, [IsObject(ALWAYS), ValidateNested(ALWAYS), Type(options.item)]);

export const ListField = (
  options: CommonOptions & {
    readonly item: () => ClassOf<object>;
    readonly minItems?: number;
    readonly maxItems?: number;
  },
): PropertyDecorator =>
  field({ ...options, type: 'list' }, [
    IsArray(ALWAYS),
    ...(options.minItems === undefined ? [] : [ArrayMinSize(options.minItems, ALWAYS)]),
    ...(options.maxItems === undefined ? [] : [ArrayMaxSize(options.maxItems, ALWAYS)]),
    ValidateNested({ always: true, each: true }),
    Type(options.item),
  ]);
