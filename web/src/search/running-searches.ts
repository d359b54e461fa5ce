import { useSyncExternalStore } from 'react';
import type { SearchRequest, SearchStarted, SearchState } from '../../../src/server/contracts/search.ts';
import { ApiFailure, apiGet, apiPath, apiSend, csrfToken } from '../api/client.ts';
import { listen } from '../api/event-stream.ts';
import { requestKey } from './search-request.ts';

/** A search that this page started: what is known of it. */
export interface RunningSearch {
  readonly request: SearchRequest;
  /** Undefined until the server has taken it. */
  readonly id: string | undefined;
  readonly state: SearchState | undefined;
  /** Why it did not start, or why nothing more is heard of it. */
  readonly failure: ApiFailure | undefined;
  /** Milliseconds since 1970. */
  readonly started: number;
}

/** Searches that are kept on the server for going back to; older ones are freed. */
const mostKept = 12;

const searches = new Map<string, RunningSearch>();
const endings = new Map<string, () => void>();
const listeners = new Set<() => void>();

function put(key: string, search: RunningSearch): void {
  searches.set(key, search);
  for (const listener of listeners) listener();
}

export function isRunning(search: RunningSearch | undefined): boolean {
  if (!search || search.failure) return false;
  return search.state === undefined || search.state.state === 'running';
}

/** Starts a search, in the place of an earlier one with the same request. */
export async function startSearch(request: SearchRequest): Promise<void> {
  const key = requestKey(request);
  forget(key);
  const started = Date.now();
  const first: RunningSearch = { request, id: undefined, state: undefined, failure: undefined, started };
  put(key, first);
  try {
    const { id } = await apiSend<SearchStarted>('POST', '/searches', request);
    if (searches.get(key) !== first) {
      void free(id);
      return;
    }
    put(key, { ...first, id });
    follow(key, id);
    freeOldest();
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (searches.get(key) === first) put(key, { ...first, failure: error });
  }
}

function follow(key: string, id: string): void {
  const take = (state: SearchState): void => {
    const search = searches.get(key);
    if (search?.id !== id) return;
    put(key, { ...search, state, failure: undefined });
    if (state.state !== 'running') end();
  };
  const close = listen<SearchState>(apiPath(`/searches/${id}/live`), 'state', take, () => void recheck());
  const recheck = async (): Promise<void> => {
    if (endings.get(key) !== end) return;
    try {
      take(await apiGet<SearchState>(`/searches/${id}`));
    } catch (error) {
      const search = searches.get(key);
      // A server that is silent for a moment is asked again by the stream itself.
      if (!(error instanceof ApiFailure) || error.status === 0 || search?.id !== id) return;
      put(key, { ...search, failure: error });
      end();
    }
  };
  const end = (): void => {
    close();
    endings.delete(key);
  };
  endings.set(key, end);
}

function free(id: string): Promise<void> {
  return apiSend<void>('DELETE', `/searches/${id}`).catch(() => {});
}

function forget(key: string): void {
  const search = searches.get(key);
  endings.get(key)?.();
  searches.delete(key);
  if (search?.id !== undefined) void free(search.id);
}

function freeOldest(): void {
  const keys = [...searches.keys()];
  for (const key of keys.slice(0, Math.max(0, keys.length - mostKept))) forget(key);
}

/** Stops a search; the rows that it has found stay. */
export async function stopSearch(request: SearchRequest): Promise<void> {
  const search = searches.get(requestKey(request));
  if (search?.id === undefined) {
    if (search) forget(requestKey(request));
    for (const listener of listeners) listener();
    return;
  }
  // Deleting what runs stops it; deleting what has ended would free it.
  if (isRunning(search)) await free(search.id);
}

/** A search of this page by its request. */
export function useRunningSearch(request: SearchRequest | undefined): RunningSearch | undefined {
  const key = request && requestKey(request);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (key === undefined ? undefined : searches.get(key)),
  );
}

export function runningSearch(request: SearchRequest): RunningSearch | undefined {
  return searches.get(requestKey(request));
}

// Closing the page frees what it holds on the server.
addEventListener('pagehide', () => {
  for (const search of searches.values())
    if (search.id !== undefined)
      void fetch(apiPath(`/searches/${search.id}`), {
        method: 'DELETE',
        keepalive: true,
        headers: { 'x-keizu-csrf': csrfToken() },
      });
});
