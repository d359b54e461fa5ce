import { queryOptions } from '@tanstack/react-query';
import type {
  FirstStarts,
  FoundInTree,
  HostList,
  Tree,
  TreeChanges,
} from '../../../src/server/contracts/tree.ts';
import { apiGet } from '../api/client.ts';
import type { TreeSelection } from './tree-link.ts';

/** A tree stays as it was answered until it is asked for again: nothing moves by itself. */
export function treeQuery(selection: TreeSelection, timezone: string) {
  return queryOptions({
    queryKey: ['tree', selection],
    queryFn: ({ signal }) => apiGet<Tree>('/tree', { ...selection, timezone }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
  });
}

/** The first process starts of a host, for the while in which its tree is made. */
export function firstStartsQuery(host: string | undefined, asof: string | undefined) {
  return queryOptions({
    queryKey: ['first-starts', host, asof],
    queryFn: ({ signal }) =>
      apiGet<FirstStarts>(`/hosts/${encodeURIComponent(host ?? '')}/starts`, { asof }, signal),
    enabled: host !== undefined,
    retry: false,
  });
}

export function hostsQuery(match: string) {
  return queryOptions({
    queryKey: ['hosts', match],
    queryFn: ({ signal }) => apiGet<HostList>('/hosts', { match, limit: 500 }, signal),
  });
}

export function findQuery(key: string, text: string) {
  return queryOptions({
    queryKey: ['tree-find', key, text],
    queryFn: ({ signal }) => apiGet<FoundInTree>(`/tree/${encodeURIComponent(key)}/find`, { text }, signal),
    enabled: text !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => (text === '' ? undefined : before),
  });
}

export function changesQuery(key: string, after: number) {
  return queryOptions({
    queryKey: ['tree-changes', key, after],
    queryFn: ({ signal }) => apiGet<TreeChanges>(`/tree/${encodeURIComponent(key)}/changes`, {}, signal),
    enabled: after > 0,
  });
}
