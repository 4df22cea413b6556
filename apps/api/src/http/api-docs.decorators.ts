import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { ClassOf } from '#libs/core';
import { ProblemDto } from './problem.dto.js';

/** Problems that every call with a key can be answered with. */
const USUAL = [401, 403, 429, 503];

const problem = (status: number): MethodDecorator & ClassDecorator =>
  ApiResponse({
    status,
    description: STATUS_CODES[status] ?? 'Problem',
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
  });

/** Declares the problems of a call that needs a key, beside the usual ones (401, 403, 429, 503). */
export const ApiProblems = (...statuses: number[]): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...new Set([...statuses, ...USUAL])].sort((a, b) => a - b).map(problem),
  );

/** Declares a page of a list: `{ data, nextCursor }`. */
export const ApiPage = (item: ClassOf<object>, description: string): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      description,
      schema: {
        type: 'object',
        required: ['data', 'nextCursor'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(item) } },
          nextCursor: { type: ['string', 'null'] as never, description: 'Null on the last page' },
        },
      },
    }),
  );
