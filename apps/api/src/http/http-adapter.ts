import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UnavailableError } from '#libs/core';
import { BodyError, parseJsonBody } from './json-body.js';
import { acceptForms } from './multipart.js';
import { problemOf, toDomainError } from './problem.js';
import { languageOf } from './language.js';
import type { RequestGate } from './request-gate.js';
import { requestIdOf } from './request-id.js';
import { handOnStreams } from './stream-body.js';
import { readRawBodies } from './raw-body.js';
import { refuseUnsafeAddress } from './unsafe-text.js';

const DEFAULT_BODY_LIMIT = 256 * 1024;
/** A client that sends its headers byte by byte is cut off. */
const HEADERS_TIMEOUT_MS = 10_000;
/** From the first byte of a request to the last one of its body. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than the idle time-out of common load balancers, so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const MAX_PARAM_LENGTH = 512;

/** Fastify as this API needs it: limits, time-outs, request ids, safe headers, and our own JSON parser. */
export function createHttpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: DEFAULT_BODY_LIMIT,
    requestIdHeader: false,
    genReqId: requestIdOf,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 2_000 },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: answerFrameworkError,
    return503OnClosing: false,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.addHook('onRequest', setCommonHeaders);
  refuseWhileClosing(fastify);
  fastify.addHook('onRoute', (route) => {
    if (route.config?.bodyLimit !== undefined) route.bodyLimit = route.config.bodyLimit;
  });
  fastify.addHook('preHandler', async (request) => refuseUnsafeAddress(request.params, request.query));
  readJsonOnly(fastify);
  acceptForms(fastify);
  readRawBodies(fastify);
  handOnStreams(fastify);
  return adapter;
}

/** Checks keys and scopes on every request, before its body is read. */
export function installGate(adapter: FastifyAdapter, gate: RequestGate): void {
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.addHook('onRequest', (request) => gate.check(request));
}

async function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
}

/** What is in flight is answered; its connection must not be kept alive, or closing would wait for it to fall idle. */
function refuseWhileClosing(fastify: FastifyInstance): void {
  let isClosing = false;
  fastify.addHook('preClose', async () => {
    isClosing = true;
  });
  fastify.addHook('onRequest', async () => {
    if (isClosing) throw new UnavailableError('The service is shutting down');
  });
  fastify.addHook('onSend', async (_, reply) => {
    if (isClosing) void reply.header('connection', 'close');
  });
}

function readJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (request.routeOptions.config.rawBody) return body;
      if (body.length > 0) return parseJsonBody(body);
      if (request.headers['content-length'] === '0') return undefined;
      throw new BodyError('malformed_json', 'The body is empty');
    },
  );
}

/** A URL that the router cannot decode, or a path part longer than any id: found before any hook runs. */
function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const isTooLong = 'code' in error && error.code === 'FST_ERR_MAX_PARAM_LENGTH';
  const domainError = isTooLong
    ? new BodyError('not_found', 'There is no such resource')
    : new BodyError('bad_request', 'The address is not valid');
  const problem = problemOf(toDomainError(domainError), {
    language: languageOf(request.headers['accept-language']),
    requestId: request.id,
    instance: request.url.split('?')[0] ?? '/',
  });
  void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}
