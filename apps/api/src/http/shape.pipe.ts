import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { ValidationError, isJsonObject, validateShape, type ClassOf, type Fault } from '#libs/core';

const PLAIN: readonly unknown[] = [Object, String, Number, Boolean, Array, undefined];

/** A field of the query is named by parameter, not by pointer. */
function toParameterFault({ pointer, ...fault }: Fault): Fault {
  const parameter = (pointer ?? '').slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  return { parameter, ...fault, code: fault.code === 'unknown_field' ? 'unknown_parameter' : fault.code };
}

/** Faults of a query, named by parameter. */
export const parameterFaults = (faults: readonly Fault[]): readonly Fault[] => faults.map(toParameterFault);

/** Checks bodies and queries against their DTO class: unknown fields are faults, all faults are told at once. */
@Injectable()
export class ShapePipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || PLAIN.includes(metatype)) return value;
    const plain = isJsonObject(value) ? value : {};
    const shape = validateShape(metatype as ClassOf<object>, plain);
    if (shape.faults.length === 0) return shape.value;
    throw new ValidationError(type === 'query' ? parameterFaults(shape.faults) : shape.faults);
  }
}
