import { queryOptions } from '@tanstack/react-query';
import type { Coverage, StretchFacts } from '../../../src/server/contracts/coverage.ts';
import { apiGet } from '../api/client.ts';
import type { CoverageLink } from './coverage-link.ts';

export function coverageQuery(link: CoverageLink, limit: number, timezone: string) {
  const { earliest, latest, asof } = link;
  return queryOptions({
    queryKey: ['coverage', earliest, latest, asof, limit],
    queryFn: ({ signal }) =>
      apiGet<Coverage>('/coverage', { earliest, latest, asof, limit, timezone }, signal),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
}

export interface StretchSubject {
  readonly host: string;
  readonly class: string;
  readonly from: string | null;
  readonly to: string | null;
}

export function stretchQuery(subject: StretchSubject, asof: string | undefined, timezone: string) {
  return queryOptions({
    queryKey: ['stretch', subject, asof],
    queryFn: ({ signal }) =>
      apiGet<StretchFacts>('/coverage/stretch', { ...subject, asof, timezone }, signal),
    staleTime: 60_000,
  });
}
