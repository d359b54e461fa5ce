import { queryOptions, useQuery } from '@tanstack/react-query';
import type { StoreSummary } from '../../../src/server/contracts/events.ts';
import { apiGet } from '../api/client.ts';

export const summaryQuery = queryOptions({
  queryKey: ['summary'],
  queryFn: ({ signal }) => apiGet<StoreSummary>('/summary', {}, signal),
  staleTime: 20_000,
});

export function useSummary(): StoreSummary | undefined {
  return useQuery(summaryQuery).data;
}
