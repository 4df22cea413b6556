import { isJsonObject, type JsonObject } from '#libs/core';
import type { Rejection, RejectionLog } from '#libs/insight';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const SINGLE = '/v1/messages';
const BATCH = '/v1/messages/batch';
/** Calls by which messages are asked for. */
const ROUTES: readonly string[] = [SINGLE, BATCH, '/v1/messages/import'];
const MAX_FAULTS = 10;
const MAX_TEMPLATE = 64;

interface RefusedPart {
  readonly code: string;
  readonly status: number;
  readonly errors?: readonly object[] | undefined;
}

/** Where a fault is and which: its message may quote what was sent. */
const faultsOf = ({ errors = [] }: RefusedPart): readonly JsonObject[] =>
  errors.slice(0, MAX_FAULTS).map((fault) => {
    const { code, parameter, pointer } = fault as Readonly<Record<string, unknown>>;
    return {
      ...(typeof pointer === 'string' && { pointer }),
      ...(typeof parameter === 'string' && { parameter }),
      code: typeof code === 'string' ? code : '',
    };
  });

const templateOf = (body: unknown): { readonly template?: string } => {
  const template = isJsonObject(body) ? body['template'] : undefined;
  return typeof template === 'string' && template.length <= MAX_TEMPLATE ? { template } : {};
};

function rejectionOf(request: FastifyRequest, refused: RefusedPart, body: unknown): Rejection[] {
  const { identity } = request;
  if (!identity) return [];
  return [
    {
      code: refused.code,
      status: refused.status,
      faults: faultsOf(refused),
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      callerId: identity.callerId,
      keyName: identity.keyName,
      requestId: request.id,
      ...templateOf(body),
    },
  ];
}

/** A batch answers 200 although some of its items were refused. */
function refusedItems(request: FastifyRequest, payload: unknown): Rejection[] {
  if (request.routeOptions.url !== BATCH || !isJsonObject(payload)) return [];
  const { results } = payload as { readonly results?: unknown };
  const messages = (request.body as { readonly messages?: readonly unknown[] } | undefined)?.messages ?? [];
  if (!Array.isArray(results)) return [];
  return results.flatMap((result: { readonly index: number; readonly problem?: RefusedPart }) =>
    result.problem ? rejectionOf(request, result.problem, messages[result.index]) : [],
  );
}

const isDryRun = ({ query }: FastifyRequest): boolean =>
  (query as Readonly<Record<string, unknown>> | undefined)?.['dryRun'] === 'true';

/** Notes every refused request to send, once it has been answered. */
export function observeRejections(fastify: FastifyInstance, log: RejectionLog): void {
  fastify.addHook('preSerialization', async (request, _reply, payload) => {
    refusedItems(request, payload).forEach((rejection) => log.note(rejection));
    return payload;
  });
  fastify.addHook('onResponse', async (request) => {
    const { problem } = request;
    const isAsked = request.method === 'POST' && ROUTES.includes(request.routeOptions.url ?? '') && !isDryRun(request);
    if (!isAsked || !problem || problem.status >= 500) return;
    rejectionOf(request, problem, request.body).forEach((rejection) => log.note(rejection));
  });
}
