import createClient from 'openapi-fetch';
import { preferences } from '../session/preferences.js';
import { closeSession, refreshMe, session } from '../session/session.js';
import type { paths } from './schema.js';
import type { Problem } from './types.js';

const WRITES = new Set(['POST', 'PUT', 'DELETE']);

/** What the API refused, or `status` 0: it did not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    super(problem.detail ?? problem.title ?? String(status));
  }

  static async from(response: Response): Promise<ApiError> {
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
    return new ApiError(response.status, { title: response.statusText, ...problem });
  }
}

export const api = createClient<paths>({ baseUrl: location.origin });

api.use({
  onRequest: ({ request }) => {
    const current = session();
    if (current.state === 'open') request.headers.set('authorization', `Bearer ${current.key}`);
    request.headers.set('accept-language', preferences().language === 'zh' ? 'zh-CN' : 'en');
    if (WRITES.has(request.method)) request.headers.set('idempotency-key', crypto.randomUUID());
    return request;
  },
  onResponse: async ({ response }) => {
    if (response.ok) return;
    if (response.status === 401) closeSession('refused');
    if (response.status === 403) void refreshMe();
    throw await ApiError.from(response);
  },
  onError: ({ error }) => {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    return error instanceof ApiError ? error : new ApiError(0, {});
  },
});

/** The body of an answer; refusals are thrown by the client. */
export async function bodyOf<Body>(call: Promise<{ readonly data?: Body }>): Promise<NonNullable<Body>> {
  const { data } = await call;
  if (data === undefined || data === null) throw new ApiError(0, {});
  return data;
}
