import { queryOptions } from '@tanstack/react-query';
import type { ExportRequest, ExportStarted, ExportState } from '../../../src/server/contracts/exports.ts';
import { apiGet, apiPath, apiSend } from '../api/client.ts';

/** Milliseconds between two looks at an export that is being written. */
const lookEvery = 500;

export function exportQuery(id: string) {
  return queryOptions({
    queryKey: ['export', id],
    queryFn: ({ signal }) => apiGet<ExportState>(`/exports/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? lookEvery : false),
    refetchIntervalInBackground: true,
    retry: false,
  });
}

export function startExport(request: ExportRequest): Promise<ExportStarted> {
  return apiSend<ExportStarted>('POST', '/exports', request);
}

/** Goes on with an export that was stopped or has failed; gives its state. */
export function resumeExport(id: string): Promise<ExportState> {
  return apiSend<ExportState>('POST', `/exports/${encodeURIComponent(id)}/resume`);
}

/** Stops an export, or removes one that has ended. */
export function endExport(id: string): Promise<void> {
  return apiSend<void>('DELETE', `/exports/${encodeURIComponent(id)}`);
}

export function archivePath(id: string): string {
  return apiPath(`/exports/${encodeURIComponent(id)}/archive`);
}
