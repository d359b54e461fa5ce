import { queryOptions, useQuery } from '@tanstack/react-query';
import type { SessionState } from '../../../src/server/contracts/session.ts';
import { apiGet, apiSend, setCsrf } from './client.ts';
import { queryClient } from './query-client.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => keepCsrf(await apiGet<SessionState>('/session', {}, signal)),
  staleTime: Number.POSITIVE_INFINITY,
  retry: 4,
});

function keepCsrf(session: SessionState): SessionState {
  setCsrf(session.csrf);
  return session;
}

export function useSession(): SessionState | undefined {
  return useQuery(sessionQuery).data;
}

export async function signIn(name: string, password: string): Promise<void> {
  await apiSend('POST', '/session', { name, password });
  // What one user saw is not the next one's.
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  await queryClient.refetchQueries({ queryKey: ['session'] });
}

export async function signOut(): Promise<void> {
  await apiSend('DELETE', '/session');
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  await queryClient.refetchQueries({ queryKey: ['session'] });
}

/** Asks again who is signed in, after the server refused a request for want of it. */
export function sessionEnded(): void {
  void queryClient.invalidateQueries({ queryKey: ['session'] });
}
