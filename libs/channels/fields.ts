import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { sizeOf, type ClassOf, type LocalizedText, type SizeLimit } from '#libs/core';
import type { Markup, PreviewPart } from './look.js';

/** Checks of this group need final values: they run on rendered content, not on a template's text. */
export const RENDERED = 'rendered';

/**
 * How a placeholder's value is written into a field so that the reader sees exactly the value:
 * `text` and `markdown` break active constructs, `html` escapes entities, `url` percent-encodes, `plain` is verbatim
 * (short labels that the vendor never interprets), `key` is verbatim (callback keys, ids).
 */
export type FieldFormat = 'text' | 'markdown' | 'html' | 'url' | 'plain' | 'key';

export interface CommonOptions {
  readonly label: LocalizedText;
  readonly hint?: LocalizedText;
  readonly required?: boolean;
  readonly example?: string | number | boolean;
  /** What holds when the field is left out. */
  readonly default?: string | number | boolean;
  /** Fields of one group stand together under its name. */
  readonly group?: LocalizedText;
  /** The field counts only while the other field of the same object has one of these values. */
  readonly visibleWhen?: { readonly field: string; readonly values: readonly (string | number)[] };
  /** What readers see of it. Absent: nothing, or what its own fields show. */
  readonly part?: PreviewPart;
  /** Where the vendor explains the value, or shows it. */
  readonly help?: { readonly url: string };
}

export interface TextFieldOptions extends CommonOptions {
  /** Certain limit: content above it is refused. */
  readonly limit?: SizeLimit;
  /** Above the limit the vendor would not refuse, but cut. */
  readonly vendorCuts?: boolean;
  /** Advised limit: shown, never enforced. */
  readonly soft?: SizeLimit;
  readonly format?: FieldFormat;
  /** What the vendor's clients show of markup in it; absent: its characters. */
  readonly markup?: readonly Markup[];
  readonly multiline?: boolean;
  /** Written by a person setting up an account, never shown again. */
  readonly secret?: boolean;
  /** May the text be empty? Required texts may not. */
  readonly allowEmpty?: boolean;
  readonly pattern?: TextPattern;
}

export interface TextPattern {
  readonly test: (text: string) => boolean;
  readonly message: string;
  /** The same as a regular expression, for forms. */
  readonly source?: string;
}

export interface FieldDescriptor extends CommonOptions {
  readonly name: string;
  readonly type: 'text' | 'media' | 'integer' | 'number' | 'boolean' | 'choice' | 'texts' | 'object' | 'list';
  readonly required: boolean;
  readonly limit?: SizeLimit;
  readonly vendorCuts?: boolean;
  readonly soft?: SizeLimit;
  /** What a value must match, as a regular expression, where it is one. */
  readonly pattern?: string;
  readonly format?: FieldFormat;
  readonly markup?: readonly Markup[];
  readonly multiline?: boolean;
  readonly secret?: boolean;
  readonly values?: readonly (string | number)[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly item?: () => ClassOf<object>;
  readonly min?: number;
  readonly max?: number;
  /** Of a `media` field: what it holds, and in which forms beside `asset:<id>`. */
  readonly media?: MediaKind;
  readonly accepts?: readonly MediaForm[];
  /** Of a `media` field that holds the bytes themselves: extensions of what they may be, and the most of them. */
  readonly formats?: readonly string[];
  readonly maxBytes?: number;
  /** Of a `media` field: it takes a bare asset id and stands for the field of this name. */
  readonly shortFor?: string;
  /** Of a `choice`: the class that each value makes of the object around it. */
  readonly variants?: Readonly<Record<string, ClassOf<object>>>;
}

export type MediaKind = 'image' | 'voice' | 'video' | 'file';

/** The vendor's id of an upload, a web address, or the bytes themselves. */
export type MediaForm = 'media_id' | 'url' | 'base64';

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

/** Declares a field with the validators of its value; the decorators below are made of it. */
export function defineField(
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

export const TextField = (options: TextFieldOptions): PropertyDecorator => textFieldAs({ type: 'text' }, options);

/** A text that is described as something more special, e.g. as a reference to media. */
export function textFieldAs(
  special: Pick<FieldDescriptor, 'type'> & Partial<FieldDescriptor>,
  options: TextFieldOptions,
): PropertyDecorator {
  const { pattern, allowEmpty, ...shown } = options;
  const mayBeEmpty = allowEmpty ?? options.required === false;
  const source = pattern?.source === undefined ? {} : { pattern: pattern.source };
  return defineField({ ...shown, ...source, format: options.format ?? 'plain', ...special }, [
    IsString(ALWAYS),
    ...(mayBeEmpty ? [] : [notEmpty()]),
    ...(options.limit ? [withinLimit(options.limit)] : []),
    ...(pattern ? [matches(pattern)] : []),
  ]);
}

export const IntegerField = (options: CommonOptions): PropertyDecorator =>
  defineField({ ...options, type: 'integer' }, [IsInt(ALWAYS)]);

/** A number with or without a fraction, both ends included. */
export const NumberField = (
  options: CommonOptions & { readonly min: number; readonly max: number },
): PropertyDecorator =>
  defineField({ ...options, type: 'number' }, [
    IsNumber({}, ALWAYS),
    Min(options.min, ALWAYS),
    Max(options.max, ALWAYS),
  ]);

export const BooleanField = (options: CommonOptions): PropertyDecorator =>
  defineField({ ...options, type: 'boolean' }, [IsBoolean(ALWAYS)]);

export const ChoiceField = (
  options: CommonOptions & Pick<FieldDescriptor, 'variants'> & { readonly values: readonly (string | number)[] },
): PropertyDecorator => defineField({ ...options, type: 'choice' }, [IsIn([...options.values], ALWAYS)]);

/** A list of plain strings. */
export const TextsField = (
  options: CommonOptions & { readonly maxItems?: number; readonly secret?: boolean },
): PropertyDecorator =>
  defineField({ ...options, type: 'texts' }, [
    IsArray(ALWAYS),
    IsString({ always: true, each: true }),
    ...(options.maxItems === undefined ? [] : [ArrayMaxSize(options.maxItems, ALWAYS)]),
  ]);

export const ObjectField = (options: CommonOptions & { readonly item: () => ClassOf<object> }): PropertyDecorator =>
  defineField({ ...options, type: 'object' }, [IsObject(ALWAYS), ValidateNested(ALWAYS), Type(options.item)]);

export const ListField = (
  options: CommonOptions & {
    readonly item: () => ClassOf<object>;
    readonly minItems?: number;
    readonly maxItems?: number;
  },
): PropertyDecorator =>
  defineField({ ...options, type: 'list' }, [
    IsArray(ALWAYS),
    ...(options.minItems === undefined ? [] : [ArrayMinSize(options.minItems, ALWAYS)]),
    ...(options.maxItems === undefined ? [] : [ArrayMaxSize(options.maxItems, ALWAYS)]),
    ValidateNested({ always: true, each: true }),
    Type(options.item),
  ]);
