import { HongyanError } from '#libs/core';
import type { Scope } from './scopes.js';

/** No key, or none that is valid: one error for every cause, so that answers do not tell which keys exist. HTTP 401. */
export class UnauthenticatedError extends HongyanError {
  constructor() {
    super('unauthenticated', 'Send a valid key as "Authorization: Bearer hy_…"');
  }
}

/** The key is valid and may not do this. HTTP 403. */
export class ForbiddenError extends HongyanError {
  static missingScope(...anyOf: readonly Scope[]): ForbiddenError {
    return new ForbiddenError('missing_scope', `The key lacks the scope ${anyOf.join(' or ')}`);
  }
}

/** A limit of the key itself is used up. HTTP 429; the code names the limit. */
export class KeyLimitError extends HongyanError {
  constructor(
    code: string,
    message: string,
    limit: number,
    readonly retryAfterMs: number,
  ) {
    super(code, message, { meta: { limit } });
  }
}

/** More bad keys from one address than a person mistypes. HTTP 429. */
export class TooManyFailuresError extends HongyanError {
  constructor(readonly retryAfterMs: number) {
    super('too_many_failures', 'Too many attempts without a valid key from this address');
  }
}
