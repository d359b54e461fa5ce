import { queryOptions } from '@tanstack/react-query';
import type { Comparison, Difference } from '../../../src/server/contracts/compare.ts';
import { apiGet } from '../api/client.ts';
import type { CompareLink } from './compare-link.ts';

/** What both ways of comparing ask of the host. */
export type CompareSelection = Pick<
  CompareLink,
  'host' | 'match' | 'pid' | 'at' | 'guid' | 'id' | 'around' | 'minutes'
>;

export function compareSelection(link: CompareLink): CompareSelection {
  const { host, match, pid, at, guid, id, around, minutes } = link;
  return Object.fromEntries(
    Object.entries({ host, match, pid, at, guid, id, around, minutes }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

export function comparisonQuery(
  selection: CompareSelection,
  method: string,
  asof: string | undefined,
  timezone: string,
) {
  return queryOptions({
    queryKey: ['comparison', selection, method, asof],
    queryFn: ({ signal }) =>
      apiGet<Comparison>('/tree/compare', { ...selection, method, asof, timezone }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function differenceQuery(
  selection: CompareSelection,
  from: string | undefined,
  to: string | undefined,
  rows: 'all' | 'changed',
  timezone: string,
) {
  return queryOptions({
    queryKey: ['difference', selection, from, to, rows],
    queryFn: ({ signal }) =>
      apiGet<Difference>('/tree/difference', { ...selection, from, to, rows, limit: 5000, timezone }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
}
