import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HongyanError } from '#libs/core';

const MAX_LENGTH = 255;

const CONTROL = /[\u0000-\u001f\u007f]/;

/** A header that cannot be taken as it is. HTTP 400. */
export class HeaderError extends HongyanError {}

/** @throws HeaderError `invalid_idempotency_key` */
export function readIdempotencyKey(value: string | string[] | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) || value === '' || value.length > MAX_LENGTH || CONTROL.test(value)) {
    throw new HeaderError(
      'invalid_idempotency_key',
      `Idempotency-Key must be one value of 1 to ${MAX_LENGTH} characters without control characters`,
    );
  }
  return value;
}

/** The header `Idempotency-Key`, checked. */
export const IdempotencyKeyHeader = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  readIdempotencyKey(context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key']),
);
