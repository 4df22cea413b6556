import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';
import { isJsonObject, validateShape, type ClassOf, type JsonObject } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';

function parsed(raw: unknown): JsonObject {
  const value = typeof raw === 'string' && raw !== '' ? parsedJson(raw) : {};
  if (isJsonObject(value)) return value;
  throw new BadRequestException({ error: 'malformed_json', message: 'the body must be a JSON object' });
}

/** Reads the raw body of a control call as one of the sandbox's own classes; an empty body is `{}`. */
@Injectable()
export class JsonBodyPipe<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly type: ClassOf<T>) {}

  transform(raw: unknown): T {
    const { value, faults } = validateShape(this.type, parsed(raw));
    if (faults.length > 0) throw new BadRequestException({ error: 'validation_failed', faults });
    return value;
  }
}
