import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { EventDetail } from '../../../src/server/contracts/events.ts';
import type {
  FileHistoryMessage,
  ProcessEvents,
  ProcessPanel,
} from '../../../src/server/contracts/process.ts';
import { apiGet } from '../api/client.ts';

/** A process as the panel asks for it. */
export interface PanelSubject {
  readonly host: string;
  readonly id: string;
  readonly asof: string | undefined;
  readonly timezone: string;
}

export function panelQuery(subject: PanelSubject | undefined) {
  return queryOptions({
    queryKey: ['process', subject],
    queryFn: ({ signal }) => apiGet<ProcessPanel>('/process', { ...subject }, signal),
    enabled: subject !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function processEventsQuery(subject: PanelSubject, classes: string) {
  return infiniteQueryOptions({
    queryKey: ['process-events', subject, classes],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      apiGet<ProcessEvents>(
        '/process/events',
        { ...subject, class: classes, after: pageParam, limit: 100 },
        signal,
      ),
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function eventQuery(id: string | undefined) {
  return queryOptions({
    queryKey: ['event', id],
    queryFn: ({ signal }) => apiGet<EventDetail>(`/events/${id}`, {}, signal),
    enabled: id !== undefined && id !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function fileQuery(path: string, host: string, asof: string | undefined, timezone: string) {
  return queryOptions({
    queryKey: ['file', path, host, asof],
    queryFn: ({ signal }) => apiGet<FileHistoryMessage>('/file', { path, host, asof, timezone }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
