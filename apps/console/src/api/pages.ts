import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Page } from './types.js';

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  readonly isFetching: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadedAt: number;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

export interface PagesOptions {
  readonly refetchMs?: number | false;
  readonly isEnabled?: boolean;
}

/** A list of the API, page by page as the reader comes to the end. */
export function usePages<Row>(
  key: QueryKey,
  ask: (cursor: string | undefined) => Promise<Page<Row>>,
  { refetchMs = false, isEnabled = true }: PagesOptions = {},
): Pages<Row> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: refetchMs,
    enabled: isEnabled,
  });
  const { data, isPending, isFetching, error, hasNextPage, isFetchingNextPage, dataUpdatedAt } = query;
  const { fetchNextPage, refetch } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const reload = useCallback(() => void refetch(), [refetch]);
  return {
    rows: data?.pages.flatMap((page) => page.data) ?? [],
    isLoading: isPending && isEnabled,
    isFetching,
    error,
    hasMore: hasNextPage,
    loadedAt: dataUpdatedAt,
    loadMore,
    reload,
  };
}
