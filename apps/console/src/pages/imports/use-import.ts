import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.js';
import type { Import } from '../../api/types.js';
import { isOpenImport } from './import-progress.js';

const LIVE_MS = 1_500;

/** Results come in after the rows are through. */
const hasOpenResults = ({ results }: Import): boolean =>
  ((results as Readonly<Record<string, number>> | undefined)?.['open'] ?? 0) > 0;

/** Asked again until nothing about it changes any more. */
export function useImport(id: string | undefined): UseQueryResult<Import> {
  return useQuery({
    queryKey: ['import', id],
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (!data || isOpenImport(data) || hasOpenResults(data) ? LIVE_MS : false),
    queryFn: () => bodyOf(api.GET('/v1/imports/{id}', { params: { path: { id: id ?? '' } } })),
  });
}
