import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Length, MaxLength } from 'class-validator';

/** Most values of one filter. */
export const MAX_FILTER_VALUES = 100;

/** `a,b,c` or a repeated parameter. */
export const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }): unknown[] => {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((item) => (typeof item === 'string' ? item.split(',') : [item]));
  });

/** A filter of several texts. */
export const Texts =
  (description: string, example: string): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ description, example, type: String })(target, key);
    IsOptional()(target, key);
    List()(target, key);
    IsArray()(target, key);
    ArrayMaxSize(MAX_FILTER_VALUES)(target, key);
    IsString({ each: true })(target, key);
    MaxLength(200, { each: true })(target, key);
  };

/** A filter of several texts in which a comma is a character like any other. */
export const Repeated =
  (description: string, example: string, maxLength: number): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ description, example, type: String })(target, key);
    IsOptional()(target, key);
    Transform(({ value }: { value: unknown }): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]))(
      target,
      key,
    );
    IsArray()(target, key);
    ArrayMaxSize(MAX_FILTER_VALUES)(target, key);
    IsString({ each: true })(target, key);
    Length(1, maxLength, { each: true })(target, key);
  };
