import { queryOptions } from '@tanstack/react-query';
import type { SearchCoverage, SearchState } from '../../../src/server/contracts/search.ts';
import { apiGet } from '../api/client.ts';

/** What is known to be missing from what a search went over; asked for once it has ended, so that it does not wait for this. */
export function searchCoverageQuery(state: SearchState | undefined) {
  return queryOptions({
    queryKey: ['search-coverage', state?.id],
    queryFn: ({ signal }) => apiGet<SearchCoverage>(`/searches/${state?.id}/coverage`, {}, signal),
    enabled: state !== undefined && state.state !== 'running' && (state.scope?.events ?? 0) > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
