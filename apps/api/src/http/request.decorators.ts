import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvariantError, type Language } from '#libs/core';
import type { Identity } from '#libs/security';
import { languageOf } from './language.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the request gate on every route that is not public, and on public ones when a valid key is sent. */
    identity?: Identity;
  }
}

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** Who is calling. Only on routes that require a key. */
export const CurrentIdentity = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const { identity } = requestOf(context);
  if (!identity) throw new InvariantError('A public route asks for the identity of its caller');
  return identity;
});

/** Who is calling, if a valid key was sent. For public routes. */
export const OptionalIdentity = createParamDecorator(
  (_: unknown, context: ExecutionContext): Identity | undefined => requestOf(context).identity,
);

/** The language of texts for people: `zh` or `en`, from `Accept-Language`. */
export const RequestLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language =>
  languageOf(requestOf(context).headers['accept-language']),
);

/** The id under which the request is logged and answered. */
export const RequestId = createParamDecorator((_: unknown, context: ExecutionContext): string => requestOf(context).id);
