import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { ResultCell, RowsPage } from '../../../../src/server/contracts/search.ts';
import { apiGet } from '../../api/client.ts';

/** Rows of one request to the server. */
export const pageSize = 200;

export type ResultRow = readonly ResultCell[];

/** A row by its number from 0; undefined while it is not here. */
export type RowAt = (row: number) => ResultRow | undefined;

/** Milliseconds for which far pages are in sight before they are asked for: who drags the bar goes past most of them. */
const restsFor = 60;

/**
 * The rows of a search in a window, fetched page by page once scrolling rests or where it only went on to the next page;
 * `failed` where a page could not be had.
 */
export function useRows(
  id: string,
  sort: string | undefined,
  total: number,
  from: number,
  to: number,
): { readonly rowAt: RowAt; readonly failed: Error | undefined; readonly again: () => void } {
  const first = Math.floor(Math.max(0, from) / pageSize);
  const last = Math.floor(Math.max(0, Math.min(to, total) - 1) / pageSize);
  const rested = useRested(first);
  const enabled = Math.abs(first - rested) <= 1;
  const pages = total === 0 ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const results = useQueries({
    queries: pages.map((page) => {
      // A page that is not full yet is another page once rows have come.
      const rows = Math.min(pageSize, total - page * pageSize);
      return {
        queryKey: ['rows', id, sort ?? '', page, rows],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          apiGet<RowsPage>(
            `/searches/${id}/rows`,
            { offset: page * pageSize, limit: pageSize, sort },
            signal,
          ),
        enabled,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        placeholderData: rows < pageSize ? keepPreviousData : undefined,
      };
    }),
  });
  const failed = results.find((result) => result.error !== null);
  const known = useMemo(() => {
    const map = new Map<number, RowsPage>();
    pages.forEach((page, at) => {
      const data = results[at]?.data;
      if (data) map.set(page, data);
    });
    return map;
  }, [pages, results]);
  return {
    rowAt: (row) => known.get(Math.floor(row / pageSize))?.rows[row % pageSize],
    failed: failed?.error ?? undefined,
    again: () => void failed?.refetch(),
  };
}

/** The value as it was when it last stood still. */
function useRested(value: number): number {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restsFor);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/** Rows one by one over all of a search, for what needs every row. */
export async function eachRow(
  id: string,
  sort: string | undefined,
  take: (row: ResultRow) => void,
): Promise<void> {
  const limit = 10_000;
  for (let offset = 0; ; offset += limit) {
    const page = await apiGet<RowsPage>(`/searches/${id}/rows`, { offset, limit, sort });
    for (const row of page.rows) take(row);
    if (page.rows.length < limit) return;
  }
}
