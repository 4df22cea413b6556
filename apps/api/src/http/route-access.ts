import { SetMetadata, applyDecorators } from '@nestjs/common';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import { ApiSecurity } from '@nestjs/swagger';
import type { Scope } from '#libs/security';

/** Who may call a route. Read before the body is: a stranger's 16 MiB are never parsed. */
export type Access =
  | { readonly kind: 'public' }
  /** Every scope; none listed: any valid key. */
  | { readonly kind: 'all'; readonly scopes: readonly Scope[] }
  /** At least one of the scopes. */
  | { readonly kind: 'any'; readonly scopes: readonly Scope[] };

/** What decorators say about a route, kept where Fastify's hooks find it. */
export interface RouteSettings {
  readonly access?: Access;
  /** Bytes. */
  readonly bodyLimit?: number;
  /** The body is a form with a file, and nothing else will do. */
  readonly takesFile?: boolean;
  /** The handler gets the body as a stream, of a table file, and nothing else will do. */
  readonly streamBody?: boolean;
  /** The handler gets the body as bytes, of JSON, XML or plain text. */
  readonly rawBody?: boolean;
}

declare module 'fastify' {
  // The name is Fastify's; merging is how it is extended.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface FastifyContextConfig extends RouteSettings {}
}

/** Name of the way to sign in, in the description of the API; it lists the scopes of each route. */
export const KEY_SCHEME = 'key';

const extend =
  (settings: RouteSettings): MethodDecorator =>
  (target, key, descriptor) => {
    const handler: unknown = descriptor.value;
    const earlier: unknown =
      typeof handler === 'function' ? Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler) : undefined;
    SetMetadata(FASTIFY_ROUTE_CONFIG_METADATA, { ...(earlier as object | undefined), ...settings })(
      target,
      key,
      descriptor,
    );
  };

/** No key needed. */
export const Public = (): MethodDecorator => extend({ access: { kind: 'public' } });

/** A key with all of these scopes; without arguments any valid key. */
export const RequireScopes = (...scopes: Scope[]): MethodDecorator =>
  applyDecorators(extend({ access: { kind: 'all', scopes } }), ApiSecurity(KEY_SCHEME, scopes));

/** A key with at least one of these scopes. */
export const RequireAnyScope = (...scopes: Scope[]): MethodDecorator =>
  applyDecorators(
    extend({ access: { kind: 'any', scopes } }),
    ...scopes.map((scope) => ApiSecurity(KEY_SCHEME, [scope])),
  );

/** Largest body in bytes; without it 256 KiB. A larger one is answered 413. */
export const BodyLimit = (limitBytes: number): MethodDecorator => extend({ bodyLimit: limitBytes });

/** The body is `multipart/form-data` of at most so many bytes; the handler reads it with `readFileForm`. */
export const TakesFile = (limitBytes: number): MethodDecorator => extend({ takesFile: true, bodyLimit: limitBytes });

/** The handler gets the body byte for byte, as a Buffer: for signatures. JSON, XML and plain text are taken. */
export const RawBody = (): MethodDecorator => extend({ rawBody: true });

/** The handler gets the body as a stream: CSV, a workbook or bytes of an unnamed type. It counts them itself. */
export const StreamBody = (): MethodDecorator => extend({ streamBody: true });
