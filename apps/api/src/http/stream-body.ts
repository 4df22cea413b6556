import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BodyError } from './json-body.js';

/** Types under which table files travel. */
export const TABLE_TYPES = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

/** Bodies that are handed on unread, for the routes that want them; every other route refuses them. */
export function handOnStreams(fastify: FastifyInstance): void {
  fastify.addContentTypeParser([...TABLE_TYPES], async (request: FastifyRequest, payload: IncomingMessage) => {
    if (request.routeOptions.config.streamBody) return payload;
    throw new BodyError('unsupported_media_type', 'The content type is not supported');
  });
}
