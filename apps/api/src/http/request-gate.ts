import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvariantError } from '#libs/core';
import {
  AuditLog,
  Authenticator,
  FailureThrottle,
  ForbiddenError,
  KeyUsage,
  TooManyFailuresError,
  UnauthenticatedError,
  type Identity,
  type Scope,
} from '#libs/security';
import type { Access } from './route-access.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** How long its key was looked up. */
    gateMs?: number;
  }
}

/** Lets a request in, or not, before its body is read. */
@Injectable()
export class RequestGate {
  private readonly logger = new Logger(RequestGate.name);

  constructor(
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(FailureThrottle) private readonly throttle: FailureThrottle,
    @Inject(KeyUsage) private readonly usage: KeyUsage,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /**
   * Sets `request.identity`.
   * @throws UnauthenticatedError, TooManyFailuresError, KeyLimitError, ForbiddenError naming the missing scope
   */
  async check(request: FastifyRequest): Promise<void> {
    if (request.is404) return;
    const access = accessOf(request);
    if (access.kind === 'public') return this.recognise(request);
    const sinceMs = performance.now();
    const identity = await this.authenticate(request);
    request.identity = identity;
    await this.usage.admit(identity);
    request.gateMs = performance.now() - sinceMs;
    const missing = missingScopes(access, identity);
    if (missing.length === 0) return;
    this.recordRefusal(request, identity, missing);
    throw ForbiddenError.missingScope(...missing);
  }

  /** A public route shows more to a valid key; a bad one is treated like none. */
  private async recognise(request: FastifyRequest): Promise<void> {
    if (request.headers.authorization === undefined) return;
    try {
      request.identity = await this.authenticator.authenticate(request.headers.authorization, request.ip);
    } catch {
      // Public means public: health must answer although the database that knows the keys is away.
    }
  }

  private async authenticate(request: FastifyRequest): Promise<Identity> {
    try {
      const identity = await this.authenticator.authenticate(request.headers.authorization, request.ip);
      return identity;
    } catch (error) {
      const waitMs = error instanceof UnauthenticatedError ? this.throttle.note(request.ip) : undefined;
      throw waitMs === undefined ? error : new TooManyFailuresError(waitMs);
    }
  }

  /** Best effort: the answer does not wait for it. */
  private recordRefusal(request: FastifyRequest, identity: Identity, missing: readonly Scope[]): void {
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    this.audit
      .record({
        identity,
        action: 'access.refused',
        object: route,
        details: { missing: [...missing] },
        requestId: request.id,
      })
      .catch((error: unknown) => this.logger.warn(`A refused access was not recorded: ${String(error)}`));
  }
}

function accessOf(request: FastifyRequest): Access {
  const { access } = request.routeOptions.config;
  if (!access) throw new InvariantError(`${request.routeOptions.url ?? 'A route'} does not say who may call it`);
  return access;
}

function missingScopes(access: Exclude<Access, { kind: 'public' }>, identity: Identity): readonly Scope[] {
  const missing = access.scopes.filter((scope) => !identity.scopes.has(scope));
  return access.kind === 'any' && missing.length < access.scopes.length ? [] : missing;
}
