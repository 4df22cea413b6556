import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.js';
import type { Message } from '../../api/types.js';
import type { MessagesQuery } from './messages-query.js';

const LIVE_MS = 5_000;
const PAGE = 50;
/** Most rows whose state is looked at again. */
const MOST_WATCHED = 100;
const OPEN: readonly Message['status'][] = ['accepted', 'scheduled', 'sending'];

export interface Fresh {
  /** Messages that came after the newest row shown; `PAGE` stands for at least so many. */
  readonly count: number;
  readonly isMany: boolean;
  /** Rows as they are now, by id: what is open changes in its place. */
  readonly now: ReadonlyMap<string, Message>;
  readonly at: number;
}

/** Looks for what is new without moving anything: newer rows are counted, open ones are read again. */
export function useFreshMessages(rows: readonly Message[], query: MessagesQuery, isLive: boolean): Fresh {
  const newest = rows[0]?.id ?? '';
  const watched = rows.filter(({ status }) => OPEN.includes(status)).slice(0, MOST_WATCHED);
  const ids = watched.map(({ id }) => id);
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['fresh-messages', query, newest, ids],
    enabled: isLive,
    refetchInterval: LIVE_MS,
    placeholderData: (before) => before,
    queryFn: async () => {
      const latest = bodyOf(api.GET('/v1/messages', { params: { query: { ...query, limit: PAGE } } }));
      const again =
        ids.length === 0
          ? { data: [] }
          : await bodyOf(api.GET('/v1/messages', { params: { query: { ids: ids.join(','), limit: MOST_WATCHED } } }));
      return { latest: (await latest).data, again: again.data };
    },
  });
  const newer = (data?.latest ?? []).filter(({ id }) => id > newest).length;
  return {
    count: newer,
    isMany: newer >= PAGE,
    now: new Map(data?.again.map((message) => [message.id, message])),
    at: dataUpdatedAt,
  };
}
