import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Egress, EgressConnections, EgressMarks } from '../../../src/server/contracts/egress.ts';
import { apiGet } from '../api/client.ts';
import type { PanelSubject } from '../process/process-queries.ts';
import type { EgressLink } from './egress-link.ts';

const pageOfDestinations = 100;
const pageOfConnections = 50;
/** A panel names so many; the page of destinations has all. */
const inPanel = 20;

export function egressQuery(link: EgressLink, timezone: string) {
  const { host, asof, id, dest, verdict, unexplained } = link;
  return infiniteQueryOptions({
    queryKey: ['egress', host, asof, id, dest, verdict, unexplained, timezone],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) =>
      apiGet<Egress>(
        '/egress',
        {
          host,
          asof,
          id,
          dest,
          verdict,
          unexplained: unexplained === true ? 'true' : undefined,
          timezone,
          offset: pageParam,
          limit: pageOfDestinations,
        },
        signal,
      ),
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { destinations }) => sum + destinations.length, 0);
      return shown < last.destinationsTotal ? shown : undefined;
    },
    enabled: host !== undefined,
    staleTime: 60_000,
    placeholderData: (before) => (before?.pages[0]?.host === host ? before : undefined),
  });
}

export function connectionsQuery(link: EgressLink, key: string, timezone: string) {
  const { host, asof, id, dest } = link;
  return infiniteQueryOptions({
    queryKey: ['egress-connections', host, asof, id, dest, key],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) =>
      apiGet<EgressConnections>(
        '/egress/connections',
        { host, asof, id, dest, key, timezone, offset: pageParam, limit: pageOfConnections },
        signal,
      ),
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { connections }) => sum + connections.length, 0);
      return shown < last.total ? shown : undefined;
    },
    staleTime: 60_000,
  });
}

export function processEgressQuery({ host, id, asof, timezone }: PanelSubject) {
  return queryOptions({
    queryKey: ['egress-process', host, id, asof, timezone],
    queryFn: ({ signal }) => apiGet<Egress>('/egress', { host, id, asof, timezone, limit: inPanel }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function marksQuery(host: string, asof: string | undefined) {
  return queryOptions({
    queryKey: ['egress-marks', host, asof],
    queryFn: ({ signal }) => apiGet<EgressMarks>('/egress/marks', { host, asof }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
