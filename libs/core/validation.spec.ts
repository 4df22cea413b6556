import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { MayBeNull, validateShape } from './validation.js';

class Line {
  @IsString()
  @MaxLength(3, {
    context: { code: 'content_too_long', limit: 3, unit: 'characters', actual: (text: string) => text.length },
  })
  text!: string;
}

class Order {
  @IsString()
  id!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10)
  amount?: number;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines?: Line[];

  @MayBeNull()
  @IsString()
  note?: string | null;
}

const faultsOf = (plain: object, base: readonly string[] = []) => validateShape(Order, plain, { base }).faults;
const codesOf = (plain: object): string[] => faultsOf(plain).map(({ code, pointer }) => `${pointer} ${code}`);

describe('the check of a shape', () => {
  it('gives back the value as an instance when there is nothing to say against it', () => {
    const { faults, value } = validateShape(Order, { id: 'a', amount: 3, lines: [{ text: 'x' }] });
    expect(faults).toEqual([]);
    expect(value).toBeInstanceOf(Order);
    expect(value.lines?.[0]).toBeInstanceOf(Line);
  });

  it('tells all faults at once, each where it is', () => {
    expect(codesOf({ amount: 11, lines: [{ text: 'x' }, { text: 7 }], extra: 1 }).sort()).toEqual([
      '/amount out_of_range',
      '/extra unknown_field',
      '/id missing_field',
      '/lines/1/text wrong_type',
    ]);
  });

  it('says of a value of the wrong type nothing but that', () => {
    expect(codesOf({ id: 'a', amount: 'many' })).toEqual(['/amount wrong_type']);
  });

  it('carries the code and the figures that a field declares', () => {
    expect(faultsOf({ id: 'a', lines: [{ text: 'long' }] }, ['order'])).toEqual([
      {
        pointer: '/order/lines/0/text',
        code: 'content_too_long',
        message: expect.any(String),
        limit: 3,
        actual: 4,
        unit: 'characters',
      },
    ]);
  });

  it('names unknown fields also when they are called like what objects inherit', () => {
    expect(codesOf(JSON.parse('{"id":"a","constructor":1,"toString":2}') as object).sort()).toEqual([
      '/constructor unknown_field',
      '/toString unknown_field',
    ]);
  });

  it('takes an optional null as not given, a required one as a fault', () => {
    const { faults, value } = validateShape(Order, { id: 'a', amount: null, lines: null });
    expect(faults).toEqual([]);
    expect(Object.keys(value)).toEqual(['id']);
    expect(codesOf({ id: null })).toEqual(['/id wrong_type']);
  });

  it('keeps a null that says something', () => {
    expect(validateShape(Order, { id: 'a', note: null })).toEqual({ value: { id: 'a', note: null }, faults: [] });
    expect(codesOf({ id: 'a', note: 7 })).toEqual(['/note wrong_type']);
  });

  it('never throws, however little the value is an object of the kind', () => {
    expect(codesOf({ id: 'a', lines: 'none' })).toContain('/lines wrong_type');
    expect(codesOf({ id: 'a', lines: [null] }).length).toBeGreaterThan(0);
    expect(codesOf([]).length).toBeGreaterThan(0);
  });
});
