import type { SearchRequest } from '../../../src/server/contracts/search.ts';
import type { SearchLink } from './search-link.ts';

/** What a link asks for, as the request that answers it; undefined where the link has no search. */
export function requestOf(link: SearchLink, zone: string): SearchRequest | undefined {
  if (link.q === undefined || link.q.trim() === '') return undefined;
  return {
    text: link.q,
    timezone: link.zone ?? zone,
    ...(link.earliest === undefined ? {} : { earliest: link.earliest }),
    ...(link.latest === undefined ? {} : { latest: link.latest }),
  };
}

/** Two requests with the same key have the same answer. */
export function requestKey(request: SearchRequest): string {
  return JSON.stringify([
    request.text,
    request.earliest ?? null,
    request.latest ?? null,
    request.timezone ?? null,
  ]);
}
