import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BodyError } from './json-body.js';

const TYPES = ['text/xml', 'application/xml', 'text/plain'];

/** Bodies that are no JSON, for the routes that want bytes; every other route refuses them. */
export function readRawBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(TYPES, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (request.routeOptions.config.rawBody) return body;
    throw new BodyError('unsupported_media_type', 'The body must be JSON');
  });
}
