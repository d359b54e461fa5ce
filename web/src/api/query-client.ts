import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './client.ts';

/** What the server refused will be refused again; only a silent server is asked once more. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof ApiFailure && error.status === 0,
    },
  },
});
