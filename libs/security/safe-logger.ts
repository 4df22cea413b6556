import type { LoggerService } from '@nestjs/common';
import type { JsonValue } from '#libs/core';
import { redact } from './redact.js';

/** A logger that masks secrets in whatever it is given, then hands it on. */
export class SafeLogger implements LoggerService {
  constructor(private readonly inner: LoggerService) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.inner.log(mask(message), ...rest.map(mask));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.inner.fatal?.(mask(message), ...rest.map(mask));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.inner.error(mask(message), ...rest.map(mask));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.inner.warn(mask(message), ...rest.map(mask));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.inner.debug?.(mask(message), ...rest.map(mask));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.inner.verbose?.(mask(message), ...rest.map(mask));
  }
}

function mask(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (value instanceof Error) return redact(value.stack ?? value.message);
  if (typeof value !== 'object' || value === null) return value;
  return redact(JSON.parse(JSON.stringify(value)) as JsonValue);
}
