import type {
  RowsPage,
  SearchRequest,
  SearchStarted,
  SearchState,
} from '../../../../src/server/contracts/search.ts';
import { ApiFailure, apiGet, apiPath, apiSend } from '../../api/client.ts';
import { listen } from '../../api/event-stream.ts';
import type { ResultRow } from './use-rows.ts';

export interface AskedRows {
  readonly columns: SearchState['columns'];
  readonly rows: readonly ResultRow[];
}

/** Runs a small search of the page's own and gives its first rows; the search is freed when it has answered. */
export async function askRows(request: SearchRequest, signal?: AbortSignal, limit = 100): Promise<AskedRows> {
  const { id } = await apiSend<SearchStarted>('POST', '/searches', { ...request, history: false }, signal);
  try {
    const state = await ended(id, signal);
    if (state.error) throw new ApiFailure(0, state.error);
    const page = await apiGet<RowsPage>(`/searches/${id}/rows`, { offset: 0, limit }, signal);
    return { columns: state.columns, rows: page.rows };
  } finally {
    void apiSend('DELETE', `/searches/${id}`).catch(() => {});
  }
}

function ended(id: string, signal: AbortSignal | undefined): Promise<SearchState> {
  return new Promise((give, fail) => {
    const stop = (): void => {
      close();
      fail(new DOMException('given up', 'AbortError'));
    };
    const close = listen<SearchState>(
      apiPath(`/searches/${id}/live`),
      'state',
      (state) => {
        if (state.state === 'running') return;
        close();
        signal?.removeEventListener('abort', stop);
        give(state);
      },
      () => {
        close();
        fail(new ApiFailure(0, { code: 'unreachable', message: 'The server gives no answer.' }));
      },
    );
    signal?.addEventListener('abort', stop);
  });
}
