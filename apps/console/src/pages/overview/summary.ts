import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.js';
import type { Summary } from '../../api/types.js';
import { useFigureRange } from './series.js';

const LIVE_MS = 30_000;

export type SummaryGroupBy = 'channel' | 'account' | 'template' | 'caller';

/** The figures of the range in one answer, split as asked. */
export function useSummary(groupBy?: SummaryGroupBy): UseQueryResult<Summary> {
  const { from, query } = useFigureRange();
  return useQuery({
    queryKey: ['summary', from, groupBy],
    refetchInterval: LIVE_MS,
    queryFn: () => {
      const wanted = { ...query(), ...(groupBy && { groupBy }) };
      return bodyOf(api.GET('/v1/stats/summary', { params: { query: wanted } }));
    },
  });
}
