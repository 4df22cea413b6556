import { ApiError, api } from '../../api/client.js';
import type { NewRecall, RecallPreview } from '../../api/types.js';
import type { Planned, Wish } from './recall-wish.js';

/** Asks what the recall would do. */
export async function plan(wish: Wish, body: NewRecall): Promise<Planned> {
  const { data } = await api.POST('/v1/recalls', { body: { ...body, dryRun: true } });
  return { wish, body, preview: data as unknown as RecallPreview, at: Date.now() };
}

export const isStale = (error: unknown): boolean => error instanceof ApiError && error.problem.code === 'preview_stale';
