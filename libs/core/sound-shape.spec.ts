import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import fc from 'fast-check';
import { isSound } from './sound-shape.js';
import { validateShape } from './validation.js';

class Base {
  @IsString()
  @Length(1, 4)
  name!: string;
}

class Part {
  @IsInt()
  size!: number;
}

class Shape extends Base {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(9)
  count?: number;

  @IsOptional()
  @IsIn(['a', 'b'])
  kind?: string;

  @ValidateIf(({ kind }: Shape) => kind === 'b')
  @IsString({ groups: ['whole'] })
  note?: string;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => Part)
  part?: Part;
}

const objectOf = (plain: object): Shape => Object.assign(new Shape(), plain);

const faultsOf = (plain: object, groups?: string[]): unknown[] =>
  validateShape(Shape, plain, { ...(groups && { groups }) }).faults;

describe('the quick check of a shape', () => {
  it('lets pass what is sound', () => {
    expect(isSound(objectOf({ name: 'x', count: 3, kind: 'a' }))).toBe(true);
    expect(isSound(objectOf({ name: 'x', kind: 'b', note: 'y' }), [])).toBe(true);
  });

  it.each([
    {},
    { name: '' },
    { name: 'x', other: 1 },
    { name: 'x', count: '3' },
    { name: 'x', count: 10 },
    { name: 'x', kind: 'c' },
    { name: 'x', kind: 'b' },
  ])('lets nobody pass whom class-validator refuses: %j', (plain) => {
    expect(faultsOf(plain)).not.toEqual([]);
    expect(isSound(objectOf(plain))).toBe(false);
  });

  it('leaves to class-validator what is in lists and in objects', () => {
    expect(isSound(objectOf({ name: 'x', tags: ['t'] }))).toBe(false);
    expect(isSound(objectOf({ name: 'x', part: { size: 1 } }))).toBe(false);
  });

  it('knows nothing of a class without decorators', () => {
    expect(isSound({ name: 'x' })).toBe(false);
  });

  it('never lets pass what class-validator refuses, whatever it is, with and without groups', () => {
    const value = fc.oneof(fc.constantFrom('', 'a', 'b', 'long one', 3, -1, 12, 1.5, null, true), fc.constant(['x']));
    const plains = fc.dictionary(fc.constantFrom('name', 'count', 'kind', 'note', 'tags', 'part', 'other'), value);
    fc.assert(
      fc.property(plains, fc.boolean(), (plain, isWhole) => {
        const groups = isWhole ? ['whole'] : [];
        if (isSound(objectOf(plain), groups)) expect(faultsOf(plain, isWhole ? groups : undefined)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
