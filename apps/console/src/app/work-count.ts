import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import { useMay } from '../ui/gate.js';

const EVERY_MS = 60_000;
const MOST = 100;

/** Messages whose outcome somebody has to decide: exact below a hundred. */
export function useWorkCount(): string | undefined {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['work-count'],
    enabled: may('queues:read') && may('messages:read'),
    refetchInterval: EVERY_MS,
    staleTime: EVERY_MS,
    queryFn: async () => {
      const query = { status: ['unknown' as const], limit: MOST };
      const { data: rows, nextCursor } = await bodyOf(api.GET('/v1/messages', { params: { query } }));
      return nextCursor === null ? String(rows.length) : `${MOST}+`;
    },
  });
  return data;
}
